//! Files into a scenario.

use crate::{
    calendar::Calendar,
    fault::{Fault, Severity},
    limit,
    model::Scenario,
    source::{MOVES, RUBRICS, SCENARIO, Source, Unreadable},
    span::Tree,
    syntax,
};
use protocol::{Pack, ProductId};
use rubric::{Compiled, Rubric};
use std::{collections::BTreeMap, sync::Arc};

/// A scenario with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The authored script.
    pub scenario: Scenario,
    /// The marking guides, one for each product.
    pub rubrics: Vec<Rubric>,
    /// The reference response, as text for [`protocol::moves::Moves::parse`].
    pub reference: String,
    /// The files it was read from, by name.
    pub files: Arc<[(String, String)]>,
    /// SHA-256 over name, length and content of every file, in hex.
    pub hash: String,
}

impl Loaded {
    /// The marking guide of a product.
    #[must_use]
    pub fn rubric(&self, product: &ProductId) -> Option<&Rubric> {
        self.rubrics.iter().find(|r| r.id == product.as_str())
    }

    /// Every marking guide ready to read texts with, by product. One that cannot be compiled is left
    /// out; [`check`](crate::check()) says what is wrong with it.
    #[must_use]
    pub fn compiled(&self) -> BTreeMap<ProductId, Compiled> {
        let ready = |r: &Rubric| Some((ProductId::from(r.id.as_str()), Compiled::new(r).ok()?));
        self.rubrics.iter().filter_map(ready).collect()
    }

    /// What every player may read, with the word limits of its products.
    #[must_use]
    pub fn pack(&self) -> Pack {
        crate::pack::with_rubrics(&self.scenario, &self.rubrics)
    }

    /// The story's calendar.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        // `load` refuses a scenario whose start cannot be read.
        Calendar::parse(&self.scenario.starts_at).unwrap_or_else(|_| Calendar::at(0))
    }
}

/// Reads a scenario. It is not checked beyond what reading takes: a transcript's scenario stays
/// readable when checks become stricter. Before play use [`load_checked`](crate::load_checked).
///
/// # Errors
/// Every fault that keeps the files from being read, with its place.
pub fn load(source: &Source) -> Result<Loaded, Vec<Fault>> {
    let parsed = Parsed::read(source);
    match (parsed.scenario, parsed.rubrics) {
        (Some(scenario), Some(rubrics)) if !parsed.faults.iter().any(Fault::is_error) => Ok(Loaded {
            scenario,
            rubrics,
            reference: source.text(MOVES).unwrap_or_default().to_owned(),
            files: source.files().map(|(n, t)| (n.to_owned(), t.to_owned())).collect(),
            hash: source.hash(),
        }),
        _ => Err(parsed.faults.into_iter().filter(Fault::is_error).collect()),
    }
}

/// The files as far as they could be read.
pub(crate) struct Parsed {
    pub(crate) scenario: Option<Scenario>,
    pub(crate) scenario_tree: Tree,
    pub(crate) rubrics: Option<Vec<Rubric>>,
    pub(crate) rubrics_tree: Tree,
    pub(crate) faults: Vec<Fault>,
    /// There is more in it than a table can play, or than is worth checking.
    pub(crate) too_much: bool,
}

impl Parsed {
    pub(crate) fn read(source: &Source) -> Self {
        let mut faults = Vec::new();
        let scenario_text = text(source, SCENARIO, &mut faults);
        let rubrics_text = text(source, RUBRICS, &mut faults);
        let scenario_tree = Tree::read(scenario_text.unwrap_or_default());
        let rubrics_tree = Tree::read(rubrics_text.unwrap_or_default());
        let scenario = scenario_text.and_then(|t| syntax::scenario(t, &scenario_tree, &mut faults));
        let rubrics = match (rubrics_text, source.text(RUBRICS)) {
            (Some(t), _) => syntax::rubrics(t, &rubrics_tree, &mut faults),
            // Reported by `check`; a scenario without products needs none.
            (None, Err(Unreadable::Missing)) => Some(Vec::new()),
            (None, _) => None,
        };
        if let Some(t) = scenario_text {
            limit::texts(SCENARIO, t, &scenario_tree, &mut faults);
        }
        let mut too_much = false;
        if let (Some(s), Some(t)) = (&scenario, scenario_text) {
            let before = faults.len();
            limit::counts(s, t, &scenario_tree, &mut faults);
            too_much = faults.len() > before;
            start(s, t, &scenario_tree, &mut faults);
        }
        if let Some(t) = rubrics_text {
            limit::texts(RUBRICS, t, &rubrics_tree, &mut faults);
        }
        text(source, MOVES, &mut faults);
        Self { scenario, scenario_tree, rubrics, rubrics_tree, faults, too_much }
    }
}

/// A file's text; a fault when it is there and cannot be read, or when it is the scenario itself.
fn text<'a>(source: &'a Source, file: &str, faults: &mut Vec<Fault>) -> Option<&'a str> {
    match source.text(file) {
        Ok(text) => Some(text),
        Err(Unreadable::Missing) if file != SCENARIO => None,
        Err(why) => {
            let help = match why {
                Unreadable::Missing => "a scenario's folder holds scenario.ron, rubrics.ron and reference.moves",
                Unreadable::TooBig => "leave out what no seat reads; attachments are excerpts",
                Unreadable::NotAFile => "put the text itself there, not a folder, a device or a pipe",
                Unreadable::NotText(_) => "save it as UTF-8",
                Unreadable::Io(_) => "see whether you may read it",
            };
            faults.push(Fault::at("files", Severity::Error, file, "", 0..0).saying(why.to_string(), help));
            None
        }
    }
}

/// What everything else leans on: the format's number and the story's start.
fn start(s: &Scenario, text: &str, tree: &Tree, faults: &mut Vec<Fault>) {
    let fault = |path: &str| Fault::at("syntax", Severity::Error, SCENARIO, text, tree.find(&path.into()));
    if s.format != 1 {
        faults.push(fault("format").saying(
            format!("the file's format is {}, this program reads format 1", s.format),
            if s.format > 1 { "use a newer startex" } else { "write `format: 1`" },
        ));
    }
    if let Err(e) = Calendar::parse(&s.starts_at) {
        faults.push(fault("starts_at").saying(e.to_string(), ""));
    }
}
