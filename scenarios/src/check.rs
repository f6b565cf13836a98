//! Every fault of a scenario at once.
//!
//! A check is a row of a family's table: a name and a function over what is known of the scenario.
//! To add one, write the function in its family's file and name it in that file's `CHECKS`.

mod anchor;
mod atlas;
mod cycle;
mod evidence;
mod goal;
mod id;
mod leak;
mod moves;
mod name;
mod people;
mod reach;
mod rubric;
mod size;
mod time;
mod value;
mod wait;
mod walk;

use crate::{
    fault::{Fault, Severity, nearest},
    load::{Loaded, Parsed, load},
    model::Scenario,
    report::Report,
    source::{MOVES, RUBRICS, SCENARIO, Source, Unreadable},
    span::{Path, Tree},
};
use ::rubric::Rubric;
use name::{Kind, Names};
use protocol::moves::Moves;
use reach::Reach;
use walk::Walk;

pub(crate) use id::is_id;

/// No more faults than this are listed; the report says how many were left out.
pub const MAX_FAULTS: usize = 500;

/// One check.
pub(crate) struct Check {
    /// Its name, as faults carry it.
    pub(crate) name: &'static str,
    /// What it looks for.
    pub(crate) about: &'static str,
    run: fn(&Ctx<'_>, &mut Out<'_>),
}

/// Every family of checks.
const FAMILIES: [&[Check]; 13] = [
    id::CHECKS,
    value::CHECKS,
    cycle::CHECKS,
    wait::CHECKS,
    time::CHECKS,
    people::CHECKS,
    goal::CHECKS,
    anchor::CHECKS,
    atlas::CHECKS,
    evidence::CHECKS,
    leak::CHECKS,
    rubric::CHECKS,
    moves::CHECKS,
];

fn checks() -> impl Iterator<Item = &'static Check> {
    FAMILIES.into_iter().chain([size::CHECKS]).flatten()
}

/// The name of every check and what it looks for.
pub fn catalogue() -> impl Iterator<Item = (&'static str, &'static str)> {
    [("files", "files that cannot be read"), ("syntax", "RON that does not fit the schema"), ("limits", "too much")]
        .into_iter()
        .chain(checks().map(|c| (c.name, c.about)))
}

/// What the checks know.
pub(crate) struct Ctx<'a> {
    s: &'a Scenario,
    /// The folder's name.
    folder: &'a str,
    /// `None` when the file could not be read; what leans on it is not checked then.
    rubrics: Option<&'a [Rubric]>,
    rubrics_missing: bool,
    moves: Option<&'a Moves>,
    moves_text: Option<&'a str>,
    names: Names<'a>,
    walk: Walk<'a>,
    reach: Reach<'a>,
}

impl<'a> Ctx<'a> {
    /// `; did you mean …?`, or what kind of thing the name belongs to, or what there is.
    fn hint(&self, kind: Kind, within: &str, id: &str) -> String {
        if let Some(name) = nearest(id, self.names.all(kind, within)) {
            return format!("did you mean `{name}`?");
        }
        if let Some(other) = self.names.elsewhere(id).filter(|k| *k != kind) {
            return format!("`{id}` is the name of {} {}", article(other.word()), other.word());
        }
        let known: Vec<&str> = self.names.all(kind, within).take(12).collect();
        match known.len() {
            0 => format!("there is no {} in this scenario yet", kind.word()),
            12 => format!("among others there are: {}", known.join(", ")),
            _ => format!("there are: {}", known.join(", ")),
        }
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// Where faults go.
pub(crate) struct Out<'a> {
    check: &'static str,
    scenario: (&'a str, &'a Tree),
    rubrics: (&'a str, &'a Tree),
    moves: &'a str,
    faults: Vec<Fault>,
}

impl Out<'_> {
    fn error(&mut self, at: &Path, message: impl Into<String>, help: impl Into<String>) {
        self.say(Severity::Error, at, message.into(), help.into());
    }

    fn warn(&mut self, at: &Path, message: impl Into<String>, help: impl Into<String>) {
        self.say(Severity::Warning, at, message.into(), help.into());
    }

    fn say(&mut self, severity: Severity, at: &Path, message: String, help: String) {
        let (text, tree) = self.scenario;
        self.faults.push(Fault::at(self.check, severity, SCENARIO, text, tree.place(text, at)).saying(message, help));
    }

