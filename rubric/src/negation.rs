//! Negation of a phrase in a sentence, after NegEx.
//!
//! Chapman, Bridewell, Hanbury, Cooper, Buchanan (2001), "A simple algorithm for
//! identifying negated findings and diseases in discharge summaries", with the
//! termination terms of its later versions and post-triggers as in ConText
//! (Harkema et al. 2009). There are two trigger lists, because words such as
//! "resolved", "stopped" and "denies" negate a symptom in a clinic and are
//! content in an incident report.

use std::ops::Range;

/// Whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Reports on patients.
    Clinical,
    /// Reports on incidents.
    Incident,
}

/// What a trigger does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Negates what follows.
    Before,
    /// Negates what stands before it.
    After,
    /// Looks like a trigger and is none.
    Pseudo,
    /// Ends a scope.
    End,
}

/// The words that negate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// The words, folded.
    pub text: String,
    /// Bytes in the sentence.
    pub span: Range<usize>,
    /// Before or after.
    pub kind: Kind,
}

const BOTH_BEFORE: &str = "no|none of|nobody|nothing|neither|nor|without|lack of|lacks|lacking|absence of|free of|free from|not|never|cannot|no evidence of|no sign of|no signs of|no indication of|without evidence of|without any evidence of|without sign of|no new|fails to reveal|failed to reveal|did not|does not|do not|was not|were not|is not|are not|has not|have not|had not|could not|rather than|instead of|non";
const CLINICAL_BEFORE: &str = "denies|denied|denying|deny|declined|declines|negative for|ve for|unremarkable for|rules out|ruled out|rules him out|rules her out|ruled the patient out|ruled out for|rules out for|checked for|test for|to exclude|resolved|with no|no cause of|no complaints of|no history of|not believe|not consistent with|no longer|not appear|not demonstrate|not exhibit|not feel|not had|not have|not know of|not reveal|not see|not to be|no abnormal|no findings of|no findings to indicate|no mammographic evidence of|no radiographic evidence of|no significant|no suggestion of|no suspicious|absent|never developed|never had|patient was not|without indication of|doubt|unlikely to have|zero|didnt|doesnt|wasnt|isnt|cant|hasnt|havent";
const CLINICAL_AFTER: &str = "unlikely|was ruled out|is ruled out|are ruled out|were ruled out|have been ruled out|has been ruled out|had been ruled out|being ruled out|be ruled out|should be ruled out|ruled out|free|was negative|were negative|is negative|are negative|negative|not seen|not identified|not present|not noted|not appreciated|not found|not demonstrated|not visualized|not detected|not evident|was not|were not|absent|is absent|are absent|was absent|were absent|has resolved|have resolved|resolved|denied|none|not had|did not rule out|nonexistent|declined";
const INCIDENT_AFTER: &str = "was ruled out|is ruled out|are ruled out|were ruled out|has been ruled out|have been ruled out|ruled out|not seen|not found|not detected|not present|not observed|not confirmed|not involved|not affected|was not|were not|is not|are not|has not|have not|had not|did not|does not|do not|will not|outstanding|on hold|is unlikely|unlikely|is absent|none|is false|is untrue|postponed|not started|unaffected";
const CLINICAL_PSEUDO: &str = "no increase|no interval change|no significant change|no significant interval change|no change|no further evaluation|no further treatment|not certain if|not certain whether|not necessarily|not rule out|not ruled out|without any further|without difficulty|without further|not only|gram negative|not drain|not extend|not cause|no further evaluation|no definite change|not been ruled out|suspicious change|no doubt|not known|not clear|unknown|not tolerate|not know|not think|not want|no new complaints|negative inspiratory|not limited to|not take|not require|do not resuscitate|not resuscitate|not improve|not improved|no relief|not responsive|not respond|not relieved|not significantly|no improvement|not completely|not been taking|not resolved|no better|did not help|not optimal|not well|not yet|not entirely";
const INCIDENT_PSEUDO: &str = "not only|not just|not least|no later than|no less than|no fewer than|no more than|no sooner than|no doubt|without delay|without undue delay|without undue|without further|no action|no need|no longer|not necessarily|cannot rule out|not rule out|not ruled out|no matter|not limited to|no choice but|nothing but|no sooner|no stone";
const BOTH_END: &str = "but|however|nevertheless|yet|though|although|still|aside from|except|apart from|secondary to|as the cause of|as the source of|as the reason of|as the etiology of|as the origin of|as the cause for|as the source for|as a cause of|as a source of|cause of|cause for|causes of|etiology of|source of|reason of|reason for|origin of|trigger event for|which|who|because|since|until|when|while|other than|otherwise|then";
const CLINICAL_END: &str = "presents with|presented with|presenting with|complains of|complaining of|reports|admits|notes|noted|does have|did have|has|there is|there are|there was|there were|she is|he is|she was|he was|she has|he has|she had|he had|patient is|patient has|patient was|patient had|remains|remained|had|was given|was started|was treated|was admitted|secondary|due to|is a|was found|were found|significant for|positive for|remarkable for|status post|given|prior to|and is|and has|and was|to be|as well as|apparently|currently|over|past medical history|for which|suggesting|also|are|appears|with a|with some|with mild|with the|in the setting of|to have|on the basis of|for|who";

struct Lists {
    pseudo: Vec<Vec<&'static str>>,
    before: Vec<Vec<&'static str>>,
    after: Vec<Vec<&'static str>>,
    end: Vec<Vec<&'static str>>,
}

