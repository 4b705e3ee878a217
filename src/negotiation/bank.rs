//! Questions and scripts: the house's, and those of one negotiation over them.
//!
//! In: `templates/internal/bank.toml` of the library, the negotiation file. Out: what fits an issue or a situation.

use super::file::{Bank, File, Question, Script, Situation, Topic};

/// The questions about a topic: the negotiation's own first, the house's where it has none of that name.
pub(super) fn questions<'b>(bank: &'b Bank, file: &'b File, topic: Topic) -> Vec<&'b Question> {
    let about = |question: &&Question| question.topic.value == topic;
    let mut found: Vec<&Question> = file.question.iter().filter(about).collect();
    for question in bank.question.iter().filter(about) {
        if !file
            .question
            .iter()
            .any(|own| own.id.value == question.id.value)
        {
            found.push(question);
        }
    }
    found
}

/// The scripts for a situation, in the same order.
pub(super) fn scripts<'b>(bank: &'b Bank, file: &'b File, situation: Situation) -> Vec<&'b Script> {
    let fits = |script: &&Script| script.situation.value == situation;
    let mut found: Vec<&Script> = file.script.iter().filter(fits).collect();
    for script in bank.script.iter().filter(fits) {
        if !file
            .script
            .iter()
            .any(|own| own.id.value == script.id.value)
        {
            found.push(script);
        }
    }
    found
}
