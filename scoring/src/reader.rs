//! How written products are read. Scores know texts only through this door, so that a scorecard can be made
//! with the rubrics of today or of the day of the exercise.

use chrono::{Datelike, Timelike};
use protocol::{ProductId, SimTime};
use rubric::{Compiled, Context, Moment, Reading, Rubric, Source, SourceKind};
use scenarios::{Calendar, Loaded};
use std::{collections::BTreeMap, sync::OnceLock};

/// A text as it was sent, with what the table had been given by then.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// The text, without its subject.
    pub body: &'a str,
    /// When it was sent.
    pub at: SimTime,
    /// Injects the table had got, each with its text.
    pub injects: BTreeMap<&'a str, &'a str>,
    /// What else the table had been handed and did not write: results, alerts, answers of the cell, each with
    /// its number. Pasting it is as little an answer as pasting an inject.
    pub papers: Vec<(&'a str, &'a str)>,
    /// What everybody was told when play opened.
    pub situation: &'a str,
}

/// Reads written products against their rubrics.
pub trait Reader {
    /// What a text of this product is worth; `None` when there is no rubric for it.
    fn read(&self, product: &ProductId, text: &Text<'_>) -> Option<Reading>;
}

/// A scenario's rubrics. Each is compiled when a text first asks for it, and kept: compiling costs more than
/// reading, so whoever judges many exercises of one scenario makes this once.
#[derive(Debug)]
pub struct Rubrics {
    rubrics: BTreeMap<ProductId, (Rubric, OnceLock<Option<Compiled>>)>,
    calendar: Calendar,
}

impl Rubrics {
    /// The rubrics of a scenario. One with faults reads nothing, and its product stays ungraded: `check` is
    /// where faults are told.
    #[must_use]
    pub fn new(loaded: &Loaded) -> Self {
        let named = |r: &Rubric| (ProductId::from(r.id.as_str()), (r.clone(), OnceLock::new()));
        Self { rubrics: loaded.rubrics.iter().map(named).collect(), calendar: loaded.calendar() }
    }

    fn compiled(&self, product: &ProductId) -> Option<&Compiled> {
        let (rubric, compiled) = self.rubrics.get(product)?;
        compiled.get_or_init(|| Compiled::new(rubric).ok()).as_ref()
    }

    fn moment(&self, at: SimTime) -> Option<Moment> {
        let story = self.calendar.story(at);
        let small = |n: u32| u8::try_from(n).ok();
        Some(Moment {
            year: story.year(),
            month: small(story.month())?,
            day: small(story.day())?,
            hour: small(story.hour())?,
            minute: small(story.minute())?,
        })
    }
}

impl Reader for Rubrics {
    fn read(&self, product: &ProductId, text: &Text<'_>) -> Option<Reading> {
        let compiled = self.compiled(product)?;
        let wanted = &compiled.rubric().copy.sources;
        let mut sources = Vec::new();
        if wanted.contains(&SourceKind::Injects) {
            let handed = text.injects.iter().map(|(id, body)| (*id, *body)).chain(text.papers.iter().copied());
            sources.extend(handed.map(|(id, body)| Source { id: id.to_owned(), text: body.to_owned() }));
        }
        if wanted.contains(&SourceKind::ScenarioBrief) {
            sources.push(Source { id: "the situation".to_owned(), text: text.situation.to_owned() });
        }
        let mut delivered: Vec<&str> = text.injects.keys().copied().collect();
        if delivered.is_empty() {
            // An empty list means "not known" to the rubric; here it is known that there was none.
            delivered.push("none");
        }
        let context = Context { delivered: &delivered, sources: &sources, sent_at: self.moment(text.at) };
        Some(compiled.read(text.body, &context))
    }
}
