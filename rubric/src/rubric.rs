//! What an author writes: the rubric as plain data.

mod combine;

pub use combine::{Cap, Combine, CopyRule, Flag, Method, SourceKind, Vague};

use crate::hundredths::Hundredths;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An author's marking guide for one kind of text.
///
/// Ids of injects are plain strings. Parse with `ron` and its `IMPLICIT_SOME` extension, so that
/// `place: (first_words: 60)` and `place: Some((first_words: 60))` both read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Version of this file shape; 1 today.
    #[serde(default = "one")]
    pub schema: u32,
    /// Short name.
    pub id: String,
    /// The author's own version, raised when the meaning changes.
    #[serde(default = "one")]
    pub version: u32,
    /// What kind of text is read.
    pub kind: ProductKind,
    /// Who reads the text.
    #[serde(default)]
    pub audience: Audience,
    /// Length band in words.
    #[serde(default)]
    pub length: Length,
    /// What the scenario knows to be so.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// The author's own word groups, used as `@name`; they hide base entries of the same name.
    #[serde(default)]
    pub lexicon: BTreeMap<String, Vec<String>>,
    /// The judgements that earn points.
    #[serde(default)]
    pub elements: Vec<Element>,
    /// What must not be claimed.
    #[serde(default)]
    pub prohibited: Vec<Prohibited>,
    /// How points for form are shared out.
    #[serde(default)]
    pub form: Form,
    /// How marks become one number.
    #[serde(default)]
    pub combine: Combine,
    /// When a sentence counts as copied.
    #[serde(default)]
    pub copy: CopyRule,
    /// From which points on which band name holds, ascending.
    #[serde(default)]
    pub bands: Vec<(Hundredths, String)>,
}

fn one() -> u32 {
    1
}

fn is_true() -> bool {
    true
}

/// The kinds of text an exercise asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProductKind {
    /// The first short statement, before much is known.
    HoldingStatement,
    /// For the people who decide: bottom line, ask, by when.
    ExecBrief,
    /// For those who work on it.
    Sitrep,
    /// For an authority.
    RegulatorNotice,
    /// For customers or tenants.
    CustomerNotice,
    /// For the public.
    PressStatement,
    /// For suppliers, partners and sharing communities.
    PartnerNotice,
    /// For staff.
    InternalNotice,
}

/// Who reads the text, and what can be asked of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// In the author's words.
    #[serde(default)]
    pub name: String,
    /// Terms this audience knows although others would call them jargon.
    #[serde(default)]
    pub jargon_allow: Vec<String>,
    /// Terms to count as jargon beside the built-in list.
    #[serde(default)]
    pub jargon: Vec<String>,
    /// Unexplained jargon terms per 100 words that are still fine; absent = not looked at.
    #[serde(default)]
    pub max_jargon_per_100: Option<Hundredths>,
    /// School-grade band of the readability estimate; absent = not looked at.
    #[serde(default)]
    pub grade_band: Option<(Hundredths, Hundredths)>,
}

/// Length band in words; 0 = no limit on that side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Length {
    /// At least so many words.
    #[serde(default)]
    pub min_words: u32,
    /// At most so many words.
    #[serde(default)]
    pub max_words: u32,
}

/// Something the scenario knows, checked where a sentence carries one of the cues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Short name.
    pub id: String,
    /// How the value reads.
    pub kind: FactKind,
    /// Time: `2026-03-14T07:40Z`; Count: `312`; Percent: `12.5`; Money: `1200000`;
    /// Name: the name; State: `Done`, `NotDone` or `Planned`.
    pub value: String,
    /// Time: `5m`, `1h`; numbers: `0`, `10` or `5%`. Empty = exact.
    #[serde(default)]
    pub tolerance: String,
    /// Patterns; a value of this kind counts as a statement of the fact only beside one of them.
    /// For State the cue is the whole statement.
    #[serde(default)]
    pub cues: Vec<String>,
    /// Other names for a Name, or other right values.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that would be wrong here (kind Name): saying one beside a cue is a contradiction.
    #[serde(default)]
    pub wrong: Vec<String>,
    /// Before this inject is delivered nobody can know the value.
    #[serde(default)]
    pub known_from_inject: Option<String>,
    /// Before this inject is delivered the value must not be said.
    #[serde(default)]
    pub secret_until: Option<String>,
    /// Points taken for a contradiction or a premature claim.
    #[serde(default = "Fact::default_penalty")]
    pub penalty: Hundredths,
}

impl Fact {
    fn default_penalty() -> Hundredths {
        Hundredths::whole(1)
    }
}

/// How a fact's value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactKind {
    /// A point in time.
    Time,
    /// A whole number of things.
    Count,
    /// A share.
    Percent,
    /// An amount of money; the currency is not compared.
    Money,
    /// A name.
    Name,
    /// Whether something is done.
    State,
}

/// The state in which something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum State {
    /// Said to have happened or to be so: past, perfect, passive, "is offline".
    Done,
    /// Said to be coming or under way: will, must, due, an imperative, "is preparing".
    Planned,
    /// Said not to be so.
    NotDone,
    /// Said with doubt, as a condition or a question.
    Hedged,
    /// Only named; nothing is said of it.
    Mentioned,
}

