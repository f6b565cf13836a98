//! The hot wash as text.

use crate::{
    doc::Doc,
    scene::Scene,
    text::line,
    view::hotwash,
    wash::{self, Wash, points},
};
use scoring::Status;
use std::fmt::Write as _;

/// All of it, page after page.
pub(super) fn whole(wash: &Wash, scene: &Scene, width: u16) -> String {
    let card = &wash.card;
    let mut out = String::from("\nEXERCISE. Hot wash.\n\n");
    let passed = if card.passed { "PASSED" } else { "NOT PASSED" };
    let _ = writeln!(out, "Total {} %, {passed} ({} % needed). {}\n", card.percent, card.pass, line(&card.verdict));
    for d in &card.dimensions {
        let value = d
            .percent
            .map_or_else(|| "not exercised".to_owned(), |p| format!("{p} %, {} of {}", points(d.points), points(d.of)));
        let _ = writeln!(out, "{}: {value}, weight {} %", wash::dimension(d.dimension), d.weight);
    }
    out.push_str("\nObjectives\n");
    for o in &card.objectives {
        let _ = writeln!(out, "{}: {} {}", wash::rating(o.rating), line(&o.text), line(&o.reason));
    }
    out.push_str("\nMarks\n");
    for d in &card.dimensions {
        for m in d.marks.iter().filter(|m| m.status != Status::NotExercised) {
            let entries: Vec<String> = m.evidence.iter().map(|e| format!("{} at {}", e.entry, e.at)).collect();
            let _ = writeln!(
                out,
                "{} {} of {}: {}. {} (entries {})",
                wash::status(m.status),
                points(m.points),
                points(m.of),
                line(&m.title),
                line(&m.reason),
                entries.join(", ")
            );
        }
    }
    out.push_str("\nEscalation\n");
    for e in &card.escalation {
        let _ = writeln!(out, "{}: {}. {}", wash::verdict(e.verdict), line(&e.name), line(&e.reason));
    }
    out.push_str("\nClocks (for training, not legal advice)\n");
    for c in &card.clocks {
        let _ = writeln!(out, "{}: {}. {}", hotwash::clock_end(c.state).0, line(&c.regime), line(&c.reason));
    }
    out.push_str("\nWritten products\n");
    for c in &card.communications {
        let mut doc = Doc::new(width);
        hotwash::writing(&mut doc, c, scene);
        let _ = writeln!(out, "{}", doc.plain());
    }
    rest(wash, &mut out);
    out
}

fn rest(wash: &Wash, out: &mut String) {
    out.push_str("Outcome\n");
    for m in &wash.card.meters {
        let _ = writeln!(
            out,
            "{}: {} {}; {} if nobody acts, {} with the reference response",
            line(&m.name),
            m.value,
            line(&m.unit),
            m.nothing,
            m.reference
        );
    }
    out.push_str("\nWhat if\n");
    for w in &wash.what_ifs {
        let _ = writeln!(out, "{} (entry {})", line(&w.text), w.entry);
    }
    out.push_str("\nStrengths\n");
    for f in &wash.card.strengths {
        let _ = writeln!(out, "+ {}", line(&f.text));
    }
    out.push_str("\nAreas for improvement, costliest first\n");
    for f in &wash.card.improvements {
        let _ = writeln!(out, "- {} {}", line(&f.text), line(&f.advice));
    }
    out.push_str("\nFor the debrief\n");
    for q in &wash.debrief {
        let _ = writeln!(out, "? {}", line(q));
    }
    out.push_str("\nReport\n");
    for r in &wash.report {
        let _ = writeln!(out, "{r}");
    }
}
