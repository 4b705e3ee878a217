//! The first questions of a deal, asked on a terminal. Each can be passed over.

use crate::deal::shape::FieldShape;
use crate::intake::{choices, complaint, questions};
use inquire::validator::Validation;
use inquire::{InquireError, Select, Text};

/// What is asked, in this order; `pay` is the question that the chosen model asks for.
const FIRST: &[&str] = &[
    "company",
    "company_short",
    "partner",
    "partner_short",
    "product",
    "purpose",
    "term",
    "model",
    "pay",
    "currency",
    "governing_law",
    "courts",
];

/// The answers by their keys.
///
/// # Errors
///
/// If whoever sits there breaks off, or the terminal does.
pub(super) fn ask() -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let mut answers: Vec<(String, Vec<String>)> = Vec::new();
    for key in FIRST {
        let key = match *key {
            "pay" => {
                let Some((_, model)) = answers.iter().find(|(key, _)| key == "model") else {
                    continue;
                };
                // Each model is named like the question for its figure.
                model.concat().replace(' ', "_")
            }
            key => key.to_owned(),
        };
        let Some(question) = questions().iter().find(|question| question.key == key) else {
            continue;
        };
        let answer = match one(question) {
            Ok(answer) => answer,
            Err(InquireError::OperationCanceled) => None,
            Err(InquireError::OperationInterrupted) => {
                anyhow::bail!("broken off; nothing was written")
            }
            Err(error) => return Err(error.into()),
        };
        if let Some(values) = answer {
            answers.push((key, values));
        }
    }
    Ok(answers)
}

fn one(question: &FieldShape) -> Result<Option<Vec<String>>, InquireError> {
    let doc = question
        .doc
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let label = question.key.replace('_', " ");
    let words = choices(question);
    if !words.is_empty() {
        let help = format!("{doc} Esc leaves it open.");
        let chosen = Select::new(&label, words)
            .with_help_message(&help)
            .without_filtering()
            .prompt_skippable()?;
        return Ok(chosen.map(|word| vec![word.to_owned()]));
    }
    let help = format!("{doc} Enter leaves it open.");
    let key = question.key;
    let text = Text::new(&label)
        .with_help_message(&help)
        .with_validator(move |text: &str| {
            let values = values(key, text);
            let complaint = if values.is_empty() {
                None
            } else {
                complaint(key, &values)
            };
            Ok(match complaint {
                Some(complaint) => Validation::Invalid(complaint.into()),
                None => Validation::Valid,
            })
        })
        .prompt_skippable()?;
    Ok(text
        .map(|text| values(key, &text))
        .filter(|values| !values.is_empty()))
}

/// One text, or several between commas where a question takes several; a comma within a figure has no space.
fn values(key: &str, text: &str) -> Vec<String> {
    let parts: Vec<&str> = if key == "tiers" {
        text.split(", ").collect()
    } else {
        vec![text]
    };
    let parts = parts.into_iter().map(|part| part.trim_matches(['"', ' ']));
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{FIRST, values};
    use crate::intake::{complaint, questions};

    #[test]
    fn every_first_question_is_one_of_the_term_sheet() {
        for key in FIRST.iter().filter(|key| **key != "pay") {
            assert!(
                questions().iter().any(|question| question.key == *key),
                "{key}"
            );
        }
    }

    #[test]
    fn tiers_stand_between_commas() {
        let tiers = values("tiers", "10% to USD 250,000, 12.5% to USD 1,000,000, 15%");
        assert_eq!(
            tiers,
            ["10% to USD 250,000", "12.5% to USD 1,000,000", "15%"]
        );
        assert_eq!(values("company", "Acme, Inc."), ["Acme, Inc."]);
        assert!(values("company", "  ").is_empty());
    }

    #[test]
    fn an_answer_is_read_by_the_units() {
        assert_eq!(complaint("term", &["24 months".to_owned()]), None);
        let wrong = complaint("term", &["24".to_owned()]).expect("no unit");
        assert!(wrong.contains("24"), "{wrong}");
        // A name that is odd may still be the name.
        assert_eq!(complaint("company", &["{{ x }} Ltd".to_owned()]), None);
    }
}