/// The state an element or a prohibition asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wanted {
    /// Only what is said to be done.
    #[default]
    Done,
    /// A commitment; something dated in the future.
    Planned,
    /// Only what is said not to be so.
    NotDone,
    /// Owning up to not knowing: negated, doubtful or still being worked on.
    Admitted,
    /// However it is said.
    Any,
}

/// Whether an element asks for something that was done or for how things stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// Something people did: doubt earns nothing.
    #[default]
    Action,
    /// How things stand: doubt earns half, "is spreading" counts as so.
    Fact,
}

/// One judgement a human grader would make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// Short name.
    pub id: String,
    /// What a person would call it; the id if empty.
    #[serde(default)]
    pub title: String,
    /// Points it is worth.
    pub points: Hundredths,
    /// Whether a text without it is unfit for use (see `combine.caps`).
    #[serde(default)]
    pub required: bool,
    /// The state that earns the points.
    #[serde(default)]
    pub state: Wanted,
    /// Action or fact.
    #[serde(default)]
    pub about: About,
    /// States that earn all points instead of what `state` says.
    #[serde(default)]
    pub full: Vec<State>,
    /// States that earn half the points instead of what `about` says.
    #[serde(default)]
    pub half: Vec<State>,
    /// Patterns; one is enough.
    #[serde(default)]
    pub any_of: Vec<String>,
    /// Patterns that spoil a sentence for this element.
    #[serde(default)]
    pub none_of: Vec<String>,
    /// Where the evidence must stand.
    #[serde(default)]
    pub place: Option<Place>,
    /// What the evidence sentence must carry besides.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// What an answer earns that lacks just one of `needs`; none if left out (half for all gave more than graders do).
    #[serde(default)]
    pub vague: Option<Vague>,
    /// Before this inject is delivered the claim cannot be true.
    #[serde(default)]
    pub earliest_inject: Option<String>,
    /// Sentences that must earn all points.
    #[serde(default)]
    pub examples_ok: Vec<String>,
    /// Sentences that must earn none.
    #[serde(default)]
    pub examples_no: Vec<String>,
}

impl Element {
    /// The title, or the id where there is none.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.title.is_empty() { &self.id } else { &self.title }
    }
}

/// Where evidence must stand; every given limit holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Begins within the first so many words.
    #[serde(default)]
    pub first_words: Option<u32>,
    /// Ends within the last so many words.
    #[serde(default)]
    pub last_words: Option<u32>,
    /// Stands in one of the first so many sentences.
    #[serde(default)]
    pub first_sentences: Option<u32>,
}

/// Something the evidence sentence must carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Need {
    /// A clock time, a date or a term ("within two hours", "by noon").
    Time,
    /// A term or a rhythm only ("every 30 minutes", "within two hours").
    Interval,
    /// A capitalised name inside the sentence.
    Name,
    /// A number of things.
    Count,
    /// Someone who answers for it: a name, a role or "I".
    Owner,
}

/// How bad a prohibited claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Costs points.
    Minor,
    /// Costs points and may cap the result.
    Major,
}

/// A claim that must not be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prohibited {
    /// Short name.
    pub id: String,
    /// How bad it is.
    pub severity: Severity,
    /// Points taken, written as a negative number; a positive one is read as its negative.
    #[serde(default)]
    pub points: Hundredths,
    /// The state in which it counts; Done for what is asserted.
    #[serde(default)]
    pub state: Wanted,
    /// Patterns; one is enough.
    #[serde(default)]
    pub any_of: Vec<String>,
    /// Patterns that excuse a sentence.
    #[serde(default)]
    pub none_of: Vec<String>,
    /// Once this inject is delivered the claim may be made.
    #[serde(default)]
    pub until_inject: Option<String>,
    /// Why it must not be said; shown to the writer afterwards.
    #[serde(default)]
    pub why: String,
    /// Sentences that must be hit.
    #[serde(default)]
    pub examples_hit: Vec<String>,
    /// Sentences that must not be hit.
    #[serde(default)]
    pub examples_fine: Vec<String>,
}

/// Points for form.
///
/// Left out, the checks that fit the kind of text share what `combine.scale`
/// leaves over after the elements, at most a fifth of the scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Whether the leftover of the scale goes to form when no check has points.
    #[serde(default = "is_true")]
    pub leftover: bool,
    /// Length inside the band.
    #[serde(default)]
    pub length: Hundredths,
    /// Bottom line up front: an element with points stands in the first two sentences.
    #[serde(default)]
    pub bottom_line: Hundredths,
    /// A next update with a time.
    #[serde(default)]
    pub next_update: Hundredths,
    /// Someone named who answers or can be asked.
    #[serde(default)]
    pub owner: Hundredths,
    /// A decision or help asked for, with a by-when.
    #[serde(default)]
    pub ask: Hundredths,
    /// Unexplained jargon inside the audience's limit.
    #[serde(default)]
    pub jargon: Hundredths,
    /// Readability and sentence length inside the band.
    #[serde(default)]
    pub readability: Hundredths,
}

impl Default for Form {
    fn default() -> Self {
        let none = Hundredths(0);
        Self {
            leftover: true,
            length: none,
            bottom_line: none,
            next_update: none,
            owner: none,
            ask: none,
            jargon: none,
            readability: none,
        }
    }
}
