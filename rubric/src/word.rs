//! Words: spelling variants, irregular forms and stems.

use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Irregular verbs as `base past participle`, where a form differs from the regular `-ed`.
const IRREGULAR: &str = "\
arise arose arisen|be was been|bear bore borne|become became become|begin began begun|bend bent bent|burn burnt burnt|\
bind bound bound|blow blew blown|break broke broken|bring brought brought|build built built|\
buy bought bought|catch caught caught|choose chose chosen|come came come|cut cut cut|deal dealt dealt|\
dig dug dug|do did done|draw drew drawn|drive drove driven|eat ate eaten|fall fell fallen|\
feed fed fed|feel felt felt|fight fought fought|find found found|flee fled fled|fly flew flown|\
forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|\
get got gotten|give gave given|go went gone|grow grew grown|hang hung hung|have had had|hear heard heard|\
hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known|lay laid laid|\
lead led led|leak leaked leaked|learn learnt learnt|leave left left|lend lent lent|let let let|\
lie lay lain|lose lost lost|make made made|mean meant meant|meet met met|mistake mistook mistaken|\
oversee oversaw overseen|overwrite overwrote overwritten|pay paid paid|put put put|quit quit quit|\
read read read|rebuild rebuilt rebuilt|reset reset reset|retake retook retaken|rewrite rewrote rewritten|\
ride rode ridden|ring rang rung|rise rose risen|run ran run|rerun reran rerun|say said said|see saw seen|\
seek sought sought|sell sold sold|send sent sent|resend resent resent|set set set|shake shook shaken|\
show showed shown|shrink shrank shrunk|shut shut shut|sit sat sat|sleep slept slept|speak spoke spoken|\
spend spent spent|spin spun spun|split split split|spread spread spread|stand stood stood|\
steal stole stolen|stick stuck stuck|strike struck struck|swap swapped swapped|swear swore sworn|\
take took taken|teach taught taught|tear tore torn|tell told told|think thought thought|\
throw threw thrown|understand understood understood|undertake undertook undertaken|undo undid undone|\
unwind unwound unwound|uphold upheld upheld|wake woke woken|wear wore worn|win won won|wind wound wound|\
withdraw withdrew withdrawn|withhold withheld withheld|write wrote written|outrun outran outrun|\
override overrode overridden|takedown tookdown takendown|foresee foresaw foreseen|shed shed shed|\
cast cast cast|broadcast broadcast broadcast|upset upset upset|bet bet bet|cost cost cost";

/// What a word form can be, as far as its spelling tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Forms {
    /// Simple past ("took", "revoked").
    pub(crate) past: bool,
    /// Past participle ("taken", "revoked").
    pub(crate) participle: bool,
}

struct Tables {
    irregular: HashMap<&'static str, (&'static str, Forms)>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut irregular: HashMap<&'static str, (&'static str, Forms)> = HashMap::new();
        for row in IRREGULAR.split('|') {
            let mut parts = row.split_whitespace();
            let (Some(base), Some(past), Some(part)) = (parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            let mut add = |word: &'static str, past: bool, participle: bool| {
                let entry = irregular.entry(word).or_insert((base, Forms { past: false, participle: false }));
                entry.1.past |= past;
                entry.1.participle |= participle;
            };
            add(past, true, false);
            add(part, false, true);
        }
        irregular.insert("were", ("be", Forms { past: true, participle: false }));
        irregular.insert("found", ("find", Forms { past: true, participle: true }));
        Tables { irregular }
    })
}

/// Words in -ed that are no past form.
const NOT_PAST: &[&str] = &[
    "need",
    "feed",
    "speed",
    "exceed",
    "proceed",
    "succeed",
    "indeed",
    "seed",
    "embed",
    "bed",
    "red",
    "hundred",
    "shed",
    "breed",
    "bleed",
    "weed",
    "deed",
    "creed",
    "greed",
    "med",
    "led",
    "ed",
    "zed",
    "sled",
    "wed",
    "unauthorized",
    "unprecedented",
    "unexpected",
    "biased",
    "limited",
    "dedicated",
    "detailed",
    "sacred",
    "naked",
    "wicked",
    "aged",
    "rugged",
    "skilled",
    "talented",
    "united",
    "beloved",
    "watershed",
    "agreed_upon",
];

/// What the spelling of `word` (folded) allows.
pub(crate) fn forms(word: &str) -> Forms {
    if let Some((_, f)) = tables().irregular.get(word) {
        return *f;
    }
    let regular = word.len() > 3 && word.ends_with("ed") && !NOT_PAST.contains(&word);
    Forms { past: regular, participle: regular }
}

/// Whether the word's base, past and participle are spelled alike ("put", "reset").
pub(crate) fn is_unchanging(word: &str) -> bool {
    tables().irregular.get(word).is_some_and(|(base, f)| *base == word && f.past)
}

