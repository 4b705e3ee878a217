//! Findings as a person reads them on a terminal.

use super::Style;
use crate::diagnostic::{Diagnostic, Report, Severity};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// All findings, sorted, one after the other, with a blank line between.
pub fn human(report: &Report, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    }
    .decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for finding in report.sorted() {
        text.push_str(&renderer.render(&groups(finding)));
        text.push_str("\n\n");
    }
    text
}

fn groups(finding: &Diagnostic) -> Vec<Group<'_>> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name("advice"),
    };
    let mut snippets = vec![snippet(finding)];
    for (at, label) in &finding.also {
        if at.source() == finding.at.source() {
            let first = snippets.remove(0);
            snippets.insert(
                0,
                first.annotation(AnnotationKind::Context.span(at.range()).label(label)),
            );
        } else {
            snippets.push(
                Snippet::source(&*at.source().text)
                    .path(&at.source().name)
                    .line_start(at.source().first_line)
                    .annotation(AnnotationKind::Context.span(at.range()).label(label)),
            );
        }
    }
    let mut group = level
        .primary_title(&finding.message)
        .id(finding.code.as_str())
        .elements(snippets);
    for note in &finding.notes {
        group = group.element(Level::NOTE.message(note));
    }
    if finding.help.is_empty() {
        vec![group]
    } else {
        vec![group.element(Level::HELP.message(&finding.help))]
    }
}

fn snippet(finding: &Diagnostic) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(&*finding.at.source().text)
        .path(&finding.at.source().name)
        .line_start(finding.at.source().first_line)
        .annotation(AnnotationKind::Primary.span(finding.at.range()))
}
