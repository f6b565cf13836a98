//! Clocks of law: source, date, anchor and term as the regime has them.

use super::{Check, Ctx, Out};
use crate::{
    model::{Anchor, Clock, Term},
    span::Path,
};

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "sources", about: "clocks that do not say where their rule was read, and when", run: sources },
    Check { name: "regimes", about: "clocks whose anchor or term is not what the regime says", run: regimes },
    Check { name: "misstatements", about: "what public pages get wrong about a deadline", run: misstatements },
];

fn sources(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for (i, clock) in ctx.s.clocks.iter().enumerate() {
        let at = Path::from("clocks").index(i);
        if clock.source.trim().is_empty() {
            let help = "name the article or clause and where it was read";
            out.error(&at.field("source"), format!("the clock `{}` has no source", clock.id), help);
        }
        if chrono::NaiveDate::parse_from_str(&clock.as_of, "%Y-%m-%d").is_err() {
            let help = "write the day the source was right: 2026-10-05";
            out.error(&at.field("as_of"), format!("`{}` is no day", clock.as_of), help);
        }
        if clock.anchored_by.is_empty() && clock.chained_to.is_none() {
            let help = "list the cues that start it, or chain it to another clock";
            out.error(&at.field("anchored_by"), format!("nothing starts the clock `{}`", clock.id), help);
        }
        if clock.waiver_is_right.is_some() && clock.waived_by.is_empty() {
            let help = "list the decision and the option that waive it";
            let message = format!("waiving `{}` may be right, but no decision waives it", clock.id);
            out.error(&at.field("waiver_is_right"), message, help);
        }
    }
}

/// What a regime's text says; the first row whose words are all in the clock's regime applies.
struct Regime {
    /// Every one of them stands in `regime`, in small letters.
    words: &'static [&'static str],
    anchors: &'static [Anchor],
    terms: &'static [Term],
    says: &'static str,
}

const fn row(
    words: &'static [&'static str],
    anchors: &'static [Anchor],
    terms: &'static [Term],
    says: &'static str,
) -> Regime {
    Regime { words, anchors, terms, says }
}

/// Special before general. An empty list of terms: the law names no number.
const REGIMES: &[Regime] = &[
    row(
        &["gdpr", "33(2)"],
        &[Anchor::Awareness],
        &[],
        "Art 33(2) asks the processor for no undue delay, without a number",
    ),
    row(&["gdpr", "34"], &[Anchor::Awareness], &[], "Art 34 asks for no undue delay, without a number"),
    row(
        &["gdpr"],
        &[Anchor::Awareness],
        &[Term::Hours(72)],
        "Art 33(1) runs 72 hours from awareness: a reasonable degree of certainty that a breach happened",
    ),
    row(
        &["nis2", "final"],
        &[Anchor::Filing],
        &[Term::Months(1)],
        "the final report is due one month after the 72-hour notification, not after the incident",
    ),
    row(
        &["nis2"],
        &[Anchor::Awareness],
        &[Term::Hours(24), Term::Hours(72)],
        "the early warning is due 24 hours and the notification 72 hours after awareness of a significant incident",
    ),
    row(
        &["dora", "intermediate"],
        &[Anchor::Filing],
        &[Term::Hours(72)],
        "the intermediate report is due 72 hours after the initial one",
    ),
    row(
        &["dora", "final"],
        &[Anchor::Filing],
        &[Term::Months(1)],
        "the final report is due one month after the latest intermediate report",
    ),
    row(
        &["dora"],
        &[Anchor::Classification],
        &[Term::Hours(4)],
        "the initial report is due 4 hours after classification as major, not after detection, and 24 hours after \
         awareness at the latest (Del. Reg. (EU) 2025/301 Art 5)",
    ),
    row(
        &["ai act", "55"],
        &[Anchor::Awareness, Anchor::ModelInvolvement],
        &[],
        "Art 55(1)(c) asks for no undue delay, without a number",
    ),
    row(
        &["ai act", "73"],
        &[Anchor::Awareness, Anchor::ModelInvolvement],
        &[Term::CalendarDays(15), Term::CalendarDays(10), Term::CalendarDays(2)],
        "Art 73: 15 days; 10 days for a death; 2 days for widespread infringement or critical infrastructure",
    ),
    row(
        &["gpai"],
        &[Anchor::ModelInvolvement],
        &[Term::CalendarDays(2), Term::CalendarDays(5), Term::CalendarDays(10), Term::CalendarDays(15)],
        "Measure 9.3 runs from the model's involvement becoming known: 2, 5 (weights exfiltrated), 10 or 15 days",
    ),
    row(
        &["8-k"],
        &[Anchor::Materiality],
        &[Term::BusinessDays(4)],
        "Item 1.05 runs four business days from the determination of materiality, not from discovery",
    ),
    row(
        &["sec", "1.05"],
        &[Anchor::Materiality],
        &[Term::BusinessDays(4)],
        "Item 1.05 runs four business days from the determination of materiality, not from discovery",
    ),
    row(&["hipaa"], &[Anchor::Discovery], &[Term::CalendarDays(60)], "60 calendar days from discovery at the latest"),
    row(&["nydfs", "payment"], &[Anchor::Payment], &[Term::Hours(24)], "500.17(c) runs 24 hours from the payment"),
    row(
        &["500.17"],
        &[Anchor::Awareness, Anchor::Discovery, Anchor::Payment],
        &[Term::Hours(72), Term::Hours(24), Term::CalendarDays(30)],
        "500.17(a) runs 72 hours from the determination that an incident occurred",
    ),
    row(
        &["sb 53"],
        &[Anchor::Discovery],
        &[Term::CalendarDays(15), Term::Hours(24)],
        "15 days from discovery of a critical safety incident, 24 hours when death or serious injury is imminent",
    ),
    row(
        &["cra", "final"],
        &[Anchor::Filing, Anchor::Awareness],
        &[Term::CalendarDays(14), Term::Months(1)],
        "the final report is due 14 days after a fix is available, or one month after the 72-hour notice",
    ),
    row(
        &["cra"],
        &[Anchor::Awareness, Anchor::Filing],
        &[Term::Hours(24), Term::Hours(72), Term::CalendarDays(14), Term::Months(1)],
        "24 and 72 hours from awareness; the final report 14 days after a fix or one month after the notice",
    ),
    row(
        &["cyber resilience"],
        &[Anchor::Awareness, Anchor::Filing],
        &[Term::Hours(24), Term::Hours(72), Term::CalendarDays(14), Term::Months(1)],
        "24 and 72 hours from awareness; the final report 14 days after a fix or one month after the notice",
    ),
    row(&["sb 446"], &[Anchor::Discovery], &[Term::CalendarDays(30)], "30 calendar days from discovery"),
];

