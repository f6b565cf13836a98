//! RON into types, and the reader's complaints into an author's words.

use crate::{
    fault::{Fault, Severity, nearest},
    hint::{hint, swallowed},
    model::{self, Scenario},
    source::{RUBRICS, SCENARIO},
    span::{Path, Tree, byte_at},
};
use ron::{Options, error::SpannedError, extensions::Extensions};
use rubric::Rubric;
use serde::de::{DeserializeOwned, IgnoredAny};

/// Deepest nesting of an authored file.
pub const MAX_NESTING: usize = 64;
/// No more faults of one file than this are listed.
const MAX_FAULTS: usize = 200;

/// How every authored file is read.
#[must_use]
pub fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME).with_recursion_limit(MAX_NESTING)
}

/// Reads `scenario.ron`, or says everything that keeps it from being read.
pub(crate) fn scenario(text: &str, tree: &Tree, faults: &mut Vec<Fault>) -> Option<Scenario> {
    let error = match options().from_str::<Scenario>(text) {
        Ok(scenario) => return Some(scenario),
        Err(error) => error,
    };
    let file = File { name: SCENARIO, text, tree };
    let found = faults.len();
    if is_ron(text) {
        file.top(faults);
        file.every_entry(faults);
    }
    file.first(&error, found, faults);
    None
}

/// Reads `rubrics.ron`, or says everything that keeps it from being read.
pub(crate) fn rubrics(text: &str, tree: &Tree, faults: &mut Vec<Fault>) -> Option<Vec<Rubric>> {
    let error = match options().from_str::<Vec<Rubric>>(text) {
        Ok(rubrics) => return Some(rubrics),
        Err(error) => error,
    };
    let file = File { name: RUBRICS, text, tree };
    let found = faults.len();
    if is_ron(text) {
        file.entries::<Rubric>(&Path::root(), faults);
    }
    file.first(&error, found, faults);
    None
}

/// Every field a scenario must have.
const REQUIRED: [&str; 23] = [
    "format",
    "id",
    "version",
    "title",
    "trains",
    "atlas_release",
    "organisation",
    "situation",
    "ground_truth",
    "starts_at",
    "length",
    "default_seat",
    "seats",
    "channels",
    "assets",
    "meters",
    "adversary",
    "actions",
    "injects",
    "escalation",
    "objectives",
    "expected",
    "adversary.steps",
];

/// Whether the text is RON at all, whatever it says.
fn is_ron(text: &str) -> bool {
    options().from_str::<IgnoredAny>(text).is_ok()
}

struct File<'a> {
    name: &'static str,
    text: &'a str,
    tree: &'a Tree,
}

