//! The two companies: what each gets, whether a reader can tell them apart, and who carries which risk.

use crate::deal::{Deal, Party, Text};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::At;

pub(super) fn check(deal: &Deal, report: &mut Report) {
    for party in &deal.party {
        outcomes(party, report);
        email(&party.notice.email, report);
        for name in [&party.name, &party.short] {
            one_script(name, report);
        }
    }
    for role in &deal.role {
        if let Some(address) = &role.email {
            email(address, report);
        }
    }
    if let [one, two] = deal.party.as_slice() {
        told_apart(one, two, report);
    }
    roles_told_apart(deal, report);
    risks(deal, report);
}

/// S1: each side's upside is specific, and tied to acts that it controls.
fn outcomes(party: &Party, report: &mut Report) {
    let short = party.short.as_str();
    if party.outcome.is_empty() {
        report.push(
            Diagnostic::error(
                Code::OutcomeMissing,
                &party.at,
                format!("nothing says what {short} gets out of the deal"),
            )
            .help("add a table `[[party.outcome]]` with `what`, `metric` and the `acts` that drive it"),
        );
    }
    for outcome in &party.outcome {
        if outcome.acts.is_empty() {
            report.push(
                Diagnostic::error(
                    Code::OutcomeMissing,
                    &outcome.what.span,
                    format!("nothing that {short} does leads to this outcome"),
                )
                .help(format!(
                    "list the acts of {short} that drive it under `acts`"
                )),
            );
        }
    }
}

/// A light test: whoever sends to the address finds out the rest.
fn email(address: &At<Text>, report: &mut Report) {
    let text = address.as_str();
    let allowed =
        |letter: char| letter.is_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(letter);
    let sound = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && name.chars().all(allowed)
            && !host.is_empty()
            && host
                .chars()
                .all(|letter| letter.is_alphanumeric() || letter == '.' || letter == '-')
    });
    if !sound {
        report.push(
            Diagnostic::error(
                Code::BadEmail,
                &address.span,
                format!("`{text}` is not an e-mail address"),
            )
            .help("write one address such as \"legal@acme.example\", without a name around it"),
        );
    }
}

/// A word of Latin and Cyrillic or Greek letters is a trap or a slip of the keyboard.
fn one_script(name: &At<Text>, report: &mut Report) {
    let latin = |letter: char| letter.is_ascii_alphabetic();
    let other = |letter: char| matches!(letter, '\u{0370}'..='\u{03FF}' | '\u{0400}'..='\u{04FF}');
    let mixed = name
        .as_str()
        .split(|letter: char| !letter.is_alphanumeric())
        .find(|word| word.contains(latin) && word.contains(other));
    let Some(word) = mixed else { return };
    let letters: Vec<String> = word
        .chars()
        .filter(|letter| other(*letter))
        .map(|letter| format!("`{letter}` (U+{:04X})", u32::from(letter)))
        .collect();
    report.push(
        Diagnostic::error(
            Code::ConfusableNames,
            &name.span,
            format!(
                "`{word}` mixes alphabets: {} only looks like a Latin letter",
                letters.join(", ")
            ),
        )
        .help("type the word again in one alphabet"),
    );
}

/// What is left of a name for a reader who does not look closely.
fn skeleton(name: &str) -> String {
    let folded: String = name
        .chars()
        .flat_map(char::to_lowercase)
        .map(look_alike)
        .map(|letter| if letter == '&' { '+' } else { letter })
        .collect();
    let words = folded
        .split(|letter: char| !letter.is_alphanumeric() && letter != '+')
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            "limited" => "ltd",
            "incorporated" => "inc",
            "corporation" => "corp",
            "company" => "co",
            "and" => "+",
            other => other,
        });
    words.collect::<Vec<_>>().join(" ")
}

/// The Latin letter that a Cyrillic or Greek one looks like.
fn look_alike(letter: char) -> char {
    match letter {
        'а' | 'α' => 'a',
        'в' => 'b',
        'с' => 'c',
        'е' | 'ε' => 'e',
        'н' => 'h',
        'і' | 'ι' => 'i',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'у' | 'υ' => 'y',
        'х' | 'χ' => 'x',
        other => other,
    }
}

fn told_apart(one: &Party, two: &Party, report: &mut Report) {
    if skeleton(one.short.as_str()) == skeleton(two.short.as_str()) {
        let message = format!(
            "a reader cannot tell the short names `{}` and `{}` apart",
            one.short.as_str(),
            two.short.as_str()
        );
        report.push(
            Diagnostic::error(Code::ConfusableNames, &two.short.span, message)
                .also(&one.short.span, "the other one")
                .help("choose short names that differ in a word: every clause uses them"),
        );
    }
    let numbers =
        [one, two].map(|party| party.registered_no.as_ref().map(|number| number.as_str()));
    let numbered = matches!(numbers, [Some(first), Some(second)] if first != second);
    if !numbered && skeleton(one.name.as_str()) == skeleton(two.name.as_str()) {
        let message = format!(
            "a reader cannot tell the parties `{}` and `{}` apart",
            one.name.as_str(),
            two.name.as_str()
        );
        report.push(
            Diagnostic::error(Code::ConfusableNames, &two.name.span, message)
                .also(&one.name.span, "the other one")
                .help("write the full registered names, or give both a `registered_no`, which the documents print"),
        );
    }
}

fn roles_told_apart(deal: &Deal, report: &mut Report) {
    for (index, role) in deal.role.iter().enumerate() {
        let same = deal.role[..index].iter().find(|other| {
            other.party.id() == role.party.id()
                && skeleton(other.title.as_str()) == skeleton(role.title.as_str())
        });
        if let Some(other) = same {
            let message = format!(
                "two roles of `{}` are called `{}`",
                role.party.id(),
                role.title.as_str()
            );
            report.push(
                Diagnostic::error(Code::ConfusableNames, &role.title.span, message)
                    .also(&other.title.span, "the other one")
                    .help("the documents name roles by their title: give each its own"),
            );
        }
    }
}

/// S2: a risk sits with one party, and a clause answers it; whether it is in the agreement, only a draft knows.
fn risks(deal: &Deal, report: &mut Report) {
    for risk in &deal.risk {
        if risk.answered_by.is_empty() {
            report.push(
                Diagnostic::error(
                    Code::UnansweredRisk,
                    &risk.what.span,
                    "no clause answers this risk",
                )
                .help("name the clauses that do under `answered_by`, such as \"gates\" or \"clawback\""),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::skeleton;

    #[test]
    fn names_that_look_alike_have_one_skeleton() {
        for (one, other, alike) in [
            ("Acme Ltd", "ACME, Limited.", true),
            ("Acme Ltd", "Асme Ltd", true),
            ("Smith & Sons", "Smith and Sons", true),
            ("Acme Ltd", "Acme GmbH", false),
            ("株式会社", "合同会社", false),
        ] {
            assert_eq!(skeleton(one) == skeleton(other), alike, "{one}, {other}");
        }
    }
}
