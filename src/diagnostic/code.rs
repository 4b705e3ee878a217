//! The stable names of all findings.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $why:literal])+ $name:ident = $text:literal,)+) => {
        /// The stable name of a kind of finding, such as `unknown-key`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $why])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of this file.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The name as it is printed.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $text,)+
                }
            }

            /// Why it matters, in a sentence or two.
            pub fn why(self) -> &'static str {
                match self {
                    $(Code::$name => concat!($($why),+).trim_ascii(),)+
                }
            }
        }
    };
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

codes! {
    // The shape of the deal file.
    /// The file is not valid TOML, so nothing in it can be read.
    Syntax = "syntax",
    /// A key that nothing reads is usually a slip of the pen: its value would be lost.
    UnknownKey = "unknown-key",
    /// A term that the documents need is absent.
    MissingKey = "missing-key",
    /// The value is of another kind than its key needs.
    WrongType = "wrong-type",
    /// The word is not one of those that the key takes.
    UnknownChoice = "unknown-choice",
    /// Two things have the same name, so a mention of it could mean either.
    DuplicateId = "duplicate-id",
    /// A name that stands for something else in the file stands for nothing.
    UnknownName = "unknown-name",
    /// Ids become links and file names: lower-case words joined by hyphens.
    BadId = "bad-id",
    /// An empty text would print as a hole in a sentence.
    EmptyText = "empty-text",
    /// A character that a reader cannot see can change what a contract seems to say.
    InvisibleCharacter = "invisible-character",
    /// Control characters break tables, calendars and signature pages.
    ControlCharacter = "control-character",
    /// A space at the edge of a name shows as a change in every later redline.
    EdgeSpace = "edge-space",
    /// Text that looks like template syntax is printed literally; it is probably a leftover.
    TemplateSyntax = "template-syntax",
    /// Internal strategy may not stand in the file that both sides know.
    InternalKey = "internal-key",

    // Numbers with their units.
    /// A bare number does not say what it counts, and passes through binary floating point.
    BareNumber = "bare-number",
    /// The text is not an amount of money.
    BadMoney = "bad-money",
    /// The currency is not in ISO 4217.
    UnknownCurrency = "unknown-currency",
    /// The currency has no such fraction, so the amount could not be paid.
    MinorUnit = "minor-unit",
    /// The amount cannot be computed exactly.
    TooLarge = "too-large",
    /// The text is not a rate.
    BadRate = "bad-rate",
    /// A share above the whole is nearly always a slip.
    RateAboveWhole = "rate-above-whole",
    /// The text is not a length of time.
    BadPeriod = "bad-period",
    /// The text is not a date, or is a date that does not exist.
    BadDate = "bad-date",
    /// The text can be read as two dates.
    AmbiguousDate = "ambiguous-date",
    /// The text is not a whole number.
    BadCount = "bad-count",
    /// The month has no such day, so two careful people would count to two dates.
    MonthEnd = "month-end",

    // Files.
    /// A deal file this long is a mistake; long text belongs in clauses.
    FileTooLarge = "file-too-large",
    /// The file is not text, or in an encoding that nobody uses any more.
    NotText = "not-text",
    /// A file that somebody edited by hand would be lost.
    EditedByHand = "edited-by-hand",
    /// The folder holds files that engross did not write.
    ForeignFile = "foreign-file",
    /// The folder to write to is not one that may be replaced.
    BadOutput = "bad-output",

    // The clause library.
    /// Front matter says what a clause is; without it nothing else can be known of the file.
    BadFrontMatter = "bad-front-matter",
    /// A clause that no outline lists is never printed.
    UnlistedClause = "unlisted-clause",
    /// A misspelt path prints nothing, and in a condition it would silently drop a clause.
    UnknownPath = "unknown-path",
    /// A value that a deal may leave out would print as a hole.
    MaybeAbsent = "maybe-absent",
    /// A tag that cannot be filled in.
    BadTag = "bad-tag",
    /// A risk that no clause of the agreement answers.
    UnansweredRisk = "unanswered-risk",
    /// A reference to nothing.
    UnknownReference = "unknown-reference",


    // The text of clauses.
    /// Raw HTML would reach some outputs and not others, and could carry anything.
    RawHtml = "raw-html",
    /// Markdown that has no place in a contract: what the tree cannot say, no output can print.
    RefusedMarkup = "refused-markup",
    /// A link may lead to the web, to a mailbox or into the package, and nowhere else.
    LinkTarget = "link-target",
    /// Markdown readers drop cells beyond the last column and leave missing ones empty, without a word.
    CellCount = "cell-count",
    /// Headings come from the outline, so that each section has a name and a number.
    HeadingInText = "heading-in-text",
    /// Links and redlines go by names: lower-case words joined by hyphens, each on what it names.
    BadAnchor = "bad-anchor",
    /// A written document has one title, and each heading is one level below the one it stands under.
    DocumentShape = "document-shape",
    /// A reference to something that is not in the documents would print as a hole.
    DanglingReference = "dangling-reference",
    /// Two places with one name: a reference could mean either.
    DuplicateAnchor = "duplicate-anchor",
    /// A term with two meanings has none.
    DoubledDefinition = "doubled-definition",
    /// A definition that nothing uses is a leftover, or its use has another wording.
    UnusedTerm = "unused-term",
    /// Capitals promise a meaning that is nowhere given.
    UndefinedTerm = "undefined-term",
    /// A term in other capitals than its definition may be read as another term.
    TermDrift = "term-drift",
    /// Terms that are defined by one another have no meaning.
    CircularDefinition = "circular-definition",
    /// An exhibit that nothing refers to is not part of what was agreed.
    OrphanExhibit = "orphan-exhibit",
}
