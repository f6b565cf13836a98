//! Texts made of a rubric's own words by someone who has read it and does not write.

use rubric::{Compiled, Context, Rubric};
use std::collections::BTreeSet;

/// An answer that says nothing, against which gains are measured.
pub const ZERO: &str = "Good afternoon. Thank you for your patience and for being with us today. We value the trust that you place in us and we know that this is a busy time of the year. Our people are looking at things and we appreciate your understanding. With kind regards, the team.";

const SMALL: &str = "the of and to we have been is was by for at in a our that it not with are from this will on as which has who they be were all an if when can no may do had there";

/// A small linear congruential generator: the same attack every time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// Everything an attacker can read off a rubric.
pub struct Loot {
    /// Every literal of every pattern, each once, in order.
    words: Vec<String>,
    /// One literal per group, for each pattern.
    phrases: Vec<String>,
    titles: Vec<String>,
    /// The examples of one element beside each other.
    examples: Vec<String>,
}

impl Loot {
    /// What the rubric and the texts written for it hold.
    pub fn new(r: &Rubric, texts: &[String]) -> Self {
        let known: BTreeSet<String> = r.elements.iter().flat_map(|e| &e.examples_ok).flat_map(|t| plain(t)).collect();
        let mut out = Self { words: Vec::new(), phrases: Vec::new(), titles: Vec::new(), examples: Vec::new() };
        for e in &r.elements {
            out.titles.push(e.label().to_owned());
            out.examples.extend(e.examples_ok.iter().cloned());
            for p in &e.any_of {
                let groups = groups(r, p, &known);
                let first: Vec<String> = groups.iter().filter_map(|g| g.first().cloned()).collect();
                out.phrases.push(first.join(" "));
                for w in groups.into_iter().flatten() {
                    if !out.words.contains(&w) {
                        out.words.push(w);
                    }
                }
            }
        }
        out.examples.extend(texts.iter().cloned());
        out
    }

    /// Attack name and text; several of a kind count by the best of them.
    pub fn attacks(&self) -> Vec<(&'static str, String)> {
        let mut out = self.lists();
        for seed in 1..=20 {
            out.push(("salad", self.salad(seed)));
            out.push(("salad of phrases", self.phrase_salad(seed)));
            let mut dice = Dice::new(seed);
            let mut all: Vec<&str> = self.examples.iter().flat_map(|e| e.split_whitespace()).collect();
            dice.shuffle(&mut all);
            out.push(("examples shuffled", all.join(" ")));
        }
        let mut dice = Dice::new(7);
        let one = |e: &String| {
            let mut words: Vec<&str> = e.split_whitespace().collect();
            dice.shuffle(&mut words);
            words.join(" ")
        };
        out.push(("each shuffled", self.examples.iter().map(one).collect::<Vec<_>>().join("\n")));
        out.push(("titles", self.titles.join("\n")));
        out.push(("titles", self.titles.join(". ")));
        out.push(("titles", self.titles.join(", ")));
        out
    }

    /// Reference sentences, each denied, in several ways.
    pub fn denials(&self) -> Vec<(&'static str, String)> {
        denials(&self.examples)
    }

    fn lists(&self) -> Vec<(&'static str, String)> {
        let past: Vec<&str> = self.words.iter().map(String::as_str).filter(|w| w.ends_with("ed")).collect();
        let eights: Vec<String> = self.words.chunks(8).map(|c| c.join(" ")).collect();
        let phrase_eights: Vec<String> = self.phrases.chunks(3).map(|c| c.join(" ")).collect();
        vec![
            ("list, commas", self.words.join(", ")),
            ("list, spaces", self.words.join(" ")),
            ("list, lines", self.words.join("\n")),
            ("list, bullets", format!("- {}", self.words.join("\n- "))),
            ("list, eights", eights.join("\n")),
            ("list, eights", format!("- {}", eights.join("\n- "))),
            ("list, sentences", format!("{}.", eights.join(". "))),
            ("past, commas", past.join(", ")),
            ("past, lines", past.chunks(8).map(|c| c.join(", ")).collect::<Vec<_>>().join("\n")),
            ("past, lines", past.chunks(8).map(|c| c.join(" ")).collect::<Vec<_>>().join("\n")),
            ("phrases, commas", self.phrases.join(", ")),
            ("phrases, lines", self.phrases.join("\n")),
            ("phrases, bullets", format!("- {}", self.phrases.join("\n- "))),
            ("phrases, sentences", format!("{}.", phrase_eights.join(". "))),
            ("zero + list", format!("{ZERO}\n{}.", self.words.join(", "))),
            ("zero + phrases", format!("{ZERO}\n{}.", self.phrases.join(", "))),
        ]
    }

    /// Words of the patterns and function words by the toss of a coin.
    fn salad(&self, seed: u64) -> String {
        let small: Vec<&str> = SMALL.split(' ').collect();
        let mut dice = Dice::new(seed);
        self.toss(&mut dice, |dice, out| {
            let w = if dice.below(5) < 2 { small[dice.below(small.len())] } else { "" };
            out.push(if w.is_empty() { self.words[dice.below(self.words.len())].clone() } else { w.to_owned() });
        })
    }

