//! Limits on what an author may write, each named in its message.

use crate::{
    fault::{Fault, Severity},
    model::Scenario,
    source::SCENARIO,
    span::{Path, Tree},
};

/// Longest single text, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
/// Most attachments to one item.
pub const MAX_ATTACHMENTS: usize = 20;

/// Finds every text longer than [`MAX_TEXT`].
pub(crate) fn texts(file: &str, text: &str, tree: &Tree, faults: &mut Vec<Fault>) {
    for span in tree.leaves() {
        if span.len() > MAX_TEXT {
            faults.push(Fault::at("limits", Severity::Error, file, text, span.start..span.start + 1).saying(
                format!("this text has {} bytes; a text has at most {} KiB", span.len(), MAX_TEXT / 1024),
                "keep the excerpt a seat needs to see",
            ));
        }
    }
}

/// Finds every list with more entries than a table can play.
pub(crate) fn counts(s: &Scenario, text: &str, tree: &Tree, faults: &mut Vec<Fault>) {
    let mut most = |path: Path, count: usize, most: usize, what: &str| {
        if count > most {
            faults.push(Fault::at("limits", Severity::Error, SCENARIO, text, tree.find(&path)).saying(
                format!("{count} {what}; there may be at most {most}"),
                "split the scenario, or merge what belongs together",
            ));
        }
    };
    for (field, count, limit, what) in [
        ("trains", s.trains.len(), 20, "lines under `trains`"),
        ("inspired_by", s.inspired_by.len(), 20, "cases"),
        ("rules", s.rules.len(), 40, "house rules"),
        ("seats", s.seats.len(), 40, "seats"),
        ("parties", s.parties.len(), 100, "parties"),
        ("channels", s.channels.len(), 40, "channels"),
        ("assets", s.assets.len(), 300, "assets"),
        ("meters", s.meters.len(), 40, "meters"),
        ("sensors", s.sensors.len(), 100, "sensors"),
        ("queries", s.queries.len(), 200, "queries"),
        ("actions", s.actions.len(), 200, "actions"),
        ("rules_of_the_world", s.rules_of_the_world.len(), 300, "rules of the world"),
        ("injects", s.injects.len(), 500, "injects"),
        ("declarations", s.declarations.len(), 40, "declarations"),
        ("runbook", s.runbook.len(), 200, "runbook steps"),
        ("clocks", s.clocks.len(), 60, "clocks"),
        ("products", s.products.len(), 60, "products"),
        ("escalation", s.escalation.len(), 200, "escalation lines"),
        ("must_not_tell", s.must_not_tell.len(), 100, "lines under `must_not_tell`"),
        ("objectives", s.objectives.len(), 40, "objectives"),
        ("competencies", s.competencies.len(), 100, "competencies"),
        ("expected", s.expected.len(), 300, "expected actions"),
        ("traps", s.traps.len(), 200, "traps"),
        ("debrief", s.debrief.len(), 100, "debrief questions"),
    ] {
        most(field.into(), count, limit, what);
    }
    most("adversary.steps".into(), s.adversary.steps.len(), 200, "steps of the adversary");
    let cells = s.seats.iter().map(|x| &x.cell).enumerate().map(|(i, c)| ("seats", i, c));
    let others = s.parties.iter().map(|x| &x.cell).enumerate().map(|(i, c)| ("parties", i, c));
    for (list, i, cell) in cells.chain(others) {
        let path = Path::from(list).index(i).field("cell").field("lines");
        most(path, cell.lines.len(), 200, "scripted lines of one cell");
    }
    for (i, inject) in s.injects.iter().enumerate() {
        let path = Path::from("injects").index(i).field("attachments");
        most(path, inject.attachments.len(), MAX_ATTACHMENTS, "attachments to one inject");
    }
    for (i, sensor) in s.sensors.iter().enumerate() {
        let path = Path::from("sensors").index(i).field("noise");
        most(path, sensor.noise.as_ref().map_or(0, |n| n.alerts.len()), 500, "false alarms of one sensor");
    }
}
