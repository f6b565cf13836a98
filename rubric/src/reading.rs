//! What comes out: marks, each with the words that earned it.

mod fault;
mod form;

pub use fault::{Fault, Level};
pub use form::{Advice, AdviceKind, FormCheck, FormFinding};

use crate::hundredths::Hundredths;
use crate::rubric::{Flag, Severity, State};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Bytes `start..end` of the text as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// One text read against one rubric. All points are hundredths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The rubric's id.
    pub rubric: String,
    /// The rubric's version.
    pub version: u32,
    /// The result in hundredths of a point, on the rubric's scale.
    pub points: i32,
    /// The top of the scale in hundredths of a point.
    pub out_of: i32,
    /// Name of the band; empty where the rubric has none.
    pub band: String,
    /// 0-100: how much of the result rests on plain wording rather than on guesses.
    pub confidence: u8,
    /// Words in the text.
    pub words: u32,
    /// One line per element, in the rubric's order.
    pub elements: Vec<ElementResult>,
    /// Statements compared with what the scenario knows.
    pub facts: Vec<FactFinding>,
    /// Prohibited claims made.
    pub prohibited: Vec<ProhibitedHit>,
    /// Sentences that earn nothing, and why.
    pub gated: Vec<Gated>,
    /// Points for form.
    pub form: Vec<FormFinding>,
    /// Ceilings that held.
    pub caps: Vec<CapApplied>,
    /// Reasons for a human to look, in plain English; empty if there is none.
    pub review: Vec<String>,
    /// Remarks on the reading itself, such as a text cut at the limit.
    pub notes: Vec<String>,
}

impl Reading {
    /// The result in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        let band = if self.band.is_empty() { String::new() } else { format!(" ({})", self.band) };
        format!(
            "{} of {}{band}: {} of {} elements earned, {} contradicted or premature, {} prohibited, {} sentences withheld.",
            Hundredths(self.points),
            Hundredths(self.out_of),
            self.elements.iter().filter(|e| e.credit != Credit::None).count(),
            self.elements.len(),
            self.facts.iter().filter(|f| f.points < 0).count(),
            self.prohibited.len(),
            self.gated.len(),
        )
    }

    /// Every mark with its reason, one sentence each, in the order they count.
    #[must_use]
    pub fn reasons(&self) -> Vec<String> {
        let mut out: Vec<String> = self.elements.iter().map(ElementResult::reason).collect();
        out.extend(self.facts.iter().map(FactFinding::reason));
        out.extend(self.prohibited.iter().map(ProhibitedHit::reason));
        out.extend(self.gated.iter().map(Gated::reason));
        out.extend(self.form.iter().map(FormFinding::reason));
        out.extend(self.caps.iter().map(CapApplied::reason));
        out
    }

    /// Whether a person should look before the mark is used.
    #[must_use]
    pub fn needs_review(&self) -> bool {
        !self.review.is_empty()
    }
}

/// How much of an element was earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Credit {
    /// Nothing.
    None,
    /// Half of the points.
    Half,
    /// All points.
    Full,
}

/// What became of one element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElementResult {
    /// The element's id.
    pub id: String,
    /// What a person would call it.
    pub label: String,
    /// Hundredths of a point earned.
    pub earned: i32,
    /// Hundredths of a point it is worth.
    pub possible: i32,
    /// Full, half or none.
    pub credit: Credit,
    /// Whether the rubric calls it required.
    pub required: bool,
    /// The state it was said in, if it was said.
    pub state: Option<State>,
    /// The words that set the state, such as `yet to`; empty if there is no evidence.
    pub trigger: String,
    /// The sentence that decided, also where it earned nothing.
    pub evidence: Option<Evidence>,
    /// Why it earned nothing although something was said, or what was nearest.
    pub miss: Option<NearMiss>,
}

impl ElementResult {
    /// Why it got what it got, in one sentence.
    #[must_use]
    pub fn reason(&self) -> String {
        let head = format!("{}: {} of {}", self.label, Hundredths(self.earned), Hundredths(self.possible));
        match (&self.evidence, &self.miss) {
            (Some(e), None) => format!("{head}, \"{}\" ({}).", e.short(), self.said()),
            (Some(e), Some(m)) => {
                format!("{head}, \"{}\" ({}): {}.", e.short(), self.said(), m.lacking)
            }
            (None, Some(m)) if m.quote.is_empty() => format!("{head}, {}.", m.lacking),
            (None, Some(m)) => format!("{head}, nearest \"{}\": {}.", shorten(&m.quote), m.lacking),
            (None, None) => format!("{head}, nothing like it was said."),
        }
    }

