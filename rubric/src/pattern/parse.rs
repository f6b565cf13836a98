//! From the pattern language to patterns.

use super::atom::{Atom, AtomId};
use super::{Atoms, Group, Pattern, Phrase};
use crate::reading::Fault;
use crate::word::{Stems, spelling};
use std::collections::BTreeMap;

/// Tokens a pattern may reach over when it does not say.
pub(crate) const WINDOW: usize = 12;

/// Longest pattern in bytes.
pub(crate) const MAX_PATTERN: usize = 2_000;

/// Alternatives per group after the lexicon is put in.
const MAX_ALTERNATIVES: usize = 400;

/// Groups per pattern.
const MAX_GROUPS: usize = 8;

/// Looks up `@name`.
pub(crate) struct Names<'a> {
    pub(crate) own: &'a BTreeMap<String, Vec<String>>,
}

impl Names<'_> {
    pub(crate) fn get(&self, name: &str) -> Option<Vec<&str>> {
        if let Some(list) = self.own.get(name) {
            return Some(list.iter().map(String::as_str).collect());
        }
        crate::lexicon::entry(name)
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let mut best: Option<(usize, String)> = None;
        let mut look = |n: &str| {
            let d = distance(name, n);
            if d <= 2.max(n.len() / 3) && best.as_ref().is_none_or(|(b, _)| d < *b) {
                best = Some((d, n.to_owned()));
            }
        };
        self.own.keys().for_each(|n| look(n));
        crate::lexicon::names().for_each(&mut look);
        best.map(|(_, n)| n)
    }
}

/// Edit distance (Levenshtein) of two short names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, cb) in b.iter().enumerate() {
            let up = row.get(j + 1).copied().unwrap_or(0);
            let left = row.get(j).copied().unwrap_or(0);
            let cost = (diagonal + usize::from(ca != *cb)).min(up + 1).min(left + 1);
            diagonal = up;
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = cost;
            }
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Parses `source` and enters its word tests into `atoms`.
pub(crate) fn compile(
    source: &str,
    path: &str,
    names: &Names<'_>,
    stems: &Stems,
    atoms: &mut Atoms,
) -> Result<Pattern, Fault> {
    let fault = |message: String, hint: &str| Err(Fault::error(path, message, hint));
    if source.len() > MAX_PATTERN {
        return fault(
            format!("the pattern is longer than {MAX_PATTERN} bytes"),
            "put long word lists into the lexicon",
        );
    }
    let (body, window) = match source.rsplit_once('~') {
        None => (source, WINDOW),
        Some((body, n)) => match n.trim().parse::<usize>() {
            Ok(n @ 1..=200) => (body, n),
            _ => {
                return fault(
                    format!("\"~{}\" is no window", n.trim()),
                    "write ~ and a number of words from 1 to 200 at the end, such as ~8",
                );
            }
        },
    };
    let ordered = body.contains('>');
    if ordered && body.contains('+') {
        return fault(
            "the pattern mixes + and >".into(),
            "use + for groups in any order or > for groups in this order, not both",
        );
    }
    let parts: Vec<&str> = body.split(if ordered { '>' } else { '+' }).collect();
    if parts.len() > MAX_GROUPS {
        return fault(format!("the pattern has more than {MAX_GROUPS} groups"), "split it into two patterns");
    }
    let mut groups = Vec::new();
    for part in parts {
        let part = part.trim();
        let (absent, part) = part.strip_prefix('!').map_or((false, part), |p| (true, p.trim()));
        if part.is_empty() {
            return fault("a group of the pattern is empty".into(), "write at least one word between + signs");
        }
        let mut phrases = Vec::new();
        for word in part.split('|') {
            alternative(word.trim(), path, names, stems, atoms, &mut phrases)?;
        }
        if phrases.len() > MAX_ALTERNATIVES {
            return fault(format!("a group has more than {MAX_ALTERNATIVES} alternatives"), "make it smaller");
        }
        let mut begins: Vec<AtomId> = phrases.iter().filter_map(|p| p.atoms.first().copied()).collect();
        begins.sort_unstable();
        begins.dedup();
        groups.push(Group { phrases, begins, shown: shown(part), absent });
    }
    if groups.iter().all(|g| g.absent) {
        return fault("the pattern only says what must be absent".into(), "add a group that must be there");
    }
    Ok(Pattern { groups, window, ordered })
}