fn lists(domain: Domain) -> &'static Lists {
    use std::sync::OnceLock;
    static CLINICAL: OnceLock<Lists> = OnceLock::new();
    static INCIDENT: OnceLock<Lists> = OnceLock::new();
    fn parse(sources: &[&'static str]) -> Vec<Vec<&'static str>> {
        let mut out: Vec<Vec<&str>> =
            sources.iter().flat_map(|s| s.split('|')).map(|t| t.split(' ').collect()).collect();
        out.sort_by_key(|t| std::cmp::Reverse(t.len()));
        out
    }
    match domain {
        Domain::Clinical => CLINICAL.get_or_init(|| Lists {
            pseudo: parse(&[CLINICAL_PSEUDO]),
            before: parse(&[BOTH_BEFORE, CLINICAL_BEFORE]),
            after: parse(&[CLINICAL_AFTER]),
            end: parse(&[BOTH_END, CLINICAL_END]),
        }),
        Domain::Incident => INCIDENT.get_or_init(|| Lists {
            pseudo: parse(&[INCIDENT_PSEUDO]),
            before: parse(&[BOTH_BEFORE]),
            after: parse(&[INCIDENT_AFTER]),
            end: parse(&[BOTH_END]),
        }),
    }
}

/// Length of the longest entry that stands at `i`.
fn longest(list: &[Vec<&str>], word: &impl Fn(usize) -> Option<String>, i: usize) -> usize {
    let fits = |t: &&Vec<&str>| t.iter().enumerate().all(|(k, w)| word(i + k).is_some_and(|x| x == *w));
    list.iter().find(fits).map_or(0, Vec::len)
}

/// A pseudo-trigger of the incident list at `i`, by length; 0 if there is none.
pub(crate) fn pseudo_at(word: &impl Fn(usize) -> Option<String>, i: usize) -> usize {
    longest(&lists(Domain::Incident).pseudo, word, i)
}

/// A word of the sentence, folded, with its bytes; a mark has its sign as text.
struct Word {
    text: String,
    span: Range<usize>,
}

fn words(sentence: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in sentence.char_indices() {
        let end = at + c.len_utf8();
        if c == '\'' || c == '\u{2019}' {
            continue;
        }
        if c.is_alphanumeric() {
            if let (true, Some(w)) = (open, out.last_mut()) {
                w.text.extend(c.to_lowercase());
                w.span.end = end;
            } else {
                out.push(Word { text: c.to_lowercase().collect(), span: at..end });
            }
            open = true;
            continue;
        }
        open = false;
        if matches!(c, '.' | ';' | ':' | ',' | '?' | '!' | '(' | ')') {
            out.push(Word { text: c.to_string(), span: at..end });
        }
    }
    out
}

/// Whether `target` (bytes of `sentence`) is negated, and by what.
#[must_use]
pub fn scope(sentence: &str, target: Range<usize>, domain: Domain) -> Option<Trigger> {
    let words = words(sentence);
    let l = lists(domain);
    let inside = |w: &Word| w.span.start < target.end && target.start < w.span.end;
    let first = words.iter().position(inside)?;
    let last = words.iter().rposition(inside)?;
    let word = |i: usize| words.get(i).map(|w| w.text.clone());
    let mut open: Option<Range<usize>> = None;
    let mut i = 0;
    while i < first {
        let ends = longest(&l.end, &word, i);
        let pseudo = longest(&l.pseudo, &word, i);
        let before = longest(&l.before, &word, i);
        if pseudo > 0 && pseudo >= before {
            i += pseudo;
        } else if before > 0 && before >= ends {
            open = Some(i..(i + before).min(first));
            i += before;
        } else if ends > 0 || stops(&words, i, domain) {
            open = None;
            i += ends.max(1);
        } else {
            i += 1;
        }
    }
    let found = match open {
        Some(r) if r.end > r.start => Some((r, Kind::Before)),
        _ => after(&words, last, l, domain).map(|r| (r, Kind::After)),
    };
    let (r, kind) = found?;
    let a = words.get(r.start)?.span.start;
    let b = words.get(r.end.checked_sub(1)?)?.span.end;
    Some(Trigger {
        text: words.get(r)?.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" "),
        span: a..b,
        kind,
    })
}

/// A post-trigger close behind the target.
fn after(words: &[Word], last: usize, l: &Lists, domain: Domain) -> Option<Range<usize>> {
    let word = |i: usize| words.get(i).map(|w| w.text.clone());
    let reach = match domain {
        Domain::Clinical => 5,
        Domain::Incident => 7,
    };
    let mut i = last + 1;
    while i < words.len() && i <= last + reach {
        let here = words.get(i)?.text.as_str();
        let pseudo = longest(&l.pseudo, &word, i);
        let n = longest(&l.after, &word, i);
        if pseudo > 0 && pseudo >= n {
            return None;
        }
        if n > 0 {
            return Some(i..i + n);
        }
        if matches!(here, "." | ";" | ":" | "," | "and" | "no" | "?")
            || longest(&[vec!["but"], vec!["which"], vec!["however"]], &word, i) > 0
        {
            return None;
        }
        i += 1;
    }
    None
}

/// Marks that end a scope.
fn stops(words: &[Word], i: usize, domain: Domain) -> bool {
    let Some(w) = words.get(i) else { return false };
    match w.text.as_str() {
        "." => {
            // "Dr. Smith", "2.5 cm": no sentence end.
            let next = words.get(i + 1);
            next.is_none_or(|n| n.span.start > w.span.end)
        }
        ";" | "?" | "!" => true,
        ":" => domain == Domain::Clinical,
        _ => false,
    }
}
