//! The stable names of all findings.

mod mend;

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

impl Code {
    /// The code with this name.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// Whether nothing can be written while it stands, whatever `engross.toml` says.
    pub fn must_be_mended(self) -> bool {
        mend::MUST_BE_MENDED.contains(&self)
    }

    /// Whether it is about the negotiation file, of which a file that others read must not speak.
    pub fn is_internal(self) -> bool {
        mend::INTERNAL.contains(&self)
    }
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

    // What `engross.toml` says about findings.
    /// A name of no finding allows nothing and changes nothing.
    UnknownCode = "unknown-code",
    /// An allowance that allows nothing hides the day on which it is needed again.
    UnusedAllowance = "unused-allowance",
    /// Some findings say that there is nothing to write yet; no reason changes that.
    CannotAllow = "cannot-allow",

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

    // Rules across tables.
    /// A deal is between two parties: one that owns the product and one that brings customers to it.
    PartySides = "party-sides",
    /// A reader who cannot tell two names apart cannot tell who owes what.
    ConfusableNames = "confusable-names",
    /// The documents define terms in quotation marks; a mark inside a term would end it early.
    QuotedName = "quoted-name",
    /// A notice to an address that does not exist is not given.
    BadEmail = "bad-email",
    /// A party that cannot point to what it gets, and to the acts that bring it about, has no reason to stay.
    OutcomeMissing = "outcome-missing",
    /// Nobody works for a number that only others can move; whoever is judged by one must control it.
    NotControlled = "not-controlled",
    /// A number can only be compared with one of its own kind.
    MetricUnit = "metric-unit",
    /// Pay rewards a unit of value and guards against a unit of risk; both are named, and nothing else pays.
    ValueAndRisk = "value-and-risk",
    /// A promise of a party to itself is none.
    SameParty = "same-party",
    /// A term that leans on another part of the deal means nothing without it.
    MissingPart = "missing-part",
    /// A term that changes nothing is a leftover or a slip.
    NoEffect = "no-effect",
    /// Economics without a payment leave the reader to guess what was meant.
    NothingPaid = "nothing-paid",
    /// A share of net revenue is as clear as net revenue is: gross or net, discounts, refunds, taxes, fees.
    ShareWithoutBase = "share-without-base",
    /// The share of a customer's first term is set in one place, neither in none nor in two.
    FirstTermShare = "first-term-share",
    /// Step-downs lower the share, one after the other, while a share is still paid.
    StepDownOrder = "step-down-order",
    /// Tiers start from nothing, or the first sales have no rate.
    TierStart = "tier-start",
    /// Between two tiers there is a volume without a rate.
    TierGap = "tier-gap",
    /// Two tiers claim one volume, so it has two rates.
    TierOverlap = "tier-overlap",
    /// The last tier has no end, or the best year has no rate.
    TierEnd = "tier-end",
    /// What a tier pays fits what decides it: a share of money, or a sum for each of what is counted.
    TierBasis = "tier-basis",
    /// The period of the tiers and the day on which their count starts again tell one story.
    TierReset = "tier-reset",
    /// Where one more sale moves the pay for all others, it can pay one side to sell less.
    Cliff = "cliff",
    /// A share above the margin loses money with each sale, however many there are.
    AboveMargin = "above-margin",
    /// A cap below what it limits makes one of the two a dead letter.
    CapTooLow = "cap-too-low",
    /// Exposure without a cap is a blank cheque.
    NoCap = "no-cap",
    /// Amounts in two currencies cannot be added or compared, and the deal has no exchange rate.
    CurrencyMix = "currency-mix",
    /// The parts of a whole sum to 100%.
    SumOfParts = "sum-of-parts",
    /// A bonus is for segments that the deal calls strategic.
    NotStrategic = "not-strategic",
    /// Forecasts rise from low to expected to high, and a part is not above its whole.
    ForecastOrder = "forecast-order",
    /// A clock that runs out after the agreement does cannot be relied on.
    BeyondTerm = "beyond-term",
    /// A notice as long as what it ends can never be given in time.
    NoticeTooLong = "notice-too-long",
    /// A last day on which nobody works is missed, or argued about.
    NoticeDay = "notice-day",
    /// A time to mend that outlasts what it mends takes the term its force.
    CureTooLong = "cure-too-long",
    /// Business days are counted by the list of holidays, which must reach as far as the agreement.
    HolidaysEnd = "holidays-end",
    /// What is fair at the start may be unfair later: a deal that lasts looks at itself while it runs.
    NoReview = "no-review",
    /// Reviews follow one another.
    ReviewOrder = "review-order",
    /// What both parties settle together needs somebody from each.
    BothParties = "both-parties",
    /// A path that leads to no term of the deal moves, decides or trades nothing.
    UnknownTerm = "unknown-term",
    /// A gate without criteria, or without reasons for a rejection, is a favour and not a rule.
    GateIncomplete = "gate-incomplete",
    /// A claim without evidence is decided by whoever is louder.
    NoEvidence = "no-evidence",
    /// Each of the tasks on which alliances stumble is somebody's: onboarding, approvals, support, reporting.
    TaskMissing = "task-missing",
    /// Somebody does each task, and each role has one part in it.
    TaskRoles = "task-roles",
    /// A reservation that is renewed without progress squats on an account.
    RegistrationRenewal = "registration-renewal",
    /// Where marks are shared, each kind of asset has an approver and a clock.
    NoApprovals = "no-approvals",
    /// The party that submits an asset cannot approve it for the other.
    SelfApproval = "self-approval",
    /// Data about people needs a legal footing before it is shared.
    NoFooting = "no-footing",
    /// Access beyond what is needed is traded, not given.
    NothingInReturn = "nothing-in-return",
    /// A segment without a criterion that anyone can check is an argument to come.
    SegmentCriterion = "segment-criterion",
    /// An escalation ladder has levels, and each is higher and later than the one before.
    LadderOrder = "ladder-order",
    /// What binds one party alone is fair only with a reason that both can read.
    OneSided = "one-sided",
    /// A most-favoured-nation promise without exceptions binds every later deal.
    MfnWide = "mfn-wide",
    /// A term without its reason cannot be defended, traded or changed wisely.
    NoReason = "no-reason",
    /// The state of an issue agrees with its dates, its proposer and its terms.
    IssueState = "issue-state",
    /// What was agreed in a meeting is reopened openly or stays agreed.
    MeetingDrift = "meeting-drift",
    /// What was agreed changes only in the open, or it was never agreed.
    AgreedChanged = "agreed-changed",
    /// A trade has two sides, and a term of the deal for each.
    TradeOneSided = "trade-one-sided",
    /// A trade that is agreed and a term of it that is open again cannot both stand.
    TradeOpen = "trade-open",
    /// What is signed early must not decide what is still open.
    LetterBindsOpen = "letter-binds-open",
    /// Words that become part of a sentence repeat nothing of it, and full stops stand at its end.
    PhraseForm = "phrase-form",