/// Shorthand of logs and radio messages that stands for one word only.
const SHORT: &[(&str, &str)] = &[
    ("unk", "unknown"),
    ("cust", "customer"),
    ("custs", "customers"),
    ("pkg", "package"),
    ("pkgs", "packages"),
    ("acct", "account"),
    ("accts", "accounts"),
    ("creds", "credentials"),
    ("cred", "credential"),
    ("exfil", "exfiltration"),
    ("exfild", "exfiltrated"),
    ("ntf", "notification"),
    ("rpt", "report"),
    ("rptd", "reported"),
    ("svc", "service"),
    ("svcs", "services"),
    ("mfr", "manufacturer"),
    ("tmrw", "tomorrow"),
    ("tmw", "tomorrow"),
    ("susp", "suspected"),
    ("unauth", "unauthorized"),
    ("msg", "message"),
    ("msgs", "messages"),
    ("reqd", "required"),
    ("req", "request"),
    ("rec", "recommend"),
    ("recd", "received"),
    ("rcvd", "received"),
    ("qty", "quantity"),
    ("approx", "approximately"),
    ("fm", "from"),
    ("thru", "through"),
    ("ppl", "people"),
    ("dept", "department"),
    ("mgmt", "management"),
    ("govt", "government"),
    ("fwd", "forward"),
    ("evid", "evidence"),
    ("conseq", "consequences"),
    ("notifs", "notifications"),
    ("ack", "acknowledge"),
    ("ackd", "acknowledged"),
    ("wks", "weeks"),
    ("wk", "week"),
];

/// Words in -ise that have no -ize.
const KEEP: &[&str] = &[
    "otherwise",
    "likewise",
    "promise",
    "exercise",
    "advise",
    "revise",
    "supervise",
    "compromise",
    "precise",
    "surprise",
    "raise",
    "rise",
    "wise",
    "premise",
    "expertise",
    "enterprise",
    "noise",
    "praise",
    "franchise",
    "comprise",
    "concise",
    "devise",
    "arise",
    "advertise",
    "disguise",
    "improvise",
    "merchandise",
    "imprecise",
];
/// British beginnings and what they become.
const PAIRS: &[(&str, &str)] = &[
    ("behaviour", "behavior"),
    ("favour", "favor"),
    ("colour", "color"),
    ("honour", "honor"),
    ("labour", "labor"),
    ("neighbour", "neighbor"),
    ("endeavour", "endeavor"),
    ("centre", "center"),
    ("catalogue", "catalog"),
    ("defence", "defense"),
    ("licence", "license"),
    ("offence", "offense"),
    ("programme", "program"),
    ("cancelled", "canceled"),
    ("cancelling", "canceling"),
    ("labelled", "labeled"),
    ("labelling", "labeling"),
    ("modelled", "modeled"),
    ("modelling", "modeling"),
    ("signalled", "signaled"),
    ("travelled", "traveled"),
    ("enquir", "inquir"),
    ("artefact", "artifact"),
    ("judgement", "judgment"),
    ("whilst", "while"),
    ("cheque", "check"),
    ("fulfil", "fulfill"),
    ("grey", "gray"),
    ("organisational", "organizational"),
    ("sceptic", "skeptic"),
    ("learnt", "learned"),
];

/// American spelling of a folded word, so that both spellings meet.
pub(crate) fn spelling(word: &str) -> Option<String> {
    static LONG: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    if let Some(long) = LONG.get_or_init(|| SHORT.iter().copied().collect()).get(word) {
        return Some((*long).to_owned());
    }
    if word.len() < 5 {
        return None;
    }
    for (uk, us) in PAIRS {
        if let Some(rest) = word.strip_prefix(uk)
            && !(*uk == "fulfil" && rest.starts_with('l'))
        {
            return Some(format!("{us}{rest}"));
        }
    }
    for (uk, us) in [("is", "iz"), ("ys", "yz")] {
        for tail in ["e", "ed", "es", "er", "ers", "ing", "ation", "ations", "ational"] {
            let Some(head) = word.strip_suffix(tail).and_then(|w| w.strip_suffix(uk)) else {
                continue;
            };
            let base = format!("{head}{uk}e");
            let short = head.len() < 3 || KEEP.contains(&base.as_str());
            let analysis = uk == "ys" && !head.ends_with('l');
            if short || analysis || (tail == "es" && uk == "ys") {
                continue;
            }
            return Some(format!("{head}{us}{tail}"));
        }
    }
    None
}

/// Stems words: spelling, irregular base form, then the Snowball English stemmer (Porter 2001).
pub(crate) struct Stems {
    stemmer: Stemmer,
}

impl Stems {
    pub(crate) fn new() -> Self {
        Self { stemmer: Stemmer::create(Algorithm::English) }
    }

    /// The stem of a folded word in American spelling.
    pub(crate) fn stem(&self, word: &str) -> String {
        let base = tables().irregular.get(word).map_or(word, |(base, _)| base);
        if !base.is_ascii() || base.len() < 3 {
            return base.to_owned();
        }
        self.stemmer.stem(base).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        assert_eq!(spelling("organisation").as_deref(), Some("organization"));
        assert_eq!(spelling("analysed").as_deref(), Some("analyzed"));
        assert_eq!(spelling("compromised"), None);
        assert_eq!(spelling("analyses"), None);
        assert_eq!(spelling("fulfilled"), None);
    }

    #[test]
    fn irregular_forms_share_the_stem() {
        let s = Stems::new();
        assert_eq!(s.stem("took"), s.stem("taking"));
        assert_eq!(s.stem("withdrawn"), s.stem("withdraws"));
        assert!(forms("withdrawn").participle && !forms("withdrawn").past);
        assert!(!forms("need").past);
    }
}
