//! The same attacks on every rubric of a folder, as a table.
//!
//! ```text
//! STARTEX_RUBRICS=dir cargo test -p rubric --test sweep -- --nocapture
//! ```
//!
//! `dir` holds `NAME/rubrics.ron` and, where there is one, `NAME/reference.moves`, whose texts are denied sentence by
//! sentence. `SHOW=attack` prints what that attack earned. Without the variable only the fixtures are attacked.

#![expect(clippy::unwrap_used, reason = "a broken data file fails the test")]

#[expect(unreachable_pub, reason = "shared by tests")]
mod attack;

use attack::{Loot, gain};
use rubric::{Compiled, Context, Credit, Level, Rubric, lint};
use std::collections::BTreeMap;
use std::path::Path;

/// What an attack may gain, in percent of the scale.
const LIMIT: i32 = 10;
/// Shown and not judged: a "not" behind every auxiliary leaves clauses without one as they were, and makes true
/// sentences of those that say what is not known.
const SHOWN: &[&str] = &["not + verb", "never + verb"];

/// What short heaps of words still gain, at the best of twenty tosses, where a rubric is so small that they are no
/// longer than an honest note. A known gap: these only keep it from widening.
const SHORT: &[(&str, i32)] =
    &[("phrases, bullets", 25), ("phrases, lines", 25), ("phrases, sentences", 25), ("examples shuffled", 45)];

/// Honest texts beside the attacks: none of them may be withheld.
const HONEST: &[&str] = &[
    include_str!("data/honest_sitrep.txt"),
    include_str!("data/honest_table.txt"),
    include_str!("data/honest_timeline.txt"),
    include_str!("data/exec_full.txt"),
    include_str!("data/customer_full.txt"),
];

#[test]
fn the_fixtures() {
    let rubrics = [
        (include_str!("data/brief_pilot.ron"), include_str!("data/brief_pilot.txt")),
        (include_str!("data/notice_pilot.ron"), include_str!("data/notice_pilot.txt")),
    ];
    for (text, full) in rubrics {
        let r: Rubric = ron(text);
        let faults: Vec<String> =
            lint(&r).iter().filter(|f| f.level == Level::Error).map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        let c = Compiled::new(&r).unwrap();
        let honest = c.read(full, &Context::default());
        assert!(honest.points * 10 >= honest.out_of * 8 && honest.gated.is_empty(), "{:#?}", honest.reasons());
        for text in HONEST {
            let gated = c.read(text, &Context::default()).gated;
            assert!(gated.is_empty(), "{gated:#?}");
        }
        let limit = |n: &str| SHORT.iter().find(|s| s.0 == n).map_or(LIMIT, |s| s.1);
        let got = attack(&c, &[full.to_owned()]);
        let bad: Vec<_> = got.into_iter().filter(|(n, g)| *g > limit(n) && !SHOWN.contains(n)).collect();
        assert!(bad.is_empty(), "{}: {bad:?}", r.id);
    }
}

#[test]
fn half_for_a_vague_answer_where_the_author_says_so() {
    let credit = |vague: &str, text: &str| {
        let r: Rubric = ron(&format!(
            "(id: \"t\", kind: Sitrep, elements: [(id: \"e\", points: 1, state: Planned, needs: [Time, Owner], {vague} \
             any_of: [\"rotate + key\"])])"
        ));
        Compiled::new(&r).unwrap().read(text, &Context::default()).elements[0].credit
    };
    assert_eq!(credit("vague: Half,", "The CISO will rotate the keys by 15:00."), Credit::Full);
    assert_eq!(credit("vague: Half,", "The CISO will rotate the keys soon."), Credit::Half);
    assert_eq!(credit("vague: Half,", "The keys will be rotated soon."), Credit::None);
    assert_eq!(credit("vague: Half,", "The CISO has rotated the keys."), Credit::None);
    for none in ["", "vague: None,"] {
        assert_eq!(credit(none, "The CISO will rotate the keys soon."), Credit::None);
    }
}

fn ron<T: serde::de::DeserializeOwned>(text: &str) -> T {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).unwrap()
}

/// Best gain of each attack.
fn attack(c: &Compiled, texts: &[String]) -> BTreeMap<&'static str, i32> {
    let loot = Loot::new(c.rubric(), texts);
    let mut all = loot.attacks();
    all.extend(loot.denials());
    let (once, twice) = loot.doubled();
    let show = std::env::var("SHOW").unwrap_or_default();
    let mut out = BTreeMap::new();
    for (name, text) in all {
        let got = gain(c, &text);
        if name == show && got > LIMIT && out.get(name).is_none_or(|best| got > *best) {
            let r = c.read(&text, &Context::default());
            println!("== {} {name} {got}\n{text}", c.rubric().id);
            for e in r.elements.iter().filter(|e| e.credit != Credit::None) {
                println!("   {}", e.reason());
            }
        }
        out.entry(name).and_modify(|best: &mut i32| *best = got.max(*best)).or_insert(got);
    }
    // Not what the examples earn, only what saying them twice adds.
    out.insert("doubled", gain(c, &twice) - gain(c, &once));
    out
}

/// The texts sent as this product in a moves file.
fn sent(moves: &str, product: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut lines = moves.lines();
    while let Some(l) = lines.next() {
        if let Some((head, end)) = l.split_once("<<") {
            let text: Vec<&str> = lines.by_ref().take_while(|l| *l != end.trim()).collect();
            if head.contains(&format!(" as {product} ")) {
                out.push(text.join("\n"));
            }
        }
    }
    out
}

#[test]
fn every_rubric_of_a_folder() {
    let Some(folder) = std::env::var_os("STARTEX_RUBRICS") else { return };
    let mut worst: BTreeMap<&'static str, (i32, i32, usize)> = BTreeMap::new();
    let mut names: Vec<_> = std::fs::read_dir(Path::new(&folder)).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names {
        let Ok(text) = std::fs::read_to_string(path.join("rubrics.ron")) else { continue };
        let moves = std::fs::read_to_string(path.join("reference.moves")).unwrap_or_default();
        for r in ron::<Vec<Rubric>>(&text) {
            let texts = sent(&moves, &r.id);
            let c = Compiled::new(&r).unwrap();
            let got = attack(&c, &texts);
            let over: Vec<String> = got.iter().filter(|(_, g)| **g > 5).map(|(n, g)| format!("{n} {g}")).collect();
            let scenario = path.file_name().unwrap_or_default().to_string_lossy();
            println!("{scenario}/{}: {}", r.id, over.join(", "));
            for (n, g) in got {
                let w = worst.entry(n).or_default();
                *w = (w.0.max(g), w.1 + g.max(0), w.2 + 1);
            }
        }
    }
    println!("\n{:22} worst  mean", "attack");
    for (n, (max, sum, count)) in &worst {
        println!("{n:22} {max:4} % {:4} %", *sum as usize / (*count).max(1));
    }
    let bad: Vec<_> = worst
        .iter()
        .filter(|(n, (max, ..))| *max > LIMIT && !SHOWN.contains(n))
        .map(|(n, w)| format!("{n}: {} %", w.0))
        .collect();
    assert!(bad.is_empty(), "{bad:?}");
}