    fn said(&self) -> String {
        match self.state {
            Some(s) if self.trigger.is_empty() => s.to_string(),
            Some(s) => format!("\"{}\" -> {s}", self.trigger),
            None => "no state".to_owned(),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            State::Done => "Done",
            State::Planned => "Planned",
            State::NotDone => "NotDone",
            State::Hedged => "Hedged",
            State::Mentioned => "Mentioned",
        })
    }
}

/// A sentence with the words that matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The sentence in the original text.
    pub span: Span,
    /// The sentence as written.
    pub quote: String,
    /// The matched words in the original text.
    pub words: Vec<Span>,
    /// Which pattern matched, such as `any_of[0]`.
    pub pattern: String,
}

impl Evidence {
    fn short(&self) -> String {
        shorten(&self.quote)
    }
}

fn shorten(quote: &str) -> String {
    let one = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    if one.chars().count() <= 140 { one } else { one.chars().take(139).collect::<String>() + "…" }
}

/// The sentence that came nearest, and what it lacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearMiss {
    /// The sentence in the original text; empty span if there was none.
    pub span: Span,
    /// The sentence as written.
    pub quote: String,
    /// In plain English, such as `has "update", no time`.
    pub lacking: String,
}

/// How a statement compares with what the scenario knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FactVerdict {
    /// It agrees.
    Ok,
    /// It disagrees.
    Contradiction,
    /// A number the scenario says nothing about; costs nothing.
    Unsupported,
    /// Said before the writer could know it or was free to say it.
    Premature,
}

/// One statement compared with a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactFinding {
    /// The fact's id; empty for `Unsupported`.
    pub id: String,
    /// Agreement or not.
    pub verdict: FactVerdict,
    /// The value in the original text.
    pub span: Span,
    /// The value as written.
    pub found: String,
    /// What the scenario knows. **For the instructor only.**
    pub expected_for_instructor: Option<String>,
    /// The inject that makes it known, if the rubric names one.
    pub inject: Option<String>,
    /// Hundredths of a point taken (negative) or 0.
    pub points: i32,
}

impl FactFinding {
    /// In one sentence, without the expected value.
    #[must_use]
    pub fn reason(&self) -> String {
        let from = self.inject.as_ref().map(|i| format!(" (inject {i})")).unwrap_or_default();
        match self.verdict {
            FactVerdict::Ok => format!("{}: \"{}\" agrees with the scenario{from}.", self.id, self.found),
            FactVerdict::Contradiction => {
                format!("{}: \"{}\" contradicts the scenario{from}, {}.", self.id, self.found, Hundredths(self.points))
            }
            FactVerdict::Unsupported => {
                format!("\"{}\" is a number the scenario does not state; no penalty.", self.found)
            }
            FactVerdict::Premature => format!(
                "{}: \"{}\" was said before it could be{from}, {}.",
                self.id,
                self.found,
                Hundredths(self.points)
            ),
        }
    }
}

/// A prohibited claim that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProhibitedHit {
    /// The rule's id.
    pub id: String,
    /// How bad it is.
    pub severity: Severity,
    /// Hundredths of a point taken (negative or 0).
    pub points: i32,
    /// The author's reason.
    pub why: String,
    /// The state it was said in.
    pub state: State,
    /// The sentence.
    pub evidence: Evidence,
}

impl ProhibitedHit {
    /// In one sentence.
    #[must_use]
    pub fn reason(&self) -> String {
        format!(
            "{}: \"{}\" must not be said, {}: {}.",
            self.id,
            self.evidence.short(),
            Hundredths(self.points),
            self.why.trim_end_matches('.')
        )
    }
}

/// A sentence that earns nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gated {
    /// Why.
    pub flag: Flag,
    /// The source's id for a copy; otherwise empty.
    pub source: String,
    /// The sentence in the original text.
    pub span: Span,
    /// The sentence as written.
    pub quote: String,
}

impl Gated {
    /// In one sentence.
    #[must_use]
    pub fn reason(&self) -> String {
        let why = match self.flag {
            Flag::WordSalad => "its words are in no order a sentence has".to_owned(),
            Flag::KeywordList => "it is a row of keywords, not a statement".to_owned(),
            Flag::Copied => format!("it is copied from {}", self.source),
            Flag::Duplicate => "it repeats an earlier sentence".to_owned(),
            Flag::GraderInstruction => "it speaks to the grader".to_owned(),
        };
        format!("\"{}\" earns nothing: {why}.", shorten(&self.quote))
    }
}

/// A ceiling that held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapApplied {
    /// Why it held.
    pub why: String,
    /// The ceiling, hundredths of a point.
    pub max: i32,
    /// Whether it lowered the result.
    pub lowered: bool,
}

impl CapApplied {
    /// In one sentence.
    #[must_use]
    pub fn reason(&self) -> String {
        let did = if self.lowered { "lowered the result" } else { "changed nothing" };
        format!("At most {} because {}; it {did}.", Hundredths(self.max), self.why)
    }
}

impl std::error::Error for Fault {}
