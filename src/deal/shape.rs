//! What a table of the deal file looks like, known without any file.
//!
//! One description serves the reader ("did you mean"), the JSON Schema, and the check that every path in
//! every template exists. It is made by the macros in [`super::record`] from the types themselves.

/// What kind of value a key takes.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// One value, printed as text.
    Leaf(Leaf),
    /// `true` or `false`.
    Flag,
    /// A whole number without a unit, such as the number of a draft.
    Number,
    /// A table with fixed keys.
    Record(&'static RecordShape),
    /// Any number of values.
    List(&'static Shape),
    /// A value that may be absent.
    Option(&'static Shape),
    /// A table whose keys are names of clauses.
    Choices,
    /// A table whose keys are names of heads, each with a reason.
    Reasons,
}

/// A value that is written as text.
#[derive(Debug, Clone, Copy)]
pub struct Leaf {
    /// What the text looks like: "an amount such as ...".
    pub expected: &'static str,
    /// A regular expression for all texts that are accepted; empty if any text is.
    pub pattern: &'static str,
    /// The words to choose from, each with its meaning; empty if the text is free.
    pub choices: &'static [(&'static str, &'static str)],
    /// What templates see when the text names something else in the file.
    pub names: Option<&'static RecordShape>,
}

/// The keys of a table.
#[derive(Debug)]
pub struct RecordShape {
    /// The name of its type.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its keys, in the order of the documentation.
    pub fields: &'static [FieldShape],
}

/// One key of a table.
#[derive(Debug, Clone, Copy)]
pub struct FieldShape {
    /// The key.
    pub key: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// What it takes.
    pub shape: Shape,
}

/// What a reason looks like: a text, or a table with the key `share`.
pub(crate) const REASON: &str =
    "a reason: `reason = \"...\"` stays in the file, `reason.share = \"...\"` is printed";

impl Leaf {
    /// Whether it is a reason, which has a second form.
    pub fn is_reason(&self) -> bool {
        self.expected == REASON
    }
}

impl Shape {
    /// The shape without its optionality.
    #[must_use]
    pub fn present(self) -> Shape {
        match self {
            Shape::Option(inner) => inner.present(),
            Shape::Leaf(_)
            | Shape::Flag
            | Shape::Number
            | Shape::Record(_)
            | Shape::List(_)
            | Shape::Choices
            | Shape::Reasons => self,
        }
    }

    /// Whether the key may be left out.
    pub fn is_optional(self) -> bool {
        match self {
            Shape::Option(_) | Shape::List(_) | Shape::Choices | Shape::Reasons => true,
            Shape::Leaf(_) | Shape::Flag | Shape::Number | Shape::Record(_) => false,
        }
    }
}

impl RecordShape {
    /// The key named `key`.
    pub fn field(&self, key: &str) -> Option<&FieldShape> {
        self.fields.iter().find(|field| field.key == key)
    }
}