    fn rubric(&mut self, severity: Severity, at: &Path, message: impl Into<String>, help: impl Into<String>) {
        let (text, tree) = self.rubrics;
        self.faults.push(Fault::at(self.check, severity, RUBRICS, text, tree.place(text, at)).saying(message, help));
    }

    fn moves(
        &mut self,
        severity: Severity,
        place: (usize, usize),
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let start = crate::span::byte_at(self.moves, place.0, place.1);
        let end = self.moves[start..].find('\n').map_or(self.moves.len(), |n| start + n);
        self.faults.push(Fault::at(self.check, severity, MOVES, self.moves, start..end).saying(message, help));
    }
}

/// Finds every fault of a scenario's files.
#[must_use]
pub fn check(source: &Source) -> Report {
    let parsed = Parsed::read(source);
    let mut out = Out {
        check: "files",
        scenario: (source.text(SCENARIO).unwrap_or_default(), &parsed.scenario_tree),
        rubrics: (source.text(RUBRICS).unwrap_or_default(), &parsed.rubrics_tree),
        moves: source.text(MOVES).unwrap_or_default(),
        faults: parsed.faults.clone(),
    };
    let moves = read_moves(source, &mut out);
    if let Some(s) = parsed.scenario.as_ref().filter(|_| !parsed.too_much) {
        let walk = Walk::of(s);
        let mut names = Names::of(s);
        names.know_flags(&walk);
        let reach = Reach::of(s, &walk, &names);
        let ctx = Ctx {
            s,
            folder: source.name(),
            rubrics: parsed.rubrics.as_deref(),
            rubrics_missing: source.text(RUBRICS) == Err(Unreadable::Missing),
            moves: moves.as_ref(),
            moves_text: source.text(MOVES).ok(),
            names,
            walk,
            reach,
        };
        for check in checks() {
            out.check = check.name;
            (check.run)(&ctx, &mut out);
        }
    }
    Report::new(source, out.faults)
}

/// Reads the scenario and checks it: what a drill or a table starts from.
///
/// # Errors
/// The whole report, when any fault in it keeps the scenario from being played.
pub fn load_checked(source: &Source) -> Result<Loaded, Box<Report>> {
    let report = check(source);
    if report.errors() > 0 {
        return Err(Box::new(report));
    }
    load(source).map_err(|faults| Box::new(Report::new(source, faults)))
}

fn read_moves(source: &Source, out: &mut Out<'_>) -> Option<Moves> {
    out.check = "moves";
    match Moves::parse(source.text(MOVES).ok()?) {
        Ok(moves) => Some(moves),
        Err(faults) => {
            for fault in faults {
                out.moves(Severity::Error, (fault.line, fault.column), fault.message, "");
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Faults are shown at paths; a path that leads elsewhere would show authors the wrong line.
    #[test]
    fn every_name_is_found_where_it_is_written() {
        let bundled = crate::library::names().filter_map(Source::bundled);
        let template = Source::embedded("t", crate::template("t", "T").unwrap());
        for source in bundled.chain([template]) {
            let text = source.text(SCENARIO).unwrap();
            let tree = Tree::read(text);
            let scenario = crate::load(&source).unwrap().scenario;
            let walk = Walk::of(&scenario);
            assert!(walk.refs.len() > 50);
            let names = Names::of(&scenario);
            let defined = names.definitions.iter().map(|d| (&d.at, d.id));
            for (at, id) in walk.refs.iter().map(|r| (&r.at, r.id)).chain(defined) {
                let span = tree.exact(at).unwrap_or_else(|| panic!("{}: nothing at {at}", source.name()));
                assert_eq!(&text[span], format!("\"{id}\""), "{}: {at}", source.name());
            }
            for t in &walk.texts {
                assert!(tree.exact(&t.at).is_some(), "{}: nothing at {}", source.name(), t.at);
            }
            for e in &walk.effects {
                assert!(tree.exact(&e.at).is_some(), "{}: nothing at {}", source.name(), e.at);
            }
        }
    }

    #[test]
    fn every_check_has_a_name_and_says_what_it_looks_for() {
        for (name, about) in catalogue() {
            assert!(id::is_id(name) && !about.is_empty(), "{name}");
        }
    }
}
