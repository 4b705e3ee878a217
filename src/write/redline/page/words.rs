//! The words of the page of a redline: `templates/redline.toml`.

use serde::Deserialize;

/// The words of the page around the text, none of which is part of a document.
///
/// [`Words::default`] is in English. Words in braces are filled in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is what `templates/redline.toml` says beside it"
)]
pub struct Words {
    pub language: String,
    pub skip: String,
    pub kicker: String,
    pub title: String,
    pub imprint: String,
    pub page: String,
    pub of: String,
    pub none: String,
    pub from: String,
    pub to: String,
    pub digest: String,
    pub proof: String,
    pub check: String,
    pub legend: String,
    pub like_inserted: String,
    pub like_deleted: String,
    pub like_from: String,
    pub like_to: String,
    pub like_mark: String,
    pub like_number: String,
    pub sum_changes: String,
    pub sum_inserted: String,
    pub sum_deleted: String,
    pub sum_moved: String,
    pub sum_renumbered: String,
    pub same: String,
    pub terms: String,
    pub term: String,
    pub was: String,
    pub is: String,
    pub effect: String,
    pub places: String,
    pub more_places: String,
    pub reason: String,
    pub clause: String,
    pub absent: String,
    pub results: String,
    pub side: String,
    pub before: String,
    pub after: String,
    pub kinds: String,
    pub sections: String,
    pub section: String,
    pub substance: String,
    pub wording: String,
    pub moves: String,
    pub noise: String,
    pub substance_is: String,
    pub wording_is: String,
    pub moves_is: String,
    pub noise_is: String,
    pub added: String,
    pub removed: String,
    pub renumbered: String,
    pub renumbered_is: String,
    pub old_number: String,
    pub new_number: String,
    pub text: String,
    pub controls: String,
    pub view: String,
    pub both: String,
    pub new_text: String,
    pub old_text: String,
    pub side_by_side: String,
    pub mark: String,
    pub only_changed: String,
    pub hidden: String,
    pub changes: String,
    pub no_changes: String,
    pub follows: String,
    pub print: String,
    pub keys: String,
    pub export_csv: String,
    pub export_json: String,
    pub next: String,
    pub previous: String,
    pub close: String,
    pub switch: String,
    pub said: String,
    pub tick: String,
    pub progress: String,
    pub lost: String,
    pub key_next: String,
    pub key_previous: String,
    pub key_reviewed: String,
    pub key_substance: String,
    pub key_changed: String,
    pub key_old: String,
    pub key_new: String,
    pub key_side: String,
    pub key_help: String,
    pub say_inserted: String,
    pub say_deleted: String,
    pub say_moved_here: String,
    pub say_moved_away: String,
    pub say_end: String,
    pub moved_to: String,
    pub moved_from: String,
    pub formed: String,
    pub a_move: String,
    pub did_inserted: String,
    pub did_deleted: String,
    pub did_replaced: String,
    pub did_moved: String,
    pub did_split: String,
    pub did_merged: String,
    pub did_set: String,
    pub did_formed: String,
}

impl Default for Words {
    fn default() -> Words {
        toml::from_str(include_str!("../../../../templates/redline.toml"))
            .expect("the words that come with the program are complete, as a test sees")
    }
}

/// `text` with `{name}` replaced by `value`.
pub(super) fn fill(text: &str, name: &str, value: &str) -> String {
    let Some((before, rest)) = text.split_once('{') else {
        return text.to_owned();
    };
    match rest
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix('}'))
    {
        Some(after) => format!("{before}{value}{}", fill(after, name, value)),
        None => format!("{before}{{{}", fill(rest, name, value)),
    }
}
