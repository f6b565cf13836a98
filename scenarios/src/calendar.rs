//! The story's calendar: when the exercise plays, and when an obligation falls due.
//!
//! Exercise time counts from StartEx; deadlines of law count hours, calendar days, business days
//! and months of the story's calendar. Everything is reckoned in UTC and without public holidays,
//! which is a simplification a scenario has to live with:
//!
//! - *Hours* and *calendar days* run from the moment of the anchor (a day is 24 hours).
//! - *Business days* are Monday to Friday; the day of the anchor is day 0 and the term ends with
//!   the last second of the last day. The SEC's rule for Form 8-K Item 1.05 (four business days
//!   after the determination of materiality) ends at 17:30 Eastern time instead, because a filing
//!   after that counts as the next day's: the story gives up to two and a half hours more.
//! - *Months* end on the same day of the month at the same time, or on the last day of a month
//!   that is too short for it.

use crate::model::Term;
use chrono::{DateTime, Datelike, Days, Months, TimeDelta, Utc, Weekday};
use protocol::SimTime;

/// The story's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    starts_at: DateTime<Utc>,
}

/// The first and last year a story may play in.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2199;

/// A `starts_at` that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no date and time in UTC; write it as 2026-03-17T08:40:00Z (years 1970 to 2199)")]
pub struct StartError {
    text: String,
}

/// Reads the story's date and time at StartEx.
///
/// # Errors
/// When it is not RFC 3339 or outside the years 1970 to 2199.
pub fn starts_at(text: &str) -> Result<i64, StartError> {
    Calendar::parse(text).map(Calendar::epoch)
}

/// When a term that starts at `anchor` falls due, in exercise time of a story that starts at
/// `starts_at` (seconds since 1970-01-01 UTC).
#[must_use]
pub fn due(starts_at: i64, anchor: SimTime, term: Term) -> SimTime {
    Calendar::at(starts_at).due(anchor, term)
}

impl Calendar {
    /// Reads the story's date and time at StartEx.
    ///
    /// # Errors
    /// When it is not RFC 3339 or outside the years 1970 to 2199.
    pub fn parse(text: &str) -> Result<Self, StartError> {
        let error = || StartError { text: text.chars().take(40).collect::<String>().escape_debug().to_string() };
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| error())?.with_timezone(&Utc);
        if YEARS.contains(&at.year()) { Ok(Self { starts_at: at }) } else { Err(error()) }
    }

    /// The calendar of a story that starts this many seconds after 1970-01-01 UTC. A number no
    /// calendar knows is read as 0.
    #[must_use]
    pub fn at(epoch: i64) -> Self {
        let at = DateTime::from_timestamp(epoch, 0).filter(|d| YEARS.contains(&d.year()));
        Self { starts_at: at.unwrap_or(DateTime::UNIX_EPOCH) }
    }

    /// StartEx in seconds since 1970-01-01 UTC.
    #[must_use]
    pub fn epoch(self) -> i64 {
        self.starts_at.timestamp()
    }

    /// The story's date and time at a moment of the exercise.
    #[must_use]
    pub fn story(self, at: SimTime) -> DateTime<Utc> {
        let ms = i64::try_from(at.0).unwrap_or(i64::MAX);
        TimeDelta::try_milliseconds(ms)
            .and_then(|d| self.starts_at.checked_add_signed(d))
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// `2026-03-17 08:40 UTC`
    #[must_use]
    pub fn label(self, at: SimTime) -> String {
        self.story(at).format("%Y-%m-%d %H:%M UTC").to_string()
    }

    /// When a term that starts at `anchor` falls due.
    #[must_use]
    pub fn due(self, anchor: SimTime, term: Term) -> SimTime {
        let plus = |ms: u64| SimTime(anchor.0.saturating_add(ms));
        match term {
            Term::Minutes(n) => plus(u64::from(n) * 60_000),
            Term::Hours(n) => plus(u64::from(n) * 3_600_000),
            Term::CalendarDays(n) => plus(u64::from(n) * 86_400_000),
            Term::BusinessDays(n) => self.exercise_time(end_of_business_day(self.story(anchor), n)),
            Term::Months(n) => self.exercise_time(self.story(anchor).checked_add_months(Months::new(n))),
        }
    }

    fn exercise_time(self, at: Option<DateTime<Utc>>) -> SimTime {
        let Some(at) = at else { return SimTime(u64::MAX) };
        SimTime(u64::try_from((at - self.starts_at).num_milliseconds()).unwrap_or(0))
    }
}