fn regimes(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for (i, clock) in ctx.s.clocks.iter().enumerate() {
        let at = Path::from("clocks").index(i);
        let name = format!("{} {}", clock.regime, clock.duty).to_lowercase();
        if name.contains("circia") {
            let help = "take the clock out; say in the ground truth that the rule is being watched";
            out.warn(&at.field("regime"), "CIRCIA is not in force: no final rule was published as of 2026-10-05", help);
            continue;
        }
        let Some(regime) = REGIMES.iter().find(|r| applies(r, clock)) else { continue };
        if !regime.anchors.contains(&clock.anchor) {
            let message = format!("{:?} is not what starts the clock of {}", clock.anchor, clock.regime);
            out.warn(&at.field("anchor"), message, regime.says);
        }
        if !regime.terms.is_empty() && !regime.terms.contains(&clock.term) {
            let message = format!("{} is not a term of {}", term(clock.term), clock.regime);
            out.warn(&at.field("term"), message, regime.says);
        }
        if name.contains("dora") && clock.anchor == Anchor::Classification && clock.cap.is_none() {
            let message = "the clock has no second limit from awareness";
            out.warn(&at, message, "add `cap: (…, Hours(24))`: no later than 24 hours after awareness");
        }
    }
}

fn misstatements(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for (i, clock) in ctx.s.clocks.iter().enumerate() {
        if let Some((field, message, help)) = misstated(clock) {
            out.warn(&Path::from("clocks").index(i).field(field), message, help);
        }
    }
}

fn misstated(clock: &Clock) -> Option<(&'static str, &'static str, &'static str)> {
    let regime = clock.regime.to_lowercase();
    let all = format!("{regime} {}", clock.duty.to_lowercase());
    let source = clock.source.to_lowercase();
    let nineteen = has_word(&source, "art 19") || has_word(&source, "art. 19") || has_word(&source, "article 19");
    if has_word(&regime, "dora") && clock.term == Term::Hours(4) && nineteen {
        let help = "the 4 hours stand in Del. Reg. (EU) 2025/301 Art 5";
        return Some(("source", "DORA Art 19 does not set the 4 hours", help));
    }
    if all.contains("ai act") && has_word(&all, "death") && clock.term == Term::CalendarDays(2) {
        let help = "a death is 10 days; 2 days are for widespread infringement or critical infrastructure";
        return Some(("term", "2 days is not the AI Act's term for a death", help));
    }
    let cra = has_word(&regime, "cra") || has_word(&regime, "cyber resilience");
    if cra && clock.term == Term::CalendarDays(14) && clock.anchor == Anchor::Awareness {
        let help = "the 14 days run from the day a fix is available";
        return Some(("anchor", "the final report under the CRA is not due 14 days after awareness", help));
    }
    let weights = all.contains("weights") || all.contains("exfiltrat");
    if has_word(&regime, "gpai") && weights && clock.term != Term::CalendarDays(5) {
        let help = "the final Code of Practice has 5 days for (self-)exfiltration of weights; drafts differed";
        return Some(("term", "this is not the GPAI code's term for weights that left", help));
    }
    None
}

/// A number such as an article's stands by itself, so that 33 is not found in 334.
fn applies(regime: &Regime, clock: &Clock) -> bool {
    let name = clock.regime.to_lowercase().replace("nis 2", "nis2").replace("final report", "final");
    // What law it is stands in the regime. What kind of report it is may stand in the duty of a
    // clock that waits for another; any other duty may speak of reports still to come.
    let duty = if clock.chained_to.is_some() { clock.duty.to_lowercase() } else { String::new() };
    let all = format!("{name} {duty}");
    regime.words.iter().all(|word| {
        let kind = matches!(*word, "final" | "intermediate" | "payment");
        has_word(if kind { &all } else { &name }, word)
    })
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn term(term: Term) -> String {
    match term {
        Term::Minutes(n) => format!("{n} minutes"),
        Term::Hours(n) => format!("{n} hours"),
        Term::CalendarDays(n) => format!("{n} calendar days"),
        Term::BusinessDays(n) => format!("{n} business days"),
        Term::Months(n) => format!("{n} months"),
    }
}

#[cfg(test)]
mod tests {
    use super::has_word;

    #[test]
    fn a_number_is_found_only_whole() {
        assert!(has_word("gdpr art 34", "34"));
        assert!(has_word("gdpr art 34(1)", "34"));
        assert!(!has_word("gdpr art 334", "34"));
        assert!(has_word("sec form 8-k item 1.05", "8-k"));
    }
}