    /// Whole phrases of the patterns with a function word between.
    fn phrase_salad(&self, seed: u64) -> String {
        let small: Vec<&str> = SMALL.split(' ').collect();
        let mut dice = Dice::new(seed);
        self.toss(&mut dice, |dice, out| {
            out.push(self.phrases[dice.below(self.phrases.len())].clone());
            out.push(small[dice.below(small.len())].to_owned());
            if dice.below(2) == 0 {
                out.push(small[dice.below(small.len())].to_owned());
            }
        })
    }

    fn toss(&self, dice: &mut Dice, draw: impl Fn(&mut Dice, &mut Vec<String>)) -> String {
        let mut lines = Vec::new();
        for _ in 0..14 {
            let mut words = Vec::new();
            while words.len() < 14 {
                draw(dice, &mut words);
            }
            lines.push(format!("{}.", words.join(" ")));
        }
        lines.join(" ")
    }

    pub fn doubled(&self) -> (String, String) {
        let once = self.examples.join("\n");
        let twice: Vec<String> = self.examples.iter().map(|e| format!("{e}\n{e}")).collect();
        (once, twice.join("\n"))
    }
}

/// Every sentence of every text denied, in several ways.
pub fn denials(texts: &[String]) -> Vec<(&'static str, String)> {
    let each = |f: &dyn Fn(&str) -> String| {
        let one = |e: &String| sentences(e).iter().map(|s| f(s)).collect::<Vec<_>>().join(" ");
        texts.iter().map(one).collect::<Vec<_>>().join("\n")
    };
    vec![
        ("not true that", each(&|s| format!("It is not true that {}", lower(s)))),
        ("false to say", each(&|s| format!("It would be false to say that {}", lower(s)))),
        ("no one can say", each(&|s| format!("At no point has anyone confirmed that {}", lower(s)))),
        ("not + verb", each(&deny)),
        ("never + verb", each(&|s| deny(s).replace(" not ", " never "))),
    ]
}

/// Gain over the zero answer in percent of the scale.
pub fn gain(c: &Compiled, text: &str) -> i32 {
    let zero = c.read(ZERO, &Context::default());
    let got = c.read(text, &Context::default());
    (got.points - zero.points) * 100 / got.out_of.max(1)
}

fn plain(text: &str) -> Vec<String> {
    text.split(|ch: char| !ch.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// What stands in a pattern, group by group.
fn groups(r: &Rubric, pattern: &str, known: &BTreeSet<String>) -> Vec<Vec<String>> {
    let body = pattern.split('~').next().unwrap_or("");
    let group = |g: &str| {
        let words = g.trim().split('|').flat_map(|w| literal(r, w.trim(), known));
        words.collect::<Vec<_>>()
    };
    body.split(['+', '>']).filter(|g| !g.trim().starts_with('!')).map(group).collect()
}

fn literal(r: &Rubric, word: &str, known: &BTreeSet<String>) -> Vec<String> {
    if let Some(name) = word.strip_prefix('@') {
        let base = include_str!("../../src/lexicon.txt").lines().filter_map(|l| l.split_once('='));
        let entry = base.filter(|(n, _)| n.trim() == name).map(|(_, l)| l.split('|').map(|w| w.trim().to_owned()));
        let list: Vec<String> = r.lexicon.get(name).cloned().unwrap_or_else(|| entry.flatten().collect());
        return list.iter().take(12).flat_map(|w| literal(r, w, known)).collect();
    }
    let word = match word {
        "#time" | "#clock" => "18:00",
        "#number" => "12",
        "#address" => "a@b.example",
        w => w.trim_start_matches('='),
    };
    let Some(stem) = word.strip_suffix('*') else { return vec![word.replace('_', " ")] };
    let like = known.iter().filter(|k| k.starts_with(stem));
    // The past form if an example has it.
    let best = like.clone().find(|k| k.ends_with("ed")).or(like.clone().next());
    vec![best.cloned().unwrap_or_else(|| format!("{}ed", stem.trim_end_matches('e'))).replace('_', " ")]
}

fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(". ").flat_map(|s| s.split_inclusive('\n')).map(str::trim).filter(|s| !s.is_empty()).collect()
}

fn lower(s: &str) -> String {
    let mut chars = s.chars();
    let head = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("{head}{}", chars.as_str())
}

/// "We have revoked" to "We have not revoked", where there is something to deny.
fn deny(text: &str) -> String {
    const AUX: &[&str] =
        &["is", "are", "was", "were", "has", "have", "had", "will", "must", "should", "can", "may", "would"];
    let mut out = Vec::new();
    for w in text.split_whitespace() {
        out.push(w.to_owned());
        if AUX.contains(&w.to_lowercase().as_str()) {
            out.push("not".to_owned());
        }
    }
    if out.iter().any(|w| w == "not") { out.join(" ") } else { format!("It is wrong that {}", lower(text)) }
}
