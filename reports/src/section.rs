//! The sections of the report, in the order of the HSEEP template. One more is one line here and one file.

mod adversary;
mod clock;
mod communication;
mod competency;
mod debrief;
mod dimension;
mod escalation;
mod journal;
mod method;
mod msel;
mod objective;
mod outcome;
mod overview;
mod participant;
mod plan;
mod response;
mod timeline;
mod trap;

use crate::{
    block::{Document, Section},
    case::Case,
};

/// A section, or `None` where it has nothing to say and silence is clear.
type SectionFn = fn(&Case<'_>) -> Option<Section>;

/// Every section in order.
const SECTIONS: [SectionFn; 18] = [
    overview::section,
    dimension::section,
    timeline::section,
    objective::section,
    response::section,
    communication::section,
    escalation::section,
    clock::section,
    outcome::section,
    trap::section,
    adversary::section,
    msel::section,
    debrief::section,
    plan::section,
    participant::section,
    method::section,
    competency::section,
    journal::section,
];

/// The whole report.
pub(crate) fn document(case: &Case<'_>) -> Document {
    Document {
        title: case.scenario.title.clone(),
        subtitle: case.scenario.organisation.clone(),
        sections: SECTIONS.iter().filter_map(|section| section(case)).collect(),
    }
}

pub(crate) use communication::mark_sign;
