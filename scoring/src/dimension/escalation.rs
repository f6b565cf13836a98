//! Escalation correctness: who had to be told, who must not be, what needed approval, and the obligations.

mod authority;
mod clock;
mod disclosure;
mod line;

use crate::judgement::{Case, Judged, Tables};

pub(crate) fn judge(case: &Case<'_>, tables: &mut Tables) -> Vec<Judged> {
    let mut marks = line::judge(case, tables);
    marks.extend(disclosure::judge(case, tables));
    marks.extend(authority::judge(case));
    marks.extend(clock::judge(case, tables));
    marks
}
