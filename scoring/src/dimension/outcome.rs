//! Outcome: what the meters read, between nobody acting and the reference response.

use crate::{
    card::MeterRow,
    judgement::{Case, Judged, Tables, blank, points_text, share, status_of},
};
use scenarios::model::{Capability, Meter};

/// Points all meters share out by weight.
const OUTCOME: u32 = 20;

pub(crate) fn judge(case: &Case<'_>, tables: &mut Tables) -> Vec<Judged> {
    let total: u64 = case.scenario.meters.iter().map(|m| u64::from(m.weight)).sum();
    let mut marks = Vec::new();
    let mut before = 0;
    for meter in &case.scenario.meters {
        // Shared out so that nothing is lost to rounding: what is due so far, less what was given.
        let until = before + u64::from(meter.weight);
        let upto = |weight| share(i64::from(OUTCOME) * 100, weight, total);
        let (judged, row) = judge_meter(case, meter, upto(until) - upto(before));
        before = until;
        marks.extend(judged);
        tables.meters.push(row);
    }
    marks
}

fn judge_meter(case: &Case<'_>, meter: &Meter, of: i64) -> (Option<Judged>, MeterRow) {
    let baseline = |of: &std::collections::BTreeMap<_, i64>| of.get(&meter.id).copied();
    let nothing = baseline(&case.baselines.nothing);
    let reference = baseline(&case.baselines.reference);
    let readings = case.record.meters.get(&meter.id);
    let value = case.record.meter_at(&meter.id, case.record.end).unwrap_or(meter.starts);
    let value = meter.most.map_or(value, |most| value.min(most));
    let mut row = MeterRow {
        meter: meter.id.clone(),
        name: meter.name.clone(),
        unit: meter.unit.clone(),
        value,
        nothing: nothing.unwrap_or(meter.starts),
        reference: reference.unwrap_or(meter.starts),
        weight: meter.weight,
        readings: readings.map_or_else(Vec::new, |all| all.iter().map(|r| (r.at, r.value)).collect()),
        mark: String::new(),
    };
    if meter.weight == 0 {
        return (None, row);
    }
    let objective = case.home(&[Capability::Contain, Capability::Respond, Capability::Recover]);
    let advice = format!("{}: see when it moved and which decision would have stopped it sooner.", meter.name);
    let mut judged = Judged::new(blank(format!("outcome/{}", meter.id), &meter.name, 0, &objective), advice);
    judged.mark.of = of;
    row.mark.clone_from(&judged.mark.id);
    match (nothing, reference, readings.and_then(|all| all.last())) {
        (None, _, _) | (_, None, _) => {
            judged.mark.reason = format!("no baselines for {}: there is nothing to measure it against", meter.name);
        }
        (_, _, None) => judged.mark.reason = format!("no reading of {} is in the transcript", meter.name),
        (Some(a), Some(b), _) if a == b => {
            let reading = format!("{a} {}", meter.unit);
            judged.mark.reason =
                format!("{reading} with nobody acting and with the reference response: nothing in it to decide");
        }
        (Some(nothing), Some(reference), Some(last)) => {
            place(meter, value, (nothing, reference), &mut judged);
            judged.mark.evidence = vec![case.record.evidence(last.entry)];
        }
    }
    (Some(judged), row)
}

/// Compared at EndEx: the baselines ran as long as the exercise did.
fn place(meter: &Meter, value: i64, (nothing, reference): (i64, i64), judged: &mut Judged) {
    let percent = percent_between(nothing, reference, value);
    let mark = &mut judged.mark;
    mark.points = share(mark.of, percent, 100);
    mark.status = status_of(mark.points, mark.of);
    let unit = &meter.unit;
    mark.reason = format!(
        "{value} {unit}, between {nothing} {unit} with nobody acting and {reference} {unit} with the reference response: {percent} % ({} of {})",
        points_text(mark.points),
        points_text(mark.of)
    );
}

/// 0 at or worse than `nothing`, 100 at or better than `reference`, even in between, rounded down.
fn percent_between(nothing: i64, reference: i64, value: i64) -> u64 {
    let (nothing, reference, value) = (i128::from(nothing), i128::from(reference), i128::from(value));
    let percent = (value - nothing) * 100 / (reference - nothing);
    u64::try_from(percent.clamp(0, 100)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::percent_between;

    #[test]
    fn lies_between_the_baselines_whichever_way_is_better() {
        assert_eq!(percent_between(100, 20, 20), 100);
        assert_eq!(percent_between(100, 20, 5), 100);
        assert_eq!(percent_between(100, 20, 100), 0);
        assert_eq!(percent_between(100, 20, 400), 0);
        assert_eq!(percent_between(100, 20, 60), 50);
        assert_eq!(percent_between(10, 90, 50), 50, "a meter that is better high");
        assert_eq!(percent_between(i64::MIN, i64::MAX, 0), 50);
    }
}
