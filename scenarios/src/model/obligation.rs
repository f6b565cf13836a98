//! Obligations with deadlines, written products, and the escalation matrix.

use super::{Cond, Cue};
use protocol::{ChannelId, ClockId, DecisionId, LineId, ObjectiveId, OptionId, PartyId, ProductId, SeatId, Span, Tlp};
use serde::{Deserialize, Serialize};

/// An obligation with a deadline. Not legal advice; every screen that shows one says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// Its id.
    pub id: ClockId,
    /// `GDPR Art 33(1)`.
    pub regime: String,
    /// What has to be done.
    pub duty: String,
    /// What kind of event starts it.
    pub anchor: Anchor,
    /// The first of these starts it.
    pub anchored_by: Vec<Cue>,
    /// How long it runs.
    pub term: Term,
    /// A second limit from another anchor (DORA: and no later than 24 h after awareness).
    #[serde(default)]
    pub cap: Option<(Cue, Term)>,
    /// Runs only after another clock was filed (NIS2 final report).
    #[serde(default)]
    pub chained_to: Option<ClockId>,
    /// Who has to be told.
    pub to: Vec<PartyId>,
    /// The product that answers it.
    pub product: ProductId,
    /// Decisions that settle, with a recorded reason, that the duty does not apply.
    #[serde(default)]
    pub waived_by: Vec<(DecisionId, OptionId)>,
    /// Whether waiving it is right in this scenario; a right waiver scores like a filing.
    #[serde(default)]
    pub waiver_is_right: Option<Cond>,
    /// Who answers for it.
    pub by: Vec<SeatId>,
    /// When a good table has filed it, counted from the anchor; inside the exercise.
    pub target: Span,
    /// The rule's source: article and where it was read.
    pub source: String,
    /// The day the source was right: `2026-10-05`.
    pub as_of: String,
    /// The objective it belongs to.
    pub objective: ObjectiveId,
}

/// What starts an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// A reasonable degree of certainty that it happened.
    Awareness,
    /// Classified as major.
    Classification,
    /// Materiality determined.
    Materiality,
    /// Discovery (known, or should have been).
    Discovery,
    /// The model's involvement became known.
    ModelInvolvement,
    /// A payment.
    Payment,
    /// An earlier filing.
    Filing,
    /// As the contract says.
    Contract,
}

/// How long an obligation runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Term {
    /// Minutes (contracts, internal service levels).
    Minutes(u32),
    /// Hours.
    Hours(u32),
    /// Calendar days.
    CalendarDays(u32),
    /// Business days, Monday to Friday; the day of the anchor is day 0.
    BusinessDays(u32),
    /// Months.
    Months(u32),
}

/// Something that has to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its id, also the id of its rubric in `rubrics.ron`.
    pub id: ProductId,
    /// `Customer notice`.
    pub name: String,
    /// Who reads it and what they need, in a line; read by the writer.
    pub audience: String,
    /// Usual recipients.
    pub to: Vec<PartyId>,
    /// Who writes it.
    pub by: Vec<SeatId>,
    /// Usual channel.
    pub via: ChannelId,
    /// Whose approval the plan asks for before it goes out.
    #[serde(default)]
    pub approval: Option<PartyId>,
    /// Right handling.
    #[serde(default)]
    pub tlp: Option<Tlp>,
    /// What calls for it.
    pub from: Cue,
    /// When a good table has sent it, after that.
    pub target: Span,
    /// After this it counts as not delivered.
    pub limit: Span,
    /// The house template the composer opens with. Gives headings, not answers.
    pub template: String,
    /// The objective it belongs to.
    pub objective: ObjectiveId,
    /// Points at stake.
    #[serde(default = "ten")]
    pub points: u32,
}

impl Product {
    /// Whether a text is little more than the house template: fewer than fifteen words that the template does
    /// not bring. An empty form fulfils no duty.
    #[must_use]
    pub fn is_empty_form(&self, body: &str) -> bool {
        const LEAST: usize = 15;
        let words = |text: &'_ str| -> Vec<String> {
            let word = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            text.split_whitespace().map(word).filter(|w| !w.is_empty()).collect()
        };
        let mut given = words(&self.template);
        let own = words(body).into_iter().filter(|word| match given.iter().position(|g| g == word) {
            Some(at) => {
                given.swap_remove(at);
                false
            }
            None => true,
        });
        own.count() < LEAST
    }
}

fn ten() -> u32 {
    10
}

/// A line of the escalation matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscalationLine {
    /// Its id.
    pub id: LineId,
    /// Who must be told. Any one of them will do.
    pub tell: Vec<PartyId>,
    /// Why.
    pub why: String,
    /// Who may tell them; empty: any seat.
    #[serde(default)]
    pub by: Vec<SeatId>,
    /// Counted from.
    pub from: Cue,
    /// On time within.
    pub within: Span,
    /// Late until, then missed.
    pub limit: Span,
    /// Channels that will do; empty: any.
    #[serde(default)]
    pub via: Vec<ChannelId>,
    /// Told by this product, where a product must be what tells them.
    #[serde(default)]
    pub with: Option<ProductId>,
    /// Lines that come first; else out of order.
    #[serde(default)]
    pub after: Vec<LineId>,
    /// Telling them before this is premature.
    #[serde(default)]
    pub not_before: Option<Cue>,
    /// Whose approval it needs first; else unauthorised.
    #[serde(default)]
    pub approval: Option<PartyId>,
    /// The objective it belongs to.
    pub objective: ObjectiveId,
    /// Points at stake.
    #[serde(default = "five")]
    pub points: u32,
    /// The law or a contract asks for it: missing it caps the objective at M.
    #[serde(default)]
    pub legal: bool,
}

fn five() -> u32 {
    5
}

/// Who must not be told, or not yet. Anyone told whom no line names costs too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MustNotTell {
    /// Who.
    pub party: PartyId,
    /// Until this has happened; `None`: not at all.
    #[serde(default)]
    pub until: Option<Cue>,
    /// Why.
    pub why: String,
    /// Points lost.
    pub points: u32,
    /// An unauthorised disclosure: caps the objective at M.
    #[serde(default)]
    pub legal: bool,
    /// The objective it belongs to.
    pub objective: ObjectiveId,
}
