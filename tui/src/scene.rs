//! What the screens show: a seat's board, the clock, and after EndEx the hot wash.

use crate::wash::Wash;
use protocol::{
    Board, Pack, ProductId, SeatId, SimTime, Span, Subject,
    board::{Clock, ClockState, Phase},
};

/// Reads a draft before it is sent and says what can be checked without giving the answer away.
pub trait Preview {
    /// Remarks, a sentence each; `None` when there is no rubric to read by.
    fn remarks(&self, product: &ProductId, text: &str) -> Option<Vec<String>>;
}

/// Reads nothing.
pub struct NoPreview;

impl Preview for NoPreview {
    fn remarks(&self, _: &ProductId, _: &str) -> Option<Vec<String>> {
        None
    }
}

/// Everything a view may look at beside the screen's own state.
pub struct Scene<'a> {
    /// What this seat may know.
    pub board: &'a Board,
    /// Exercise time.
    pub now: SimTime,
    /// Why the transcript is not safe; `None` while it is.
    pub unsaved: Option<&'a str>,
    /// The exercise's id.
    pub exercise: &'a str,
    /// After EndEx.
    pub wash: Option<&'a Wash>,
    /// Reads drafts.
    pub preview: &'a dyn Preview,
}

impl Scene<'_> {
    /// What is public, once play has begun.
    #[must_use]
    pub fn pack(&self) -> Option<&Pack> {
        self.board.pack.as_deref()
    }

    /// The story's clock: `Tue 17 Mar 09:12`.
    #[must_use]
    pub fn story(&self, at: SimTime) -> String {
        self.story_as(at, "%a %d %b %H:%M")
    }

    /// The story's clock in another form.
    #[must_use]
    pub fn story_as(&self, at: SimTime, form: &str) -> String {
        let start = self.pack().map_or(0, |p| p.starts_at);
        let secs = i64::try_from(at.0 / 1000).unwrap_or(i64::MAX);
        chrono::DateTime::from_timestamp(start.saturating_add(secs), 0)
            .map_or_else(|| at.to_string(), |t| t.format(form).to_string())
    }

    /// How long ago: `12m`.
    #[must_use]
    pub fn ago(&self, at: SimTime) -> String {
        rough(self.now.since(at))
    }

    /// A seat or party with its person and title: `Kim Osei (ML engineer)`.
    #[must_use]
    pub fn who(&self, id: &str) -> String {
        let name = self.board.name_of(id);
        match self.title(id) {
            Some(title) if !name.is_empty() => format!("{name} ({title})"),
            _ => name,
        }
    }

    /// The title of a seat or party.
    #[must_use]
    pub fn title(&self, id: &str) -> Option<&str> {
        let pack = self.pack()?;
        let seat = pack.seats.iter().find(|s| s.id.as_str() == id).map(|s| s.title.as_str());
        seat.or_else(|| pack.parties.iter().find(|p| p.id.as_str() == id).map(|p| p.title.as_str()))
    }

    /// Titles of several seats: `ML engineer or SOC analyst`.
    #[must_use]
    pub fn seats(&self, ids: &[SeatId]) -> String {
        if ids.is_empty() {
            return "anyone".to_owned();
        }
        let titles: Vec<&str> = ids.iter().map(|s| self.title(s.as_str()).unwrap_or(s.as_str())).collect();
        titles.join(" or ")
    }

    /// Whether this seat is among them; an empty list means anyone, and a list of seats nobody holds
    /// may be stood in for by whoever is at the table, except for work done with one's own hands.
    #[must_use]
    pub fn may(&self, by: &[SeatId]) -> bool {
        by.is_empty() || by.contains(&self.board.seat)
    }

    /// Like [`Scene::may`], for writing, declaring and deciding.
    #[must_use]
    pub fn may_stand_in(&self, by: &[SeatId]) -> bool {
        self.may(by) || by.iter().all(|s| !self.board.people.contains_key(s))
    }

    /// Time runs now.
    #[must_use]
    pub fn running(&self) -> bool {
        self.board.phase == Phase::Running
    }

    /// The clock still to be answered that is due first.
    #[must_use]
    pub fn due_first(&self) -> Option<&Clock> {
        let open = |c: &&Clock| matches!(c.state, ClockState::Due | ClockState::Overdue);
        self.board.clocks.iter().filter(open).min_by_key(|c| c.due)
    }

    /// Whose approval the plan asks for, and how it stands.
    #[must_use]
    pub fn approver(&self, of: &str, subject: &Subject) -> String {
        if of == self.board.seat.as_str() {
            return "yours: doing it counts as approving it".to_owned();
        }
        format!("{}: {}", self.who(of), self.approval(subject).words())
    }

    /// How an approval stands.
    #[must_use]
    pub fn approval(&self, subject: &Subject) -> Approval {
        match self.board.requests.iter().rev().find(|r| r.subject == *subject) {
            None => Approval::NotAsked,
            Some(r) => match &r.answer {
                None => Approval::Pending(r.at),
                Some((true, _)) => Approval::Given,
                Some((false, why)) => Approval::Refused(why.clone()),
            },
        }
    }
}

/// How an approval stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approval {
    /// Nobody asked.
    NotAsked,
    /// Asked at, no answer yet.
    Pending(SimTime),
    /// Given.
    Given,
    /// Refused, with the reason.
    Refused(String),
}

impl Approval {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::NotAsked => "not asked for yet".to_owned(),
            Self::Pending(at) => format!("asked for at {at}, no answer yet"),
            Self::Given => "given".to_owned(),
            Self::Refused(why) if why.is_empty() => "refused".to_owned(),
            Self::Refused(why) => format!("refused: {why}"),
        }
    }
}

/// A span in at most two units, seconds only under ten minutes: `40s`, `4m10s`, `12m`, `71h40m`.
#[must_use]
pub fn rough(span: Span) -> String {
    let secs = span.0 / 1000;
    match secs {
        0..600 => span.brief(),
        600..3600 => format!("{}m", secs / 60),
        3600..360_000 => format!("{}h{:02}m", secs / 3600, secs / 60 % 60),
        _ => format!("{}d{}h", secs / 86_400, secs / 3600 % 24),
    }
}

/// Two spans as a range: `2m to 5m`.
#[must_use]
pub fn takes(span: (Span, Span)) -> String {
    if span.0 == span.1 { span.0.brief() } else { format!("{} to {}", span.0.brief(), span.1.brief()) }
}
