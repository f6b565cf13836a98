//! Appendix C: how the scores were made, on one page.

use crate::{
    block::{Block, Line, Section},
    case::Case,
};

/// The rules in brief; `SCORECARD.md` of the scoring crate has them in full.
const RULES: [(&str, &str); 8] = [
    (
        "Evidence",
        "Scores are made from the recorded events and exercise time alone. Every mark names the entries it rests on; where nobody acted, the evidence is the delivery of the inject that called for it.",
    ),
    (
        "Time",
        "Full points up to the target, then falling evenly to nothing at the limit. Acting before it was called for is in time. What reached nobody at the table is asked of nobody.",
    ),
    (
        "Not failed",
        "Not exercised, not observed and not graded are not failures and not zero: they are left out of every average.",
    ),
    (
        "Response time",
        "Per expected action, from its inject delivered to the first correct act. At most half when something that should have come later came first, or when it was begun and never completed. A mistake costs what the scenario says.",
    ),
    (
        "Escalation",
        "Against the matrix: on time, late, missed, wrong party, premature, out of order, unauthorised. Half for a wrong channel, sender or order; nothing for too early or without approval. Telling an outsider nobody named costs 3, a needless page 1, an unapproved action 3. An obligation filed by its target earns 5, before its deadline half; a right, reasoned waiver counts like a filing.",
    ),
    (
        "Communication",
        "Read offline by fixed rules against a rubric: required and further elements in the state they were said in, facts against the record, prohibited claims, form. Copied, repeated or jumbled sentences earn nothing. Lateness takes up to 30 %, a missing approval 20 %, a wrong marking, channel, writer or reader 10 % each, together at most 50 %. A marked correction in time is read in place of the first text.",
    ),
    (
        "Outcome",
        "Each meter between nobody acting (0 %) and the reference response (100 %) of the same scenario, seed and length.",
    ),
    (
        "Ratings",
        "HSEEP: P performed without challenges (from 80 %), S with some challenges (from 66 %), M with major challenges (from 50 %), U unable to be performed. What was not done after law, plan or authorisation is at best M whatever the points; a critical expected action missed makes it U.",
    ),
];

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let card = case.card;
    let weights: Vec<String> =
        card.dimensions.iter().map(|d| format!("{} {} %", d.dimension.label(), d.weight)).collect();
    let blocks = vec![
        Block::Terms(RULES.iter().map(|(term, rule)| (*term, Line::from(*rule))).collect()),
        Block::Para(
            format!(
                "The total is the mean of the exercised dimensions by weight ({}), rounded once. Passed means: at least {} %, no critical expected action missed, and somebody acted.",
                weights.join(", "),
                card.pass
            )
            .into(),
        ),
        Block::Para("These marks were made by a program. An evaluator may see more than the record holds; where the two differ, a person decides and gives the reason.".into()),
    ];
    Some(Section { id: "method", title: "Appendix C: How the scores were made", blocks, page: true })
}
