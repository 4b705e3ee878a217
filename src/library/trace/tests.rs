use super::*;
use crate::source::Source;

fn map(fields: Vec<(&'static str, Value)>) -> Value {
    let mut map = Map::default();
    for (key, value) in fields {
        map.insert(Key::Str(key), value);
    }
    Value::from(map)
}

/// `prints` or `decides` and the path, in the order of the text.
fn uses(template: &str) -> Vec<String> {
    let word = Value::normal_string;
    let tier = |pays, to| map(vec![("pays", word(pays)), ("to", to)]);
    let mut context = Context::new();
    context.insert_value("kind", word("automatic"));
    context.insert_value("reason", Value::none());
    context.insert_value(
        "tier",
        Value::from(vec![tier("10%", word("USD 5")), tier("12%", Value::none())]),
    );
    context.insert_value("included", Value::from(vec![word("tail")]));
    let source = Source::new("a.md", template);
    let body = Body::new(&source, 0..template.len());
    trace(&body, &context)
        .into_iter()
        .map(|used| match used.role {
            Role::Printed => format!("prints {}", used.path),
            Role::Decides => format!("decides {}", used.path),
        })
        .collect()
}

#[test]
fn one_branch_is_taken() {
    assert_eq!(
        uses("{% if kind == \"automatic\" %}{{ kind }}{% else %}{{ reason }}{% endif %}"),
        ["decides kind", "prints kind"]
    );
    assert_eq!(
        uses(
            "{% if reason %}{{ reason }}{% elif \"tail\" in included %}{{ kind | sentence }}{% endif %}"
        ),
        ["decides reason", "decides included.tail", "prints kind"]
    );
    assert_eq!(
        uses("{{ reason or kind }}{{ kind or reason }}{{ kind if not reason else reason }}"),
        [
            "decides reason",
            "prints kind",
            "prints kind",
            "decides reason",
            "prints kind"
        ]
    );
}

#[test]
fn rounds_are_counted() {
    assert_eq!(
        uses(
            "{% for t in tier %}{{ t.pays }}{% if t.to %}{{ t.to }}{% endif %}{% if not loop.last %}{{ kind }}{% endif %}{% endfor %}"
        ),
        [
            "decides tier",
            "prints tier.1.pays",
            "decides tier.1.to",
            "prints tier.1.to",
            "prints kind",
            "prints tier.2.pays",
            "decides tier.2.to"
        ]
    );
    assert_eq!(
        uses("{% set last = tier | last %}{{ last.pays }}"),
        ["decides tier.2", "prints tier.2.pays"]
    );
}

#[test]
fn what_is_not_known_goes_both_ways() {
    assert_eq!(
        uses(
            "{% for t in tier %}{% if loop.index + 1 == loop.length %}{{ kind }}{% else %}{{ t.pays }}{% endif %}{% endfor %}"
        ),
        [
            "decides tier",
            "prints kind",
            "prints tier.1.pays",
            "prints kind",
            "prints tier.2.pays"
        ]
    );
}
