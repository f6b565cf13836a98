//! The state detector against labelled sentences of our own.
//!
//! The held-out files were written before the rules had seen them. Their *first* runs gave 97 % and 2 of 51 falsely
//! credited (`states_heldout.tsv`), 83 % and 2 of 40 (harder ones, since moved to the tuned file), 88 % and 2 of 30
//! (`states_heldout2.tsv`). What they showed was mended afterwards, so today's figures flatter.
//!
//! `states_heldout4.tsv` is different: its first run gave 71 % and 7 of 40 falsely credited, and nobody has mended
//! anything for its sentences since. Keep it so: its figure moves only with rules made for other sentences. Words
//! for tuning go into `states_tune.tsv`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a broken data file fails the test")]

use rubric::{Compiled, Context, Credit, Rubric, State};

struct Row {
    label: String,
    pattern: String,
    text: String,
}

fn rows(file: &str) -> Vec<Row> {
    let row = |l: &str| {
        let parts: Vec<&str> = l.split('\t').collect();
        let [label, pattern, text] = parts.as_slice() else { panic!("bad row {l:?}") };
        Row { label: (*label).to_owned(), pattern: (*pattern).to_owned(), text: (*text).to_owned() }
    };
    file.lines().filter(|l| !l.is_empty()).map(row).collect()
}

fn rubric(pattern: &str, state: &str) -> Compiled {
    let text = format!(
        "(id: \"t\", kind: Sitrep, elements: [(id: \"e\", points: 1, state: {state}, any_of: [\"{pattern}\"])])"
    );
    let r: Rubric = ron::from_str(&text).unwrap();
    Compiled::new(&r).unwrap()
}

fn found(row: &Row) -> Option<State> {
    let r = rubric(&row.pattern, "Any").read(&row.text, &Context::default());
    r.elements[0].state
}

fn falsely_credited(row: &Row) -> bool {
    let r = rubric(&row.pattern, "Done").read(&row.text, &Context::default());
    row.label != "Done" && r.elements[0].credit != Credit::None
}

/// Accuracy in percent, false credit in percent of what is not done.
fn measure(name: &str, file: &str) -> (usize, usize) {
    let rows = rows(file);
    let (mut right, mut wrongly, mut open) = (0, 0, 0);
    for row in &rows {
        let got = found(row).map_or("nothing".to_owned(), |s| s.to_string());
        if got == row.label {
            right += 1;
        } else {
            println!("{name}: {got} instead of {}: {}", row.label, row.text);
        }
        open += usize::from(row.label != "Done");
        if falsely_credited(row) {
            wrongly += 1;
            println!("{name}: falsely credited: {}", row.text);
        }
    }
    let (accuracy, credit) = (right * 100 / rows.len(), wrongly * 100 / open);
    println!("{name}: {} sentences, accuracy {accuracy} %, false credit {wrongly} of {open} ({credit} %)", rows.len());
    (accuracy, credit)
}

#[test]
fn tuned_sentences() {
    let (accuracy, credit) = measure("tune", include_str!("data/states_tune.tsv"));
    assert!(accuracy >= 95, "{accuracy}");
    assert!(credit <= 5, "{credit}");
}

/// What scenario authors reported, in our own words: tuned on.
#[test]
fn reported_sentences() {
    let (accuracy, credit) = measure("reported", include_str!("data/states_reported.tsv"));
    assert!(accuracy >= 97, "{accuracy}");
    assert!(credit <= 2, "{credit}");
}

#[test]
fn held_out_sentences() {
    let (accuracy, credit) = measure("held out", include_str!("data/states_heldout.tsv"));
    assert!(accuracy >= 85, "{accuracy}");
    assert!(credit <= 5, "{credit}");
}

#[test]
fn second_held_out_sentences() {
    let (accuracy, credit) = measure("held out 2", include_str!("data/states_heldout2.tsv"));
    assert!(accuracy >= 80, "{accuracy}");
    assert!(credit <= 5, "{credit}");
}

#[test]
fn fourth_held_out_sentences() {
    let (accuracy, credit) = measure("held out 4", include_str!("data/states_heldout4.tsv"));
    assert!(accuracy >= 71, "{accuracy}");
    assert!(credit <= 18, "{credit}");
}

/// What is going on is a fact already, but no deed done.
#[test]
fn harm_under_way_is_a_fact() {
    let credit = |about: &str, pattern: &str, text: &str| {
        let ron = format!(
            "(id: \"t\", kind: Sitrep, elements: [(id: \"e\", points: 1, about: {about}, any_of: [\"{pattern}\"])])"
        );
        let r: Rubric = ron::from_str(&ron).unwrap();
        Compiled::new(&r).unwrap().read(text, &Context::default()).elements[0].credit
    };
    let text = "Shards are being uploaded to a bucket in Singapore.";
    assert_eq!(credit("Fact", "upload* + shard*", text), Credit::Full);
    assert_eq!(credit("Action", "upload* + shard*", text), Credit::None);
    let text = "Our forensics team is copying the disks.";
    assert_eq!(credit("Fact", "copi*|copy + disk*", text), Credit::None);
    let text = "The keys are being rotated.";
    assert_eq!(credit("Fact", "rotat* + key*", text), Credit::None);
}
