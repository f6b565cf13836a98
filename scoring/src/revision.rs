//! People decide: an instructor's word on a mark, with the machine's beside it.

use crate::{
    card::Status,
    judgement::{Case, Judged, points_text, status_of},
};
use serde::{Deserialize, Serialize};

/// An instructor's word on one mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    /// Which mark.
    pub mark: String,
    /// What it is worth instead, in hundredths; never more than is at stake in it.
    pub points: i64,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: String,
}

/// Puts revisions in place of the machine's points. The last one for a mark counts; one for a mark that does
/// not exist changes nothing.
pub(crate) fn apply(case: &Case<'_>, marks: &mut [Judged], revisions: &[Revision]) {
    for judged in marks {
        if let Some(revision) = revisions.iter().rfind(|r| r.mark == judged.mark.id) {
            revise(case, judged, revision);
        }
    }
}

fn revise(case: &Case<'_>, judged: &mut Judged, revision: &Revision) {
    let mark = &mut judged.mark;
    let machine = match mark.status {
        Status::NotExercised => "not exercised".to_owned(),
        Status::NotObserved => "not observed".to_owned(),
        Status::NotGraded => "not graded".to_owned(),
        Status::Met | Status::Partly | Status::Failed => {
            format!("{} of {}", points_text(mark.points), points_text(mark.of))
        }
    };
    mark.points = revision.points.min(mark.of);
    mark.status = status_of(mark.points, mark.of);
    mark.reason = format!("{}: {} (by machine {machine}: {})", revision.by, revision.reason, mark.reason);
    if mark.evidence.is_empty() {
        // Done off the record: all there is to point at is the exercise as a whole.
        mark.evidence.extend(case.record.last_entry().map(|n| case.record.evidence(n)));
    }
    if mark.status == Status::Met {
        judged.caps.clear();
        judged.critical = false;
    } else if mark.status == Status::Partly {
        judged.critical = false;
    }
}