/// The first alternative of a group in readable form.
fn shown(part: &str) -> String {
    let first = part.split('|').next().unwrap_or(part).trim();
    first.trim_matches(['@', '=', '*']).replace('_', " ").replace('*', "")
}

fn alternative(
    word: &str,
    path: &str,
    names: &Names<'_>,
    stems: &Stems,
    atoms: &mut Atoms,
    out: &mut Vec<Phrase>,
) -> Result<(), Fault> {
    if let Some(name) = word.strip_prefix('@') {
        let Some(list) = names.get(name) else {
            let hint = names.nearest(name).map_or_else(
                || "add it to the rubric's lexicon".to_owned(),
                |n| format!("did you mean @{n}? Otherwise add it to the rubric's lexicon"),
            );
            return Err(Fault::error(path, format!("the lexicon has no @{name}"), hint));
        };
        for entry in list {
            if entry.trim_start().starts_with('@') {
                return Err(Fault::error(
                    path,
                    format!("lexicon entry @{name} names another entry"),
                    "write the words out",
                ));
            }
            alternative(entry.trim(), path, names, stems, atoms, out)?;
        }
        return Ok(());
    }
    let mut phrase = Vec::new();
    for piece in word.split(['_', ' ', '-']).filter(|p| !p.is_empty()) {
        phrase.push(atom(piece, path, stems, atoms)?);
    }
    if phrase.is_empty() {
        return Err(Fault::error(path, "an alternative is empty", "remove the extra | or write a word"));
    }
    if phrase.len() > 1 && !word.contains('#') {
        // "roll_back" also finds "rollback".
        let joined: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        let tail_star = word.ends_with('*');
        let one = if tail_star { format!("{joined}*") } else { joined };
        let one = atom(&one, path, stems, atoms)?;
        out.push(Phrase { atoms: vec![one], separable: false, value: false });
    }
    let last = word.rsplit(['_', ' ', '-']).next().unwrap_or("");
    let separable = phrase.len() == 2 && matches!(last, "back" | "off" | "down" | "out" | "up" | "offline");
    out.push(Phrase { atoms: phrase, separable, value: last.starts_with('#') });
    Ok(())
}

fn atom(piece: &str, path: &str, stems: &Stems, atoms: &mut Atoms) -> Result<AtomId, Fault> {
    match piece {
        "#number" => return Ok(atoms.add(Atom::AnyNumber)),
        "#clock" => return Ok(atoms.add(Atom::AnyClock)),
        "#time" => return Ok(atoms.add(Atom::AnyTime)),
        "#address" => return Ok(atoms.add(Atom::AnyAddress)),
        _ => {}
    }
    let (exact, rest) = piece.strip_prefix('=').map_or((false, piece), |r| (true, r));
    let (star, rest) = rest.strip_suffix('*').map_or((false, rest), |r| (true, r));
    let folded: String = crate::normal::normalise(rest).text.replace('\'', "");
    let fine = !folded.is_empty() && folded.chars().all(|c| c.is_alphanumeric() || ".:,%/".contains(c));
    if !fine {
        return Err(Fault::error(
            path,
            format!("\"{piece}\" is no word of the pattern language"),
            "use letters and digits; | between alternatives, + between groups, _ inside phrases, * at the end, = in front",
        ));
    }
    if exact && star {
        return Err(Fault::error(
            path,
            format!("\"{piece}\" has both = and *"),
            "= means this very form, * means any ending; choose one",
        ));
    }
    let spelled = spelling(&folded).unwrap_or_else(|| folded.clone());
    let number = folded.starts_with(|c: char| c.is_ascii_digit());
    Ok(if exact || number {
        atoms.add(Atom::Exact(spelled))
    } else if star {
        if folded.chars().count() < 2 {
            return Err(Fault::error(
                path,
                format!("\"{piece}\" would match almost anything"),
                "write at least two letters before *",
            ));
        }
        let stem = stems.stem(&spelled);
        atoms.add(Atom::Prefix(spelled, stem))
    } else {
        atoms.add(Atom::Stem(stems.stem(&spelled)))
    })
}