    // The negotiation file, which only our side sees.
    /// Whoever negotiates without notes negotiates from memory.
    NoNegotiation = "no-negotiation",
    /// A thesis in one sentence can be kept in mind; in two it is a plan.
    Thesis = "thesis",
    /// A position can only be granted or refused; the interest behind it can be met in many ways.
    NoInterest = "no-interest",
    /// Without a must-have there is no deal that is worth its signature.
    MustHaveMissing = "must-have-missing",
    /// What is given for nothing is asked for again.
    GivenForNothing = "given-for-nothing",
    /// Who does not know what comes without the deal does not know what it must bring.
    BestAlternative = "best-alternative",
    /// A deal that is worth less than its best alternative is no success.
    BelowAlternative = "below-alternative",
    /// A limit that was set with a cool head holds when the room gets warm.
    WalkAway = "walk-away",
    /// A walk-away rule that cannot be decided protects nobody.
    BadRule = "bad-rule",

    // What leaves the house.
    /// What only our side knows must not leave the house in any form.
    InternalContent = "internal-content",
    /// What a file holds and does not show may be read by others all the same.
    HiddenContent = "hidden-content",
    /// A deviation from the house's own wording or limits is for somebody to answer for.
    NotApproved = "not-approved",
    /// The record of what was sent is proof only while nobody can change it.
    SentRecord = "sent-record",
    /// A redline against a text that the other side never had shows it changes of a text that it does not know.
    BaseNotSent = "base-not-sent",
    /// What is sent is what the deal says today, whole and unedited.
    StalePackage = "stale-package",

    // How the wording of a library reads.
    /// Words that nobody says keep readers from what a clause means.
    Archaism = "archaism",
    /// Two words for one thing make a reader look for the difference.
    Doublet = "doublet",
    /// "And/or" leaves it to a court which of the two was meant.
    AndOr = "and-or",
    /// Straight quotation marks stand beside curly ones in the printed agreement.
    StraightQuote = "straight-quote",
    /// A word that stands twice is a slip of the pen.
    DoubledWord = "doubled-word",
    /// A number that was typed is wrong after the next change of the clauses before it.
    TypedReference = "typed-reference",
    /// What is above on one page is below on another, and on neither in an exhibit read alone.
    AboveBelow = "above-below",
    /// A sentence of more than 40 words is read twice, and remembered once by each side.
    LongSentence = "long-sentence",
    /// Sums and percentages belong to the deal, where they are checked, traded and shown in one place.
    TypedAmount = "typed-amount",