impl File<'_> {
    /// Fields of the scenario itself that are not in the schema, and those that are missing.
    fn top(&self, faults: &mut Vec<Fault>) {
        let at = |span| Fault::at("syntax", Severity::Error, self.name, self.text, span);
        let known = match options().from_str::<Scenario>("(_: ())") {
            Err(SpannedError { code: ron::Error::NoSuchStructField { expected, .. }, .. }) => expected,
            _ => return,
        };
        if self.tree.fields(&Path::root()).next().is_none() {
            return;
        }
        for (name, span) in self.tree.fields(&Path::root()) {
            if !known.contains(&name) {
                let help = choices("it has", name, known);
                faults.push(at(span).saying(format!("`{name}` is no field of Scenario"), help));
            }
        }
        let mut missing: Vec<String> = Vec::new();
        for field in REQUIRED.iter().filter(|f| self.tree.exact(&(**f).into()).is_none()) {
            match swallowed(self.text, self.tree, field) {
                Some(hint) => faults.push(at(hint.place.unwrap_or_default()).saying(hint.message, hint.help)),
                None => missing.push(format!("`{field}`")),
            }
        }
        let end = self.tree.find(&Path::root()).end;
        let message = match missing.as_slice() {
            [] => return,
            [one] => format!("the field {one} of Scenario is missing"),
            many => format!("the fields {} of Scenario are missing", many.join(", ")),
        };
        let help = "`startex scenario new` writes a scenario with every field";
        faults.push(at(end.saturating_sub(1)..end).saying(message, help));
    }

    /// The strict reader stops at its first complaint; reading each entry by itself finds the rest.
    fn every_entry(&self, faults: &mut Vec<Fault>) {
        self.entries::<model::Inspiration>(&"inspired_by".into(), faults);
        self.entries::<model::Seat>(&"seats".into(), faults);
        self.entries::<model::Party>(&"parties".into(), faults);
        self.entries::<model::Channel>(&"channels".into(), faults);
        self.entries::<model::Asset>(&"assets".into(), faults);
        self.entries::<model::Meter>(&"meters".into(), faults);
        self.entries::<model::Step>(&"adversary.steps".into(), faults);
        self.entries::<model::Sensor>(&"sensors".into(), faults);
        self.entries::<model::Query>(&"queries".into(), faults);
        self.entries::<model::Action>(&"actions".into(), faults);
        self.entries::<model::Rule>(&"rules_of_the_world".into(), faults);
        self.entries::<model::Inject>(&"injects".into(), faults);
        self.entries::<model::Declaration>(&"declarations".into(), faults);
        self.entries::<model::RunbookStep>(&"runbook".into(), faults);
        self.entries::<model::Clock>(&"clocks".into(), faults);
        self.entries::<model::Product>(&"products".into(), faults);
        self.entries::<model::EscalationLine>(&"escalation".into(), faults);
        self.entries::<model::MustNotTell>(&"must_not_tell".into(), faults);
        self.entries::<model::Objective>(&"objectives".into(), faults);
        self.entries::<model::Competency>(&"competencies".into(), faults);
        self.entries::<model::Expected>(&"expected".into(), faults);
        self.entries::<model::Trap>(&"traps".into(), faults);
    }

    fn entries<T: DeserializeOwned>(&self, list: &Path, faults: &mut Vec<Fault>) {
        for i in 0..self.tree.len_of(list) {
            let Some(span) = self.tree.exact(&list.index(i)) else { continue };
            if faults.len() >= MAX_FAULTS {
                return;
            }
            let entry = &self.text[span.clone()];
            if let Err(error) = options().from_str::<T>(entry) {
                faults.push(self.fault(&error, span.start, entry));
            }
        }
    }

    /// The reader's own complaint, unless an entry's already says it.
    fn first(&self, error: &SpannedError, found: usize, faults: &mut Vec<Fault>) {
        let fault = self.fault(error, 0, self.text);
        let missing = match &error.code {
            ron::Error::MissingStructField { field, .. } => Some(format!("`{field}`")),
            _ => None,
        };
        let said = faults[found..].iter().any(|f| {
            (f.message == fault.message && f.line.abs_diff(fault.line) <= 1)
                || missing.as_ref().is_some_and(|m| f.message.contains(m) && f.message.contains("missing"))
        });
        if !said {
            faults.push(fault);
        }
    }

    fn fault(&self, error: &SpannedError, base: usize, part: &str) -> Fault {
        let mut start = base + byte_at(part, error.span.start.line, error.span.start.col);
        let mut end = base + byte_at(part, error.span.end.line, error.span.end.col);
        let text = self.text;
        let hint = hint(text, self.tree, &error.code, floor(text, start.max(end)));
        let (message, help) = match hint {
            Some(hint) => {
                if let Some(place) = hint.place {
                    (start, end) = (place.start, place.end);
                }
                (hint.message, hint.help)
            }
            None => self.words(&error.code),
        };
        // The reader points at where it stopped; the word it stopped at says more than the gap before it.
        let (start, end) = trim(text, start.min(text.len()), end.max(start).min(text.len()));
        Fault::at("syntax", Severity::Error, self.name, text, start..end).saying(message, help)
    }

    fn words(&self, code: &ron::Error) -> (String, String) {
        use ron::Error as E;
        let of = |outer: &Option<String>| outer.as_ref().map_or(String::new(), |o| format!(" of {}", plain(o)));
        match code {
            E::NoSuchStructField { expected, found, outer } => {
                (format!("`{found}` is no field{}", of(outer)), choices("it has", found, expected))
            }
            E::NoSuchEnumVariant { expected, found, outer } => {
                (format!("`{found}` is no value{}", of(outer)), choices("there are", found, expected))
            }
            E::MissingStructField { field, outer } => {
                let help = if self.ends_early() {
                    "the file goes on after this bracket closes it; it may be one too many".into()
                } else {
                    format!("write `{field}: …,`")
                };
                (format!("the field `{field}`{} is missing", of(outer)), help)
            }
            E::ExpectedDifferentStructName { .. } => {
                (lower_first(&code.to_string()), "a `]`, a `)` or a comma may be missing before it".into())
            }
            _ if self.text.trim().is_empty() => {
                ("the file is empty".into(), "`startex scenario new` writes one to start from".into())
            }
            E::DuplicateStructField { field, outer } => {
                (format!("the field `{field}`{} is written twice", of(outer)), "keep one of them".into())
            }
            E::InvalidValueForType { expected, found } => {
                (format!("expected {expected}, found {found}"), String::new())
            }
            E::ExpectedDifferentLength { expected, found } => {
                (format!("expected {expected}, found {found}"), String::new())
            }
            E::ExceededRecursionLimit => {
                (format!("this is nested deeper than {MAX_NESTING} levels"), "flatten the condition".into())
            }
            E::Eof | E::ExpectedStructLikeEnd | E::ExpectedArrayEnd | E::ExpectedMapEnd | E::ExpectedStringEnd => {
                ("a value is opened and never closed".into(), "look for a missing `)`, `]`, `}` or `\"`".into())
            }
            E::TrailingCharacters => (
                "there is something after the end of the file's one value".into(),
                "look for a `)` too many above this line".into(),
            ),
            E::Message(text) => (text.clone(), String::new()),
            other => (lower_first(&other.to_string()), String::new()),
        }
    }

    /// Whether there is more after the file's one value.
    fn ends_early(&self) -> bool {
        let rest = self.text.get(self.tree.find(&Path::root()).end..).unwrap_or_default().trim_start();
        !rest.is_empty() && !rest.starts_with("//") && !rest.starts_with("/*")
    }
}

