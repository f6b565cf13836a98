//! Negation scope: our own sentences always, NegEx's public test set where it is at hand.

use rubric::negation::{Domain, scope};

fn find(sentence: &str, concept: &str) -> Option<std::ops::Range<usize>> {
    // Concepts may differ from the sentence in case and spacing.
    let squash = |s: &str| -> Vec<(usize, char)> {
        s.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(i, c)| (i, c.to_ascii_lowercase())).collect()
    };
    let (s, c) = (squash(sentence), squash(concept));
    let at = s.windows(c.len().max(1)).position(|w| w.iter().map(|x| x.1).eq(c.iter().map(|x| x.1)))?;
    let last = s[at + c.len() - 1];
    Some(s[at].0..last.0 + last.1.len_utf8())
}

#[derive(Default)]
struct Tally {
    tp: f64,
    fp: f64,
    fneg: f64,
    tn: f64,
}

impl Tally {
    fn add(&mut self, gold: bool, got: bool) {
        match (gold, got) {
            (true, true) => self.tp += 1.0,
            (false, true) => self.fp += 1.0,
            (true, false) => self.fneg += 1.0,
            (false, false) => self.tn += 1.0,
        }
    }

    fn accuracy(&self) -> f64 {
        (self.tp + self.tn) / (self.tp + self.fp + self.fneg + self.tn)
    }

    fn f1(&self) -> f64 {
        2.0 * self.tp / (2.0 * self.tp + self.fp + self.fneg)
    }
}

#[test]
fn own_sentences() {
    let mut t = Tally::default();
    for line in include_str!("data/negation.tsv").lines().filter(|l| !l.is_empty()) {
        let parts: Vec<&str> = line.split('\t').collect();
        let [label, domain, concept, sentence] = parts.as_slice() else { panic!("bad row {line:?}") };
        let domain = if *domain == "clinical" { Domain::Clinical } else { Domain::Incident };
        let target = find(sentence, concept).unwrap_or_else(|| panic!("{concept:?} not in {sentence:?}"));
        let got = scope(sentence, target, domain).is_some();
        if got != (*label == "neg") {
            println!("wrong ({label}): {concept} | {sentence}");
        }
        t.add(*label == "neg", got);
    }
    println!("own negation set: accuracy {:.3}, F1 {:.3}", t.accuracy(), t.f1());
    assert!(t.accuracy() >= 0.95 && t.f1() >= 0.95, "accuracy {:.3}, F1 {:.3}", t.accuracy(), t.f1());
}

/// `STARTEX_NEGEX` names a file of JSON Lines with concept, sentence and label.
#[test]
fn negex_set() {
    let Some(path) = std::env::var_os("STARTEX_NEGEX") else { return };
    let verbose = std::env::var_os("STARTEX_NEGEX_WRONG").is_some();
    let text = std::fs::read_to_string(path).unwrap();
    let mut t = Tally::default();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let (concept, sentence) = (row["concept"].as_str().unwrap(), row["sentence"].as_str().unwrap());
        let gold = row["label"] == "Negated";
        let target = find(sentence, concept);
        let hit = target.clone().and_then(|r| scope(sentence, r, Domain::Clinical));
        if verbose && hit.is_some() != gold {
            println!(
                "{} | {concept} | {:?} | {sentence}",
                if gold { "MISSED" } else { "FALSE" },
                hit.as_ref().map(|h| &h.text)
            );
        }
        t.add(gold, hit.is_some());
    }
    println!(
        "NegEx: accuracy {:.4}, F1 {:.4} (tp {} fp {} fn {} tn {})",
        t.accuracy(),
        t.f1(),
        t.tp,
        t.fp,
        t.fneg,
        t.tn
    );
    assert!(t.accuracy() >= 0.965 && t.f1() >= 0.92, "accuracy {:.4}, F1 {:.4}", t.accuracy(), t.f1());
}