    // Terms changed by a command.
    /// A change names one term and its new value.
    BadAssignment = "bad-assignment",
    // After signature.
    /// The record of what was signed is written by engross alone; nobody can trust one that was edited.
    BadRecord = "bad-record",
    /// What was signed stays as it was signed, to the byte.
    SignedChanged = "signed-changed",
    /// The signed master never moves: a change of it is an amendment that the signatories sign.
    SignedMaster = "signed-master",
    /// A deal is signed once.
    AlreadySigned = "already-signed",
    /// What is open cannot be signed.
    NotReady = "not-ready",
    /// Only what was signed can be reviewed, assembled or registered.
    NotSigned = "not-signed",
    /// What was signed is drafted with the library that it was signed with.
    LibraryMoved = "library-moved",
    /// An old edition beside a new one makes two answers to one question.
    StaleExhibit = "stale-exhibit",
    /// Amendments follow one another in number and date.
    AmendmentOrder = "amendment-order",
    /// The deal says what no signed text and no amendment says.
    NotInForce = "not-in-force",
    /// A day before the agreement has no text in force.
    BeforeStart = "before-start",

    // Reviews.
    /// A period is reviewed once, and its figures stand.
    PeriodReviewed = "period-reviewed",
    /// Reviews follow one another, so that nothing that was reached is lost.
    PeriodSkipped = "period-skipped",
    /// There is nothing to review before a period is over.
    PeriodOpen = "period-open",
    /// A mark can only be compared with a figure.
    NoFigure = "no-figure",
    /// A term that two triggers move two ways in one review has no value until somebody decides.
    TriggerClash = "trigger-clash",
    /// A table of figures names metrics, each with its value.
    BadActuals = "bad-actuals",

    // Both sides' results.
    /// A tier that no forecast reaches promises nothing.
    DeadTier = "dead-tier",
    /// What the partner keeps should hang on its results, and not on how long the other side takes to look at them.
    GateDecides = "gate-decides",
    // Events.
    /// A metric is made up by events in a way that gives the kind of number that it is.
    MetricEvents = "metric-events",
    /// A column without which no event can be read.
    MissingColumn = "missing-column",
    /// An event without what its kind needs cannot be counted.
    MissingCell = "missing-cell",
    /// What happened decides what is paid, so a kind of event is one that the deal knows.
    UnknownKind = "unknown-kind",
    /// An account that nobody brought, or somebody: the share hangs on it.
    UnmatchedAccount = "unmatched-account",
    /// Two rows say two things of one account or invoice.
    EventConflict = "event-conflict",
    /// A refund before its invoice, a renewal after the end: events that cannot follow one another.
    EventOrder = "event-order",
    /// What the agreement rules out does not change a statement.
    NotAllowed = "not-allowed",
    /// An event from before the agreement began is no event of the agreement.
    EventDate = "event-date",
    /// More is paid, refunded or charged back than there is.
    EventAmount = "event-amount",
    /// A sale that was signed when its registration had ended may not be the partner's.
    RegistrationEnded = "registration-ended",
    /// A decision that comes when silence has decided, or that is missing on the escalation ladder, is for people to settle.
    GateUndecided = "gate-undecided",
    /// One event that is counted twice is paid twice.
    DuplicateEvent = "duplicate-event",
    /// Statements build on those before: without their events nothing can be added up.
    MissingEvents = "missing-events",
    /// A statement has a period of the deal: one of its months or quarters.
    StatementPeriod = "statement-period",
    /// What the deal says in words alone cannot be read from events.
    NotReadable = "not-readable",
    /// A statement that was sent says something else than the events do now.
    StatementDiffers = "statement-differs",

    // The term sheet.
    /// A table of answers has two columns: a key and its value.
    BadTable = "bad-table",
    /// The deal says something else than the term sheet, and nothing says why.
    TermSheetDiffers = "term-sheet-differs",
    /// The term sheet has an answer that the deal has lost.
    TermSheetMissing = "term-sheet-missing",
    /// Two figures that differ by exactly a power of ten are a slip of the pen more often than a change of mind.
    PowerOfTen = "power-of-ten",
}