fn choices(intro: &str, found: &str, expected: &[&str]) -> String {
    match nearest(found, expected.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("{intro}: {}", expected.join(", ")),
    }
}

/// `struct Inject` → `Inject`; the quoting of the reader's own words removed.
fn plain(name: &str) -> String {
    name.trim_matches('`').to_owned()
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_lowercase().chain(chars).collect())
}

/// Drops white space at both ends; never leaves nothing where there is something.
fn trim(text: &str, start: usize, end: usize) -> (usize, usize) {
    let (start, end) = (floor(text, start), floor(text, end));
    let part = &text[start..end];
    let front = part.len() - part.trim_start().len();
    let kept = part.trim().len();
    if kept > 0 {
        return (start + front, start + front + kept);
    }
    let rest = &text[start..];
    let at = start + rest.len() - rest.trim_start().len();
    let next = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    (at, next)
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_required_fields_are_the_schemas() {
        let text = include_str!("../template/scenario.ron");
        let tree = Tree::read(text);
        let known: Vec<&str> = tree.fields(&Path::root()).map(|(name, _)| name).collect();
        for name in known {
            let span = tree.key(&Path::root(), name).unwrap();
            let value = tree.find(&name.into());
            let without = format!("{}{}", &text[..span.start], &text[value.end + 1..]);
            let missing = options().from_str::<Scenario>(&without).is_err();
            assert_eq!(missing, REQUIRED.contains(&name), "{name}");
        }
    }
}