/// The last second of the `n`th business day after the day of the anchor.
fn end_of_business_day(anchor: DateTime<Utc>, n: u32) -> Option<DateTime<Utc>> {
    let weekend = |d: chrono::NaiveDate| matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
    let mut day = anchor.date_naive();
    if n == 0 {
        while weekend(day) {
            day = day.checked_add_days(Days::new(1))?;
        }
    }
    // Five business days are a week wherever one starts; only the rest is counted out.
    let weeks = n.saturating_sub(1) / 5;
    day = day.checked_add_days(Days::new(u64::from(weeks) * 7))?;
    for _ in 0..(n - weeks * 5) {
        day = day.checked_add_days(Days::new(1))?;
        while weekend(day) {
            day = day.checked_add_days(Days::new(1))?;
        }
    }
    Some(day.and_hms_opt(23, 59, 59)?.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Span;

    fn label(start: &str, anchor: Span, term: Term) -> String {
        let calendar = Calendar::parse(start).unwrap();
        calendar.story(calendar.due(SimTime(anchor.0), term)).format("%a %Y-%m-%d %H:%M:%S").to_string()
    }

    #[test]
    fn hours_and_calendar_days_run_from_the_anchor() {
        let start = "2026-03-17T08:40:00Z";
        assert_eq!(label(start, Span::mins(20), Term::Hours(72)), "Fri 2026-03-20 09:00:00");
        assert_eq!(label(start, Span::mins(20), Term::CalendarDays(15)), "Wed 2026-04-01 09:00:00");
        assert_eq!(label(start, Span::ZERO, Term::Minutes(30)), "Tue 2026-03-17 09:10:00");
    }

    #[test]
    fn business_days_skip_the_weekend_and_end_with_the_day() {
        // Tuesday is day 0: Wednesday, Thursday, Friday, Monday.
        assert_eq!(label("2026-03-17T08:40:00Z", Span::ZERO, Term::BusinessDays(4)), "Mon 2026-03-23 23:59:59");
        // Friday evening.
        assert_eq!(label("2026-03-20T22:00:00Z", Span::mins(90), Term::BusinessDays(1)), "Mon 2026-03-23 23:59:59");
        // An anchor on Saturday: Monday is day 1.
        assert_eq!(label("2026-03-21T10:00:00Z", Span::ZERO, Term::BusinessDays(1)), "Mon 2026-03-23 23:59:59");
        assert_eq!(label("2026-03-17T08:40:00Z", Span::ZERO, Term::BusinessDays(10)), "Tue 2026-03-31 23:59:59");
        // No business day at all: the anchor's day, or the next one that is.
        assert_eq!(label("2026-03-21T10:00:00Z", Span::ZERO, Term::BusinessDays(0)), "Mon 2026-03-23 23:59:59");
    }

    #[test]
    fn business_days_in_weeks_and_one_by_one_agree() {
        for start in 16..23 {
            let start = Calendar::parse(&format!("2026-03-{start}T10:00:00Z")).unwrap().starts_at;
            for n in 1..40 {
                let mut day = start.date_naive();
                let mut left = n;
                while left > 0 {
                    day = day.succ_opt().unwrap();
                    if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                        left -= 1;
                    }
                }
                assert_eq!(end_of_business_day(start, n).unwrap().date_naive(), day, "{start} + {n}");
            }
        }
    }

    #[test]
    fn months_end_on_the_same_day_or_the_last() {
        assert_eq!(label("2026-01-31T10:00:00Z", Span::ZERO, Term::Months(1)), "Sat 2026-02-28 10:00:00");
        assert_eq!(label("2026-03-17T08:40:00Z", Span::ZERO, Term::Months(1)), "Fri 2026-04-17 08:40:00");
        assert_eq!(label("2027-12-31T10:00:00Z", Span::ZERO, Term::Months(2)), "Tue 2028-02-29 10:00:00");
    }

    #[test]
    fn no_number_breaks_it() {
        let calendar = Calendar::parse("2026-03-17T08:40:00Z").unwrap();
        for n in [0, 1, u32::MAX] {
            for term in [
                Term::Minutes(n),
                Term::Hours(n),
                Term::CalendarDays(n),
                Term::BusinessDays(n % 100_000),
                Term::Months(n),
            ] {
                for anchor in [0, 1, u64::MAX] {
                    let _ = calendar.due(SimTime(anchor), term);
                    let _ = calendar.label(SimTime(anchor));
                }
            }
        }
        let _ = calendar.due(SimTime(0), Term::BusinessDays(u32::MAX));
    }

    #[test]
    fn a_wrong_date_says_how_to_write_it() {
        assert_eq!(starts_at("2026-03-17T08:40:00Z"), Ok(1_773_736_800));
        for bad in ["", "2026-03-17", "2026-13-01T00:00:00Z", "9999-01-01T00:00:00Z", "17.3.2026 08:40"] {
            let message = starts_at(bad).unwrap_err().to_string();
            assert!(message.contains("2026-03-17T08:40:00Z"), "{message}");
        }
    }
}
