//! Closed word classes and verb classes of English, as far as states need them.

use crate::token::Token;
use crate::word::forms;

/// Coarse role of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Modal,
    Be,
    Have,
    Do,
    Not,
    Adverb,
    To,
    Pronoun,
    Determiner,
    Preposition,
    Coordinator,
    Subordinator,
    Ing,
    Past,
    Number,
    Mark,
    Other,
}

const ADVERBS: &[&str] = &[
    "already",
    "now",
    "also",
    "just",
    "since",
    "still",
    "yet",
    "then",
    "all",
    "both",
    "each",
    "soon",
    "again",
    "always",
    "ever",
    "today",
    "therefore",
    "so",
    "too",
    "hereby",
    "perhaps",
    "maybe",
    "further",
    "first",
    "later",
    "shortly",
    "once",
    "quickly",
    "only",
    "even",
    "almost",
    "nearly",
    "longer",
    "well",
    "together",
    "thus",
    "as",
    "tonight",
    "tomorrow",
    "earlier",
    "instead",
    "currently",
    "meanwhile",
    "either",
    "otherwise",
    "likely",
    "long",
    "fully",
    "often",
];
const NOT_ADVERBS: &[&str] = &[
    "supply", "apply", "reply", "rely", "anomaly", "comply", "assembly", "early", "family", "italy", "july",
    "multiply", "daily", "only",
];
const PRONOUNS: &[&str] = &[
    "we",
    "i",
    "you",
    "they",
    "he",
    "she",
    "it",
    "who",
    "this",
    "these",
    "those",
    "which",
    "there",
    "us",
    "them",
    "everyone",
    "everybody",
    "somebody",
    "someone",
    "nobody",
    "anyone",
    "nothing",
    "none",
];
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "our", "your", "their", "its", "his", "her", "my", "any", "some", "every", "no", "another",
    "other", "that", "this", "these", "those", "each", "all", "both", "several", "many", "most", "few", "such", "more",
    "neither", "either",
];
const PREPOSITIONS: &[&str] = &[
    "of",
    "in",
    "on",
    "at",
    "by",
    "for",
    "with",
    "from",
    "into",
    "about",
    "between",
    "through",
    "during",
    "under",
    "over",
    "against",
    "across",
    "within",
    "without",
    "via",
    "per",
    "among",
    "towards",
    "toward",
    "onto",
    "off",
    "out",
    "up",
    "behind",
    "beyond",
    "despite",
    "upon",
    "including",
    "regarding",
    "concerning",
    "following",
    "pending",
    "except",
    "like",
    "than",
    "back",
];
const SUBORDINATORS: &[&str] = &[
    "if", "unless", "whether", "because", "while", "when", "once", "until", "after", "before", "since", "where",
    "although", "though", "how", "what", "why", "which", "who", "that", "till", "whenever", "as", "whose", "wherever",
];
const NOT_ING: &[&str] = &[
    "thing",
    "morning",
    "evening",
    "king",
    "string",
    "ring",
    "during",
    "nothing",
    "something",
    "anything",
    "everything",
    "spring",
    "being",
    "bring",
    "sing",
    "wing",
    "ping",
    "pending",
    "building",
    "ceiling",
    "sibling",
    "following",
    "including",
    "regarding",
    "concerning",
    "sling",
    "standing",
    "outstanding",
    "ongoing",
    "upcoming",
    "forthcoming",
    "existing",
    "remaining",
];

/// The role of a token by its form alone.
pub(crate) fn role(t: &Token) -> Role {
    if t.is_mark() {
        return Role::Mark;
    }
    if !t.is_word() {
        return Role::Number;
    }
    let w = t.text.as_str();
    match w {
        "will" | "shall" | "would" | "should" | "could" | "can" | "may" | "might" | "must" | "ought" => {
            return Role::Modal;
        }
        "am" | "is" | "are" | "was" | "were" | "be" | "been" | "being" => return Role::Be,
        "have" | "has" | "had" | "having" => return Role::Have,
        "do" | "does" | "did" => return Role::Do,
        "not" | "never" | "hardly" | "barely" | "scarcely" => return Role::Not,
        "to" => return Role::To,
        "and" | "or" | "but" | "nor" | "plus" => return Role::Coordinator,
        _ => {}
    }
    let is = |list: &[&str]| list.contains(&w);
    if is(PRONOUNS) && !matches!(w, "who" | "which" | "this" | "these" | "those") {
        return Role::Pronoun;
    }
    if is(SUBORDINATORS) && !matches!(w, "as" | "once" | "since" | "that") {
        return Role::Subordinator;
    }
    if is(DETERMINERS) {
        return Role::Determiner;
    }
    if is(ADVERBS) || (w.len() > 4 && w.ends_with("ly") && !is(NOT_ADVERBS)) {
        return Role::Adverb;
    }
    if is(PREPOSITIONS) {
        return Role::Preposition;
    }
    if w.len() > 4 && w.ends_with("ing") && !is(NOT_ING) {
        return Role::Ing;
    }
    let f = forms(w);
    if f.past || f.participle {
        return Role::Past;
    }
    Role::Other
}

/// What a verb does to what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Passes its own state on ("managed to", "carried out").
    Same,
    /// Leaves a clause its own state, unless itself denied or doubted ("confirmed that").
    Report,
    /// Makes it a plan ("intend to", "asked … to").
    Plan,
    /// Makes it under way ("started").
    Begin,
    /// Makes it doubtful ("believe").
    Doubt,
    /// Makes it not so ("failed to"); denied, it makes it so.
    Deny,
}

const REPORT: &[&str] = &[
    "confirm",
    "report",
    "say",
    "state",
    "know",
    "establish",
    "determine",
    "verify",
    "find",
    "discover",
    "announce",
    "note",
    "learn",
    "see",
    "show",
    "tell",
    "inform",
    "notify",
    "understand",
    "recognize",
    "acknowledge",
    "advise",
    "reveal",
    "indicate",
    "demonstrate",
    "conclude",
    "identify",
    "document",
    "record",
    "warn",
    "alert",
    "explain",
    "regret",
    "assure",
    "stress",
    "observe",
    "detect",
    "prove",
    "add",
    "reassure",
    "write",
    "remember",
    "realize",
    "notice",
    "declare",
];
const PLAN: &[&str] = &[
    "plan",
    "intend",
    "aim",
    "expect",
    "agree",
    "decide",
    "want",
    "need",
    "prepare",
    "propose",
    "recommend",
    "ask",
    "request",
    "order",
    "instruct",
    "urge",
    "schedule",
    "approve",
    "authorize",
    "commit",
    "promise",
    "offer",
    "arrange",
    "attempt",
    "try",
    "seek",
    "hope",
    "require",
    "await",
    "wait",
    "encourage",
    "invite",
    "task",
    "direct",
    "draft",
    "choose",
    "look",
    "push",
    "owe",
    "call",
    "set",
    "due",
    "suppose",
    "oblige",
    "anticipate",
    "tell",
    "advise",
    "strive",
    "endeavor",
    "volunteer",
    "forecast",
    "ensure",
    "insist",
];
const BEGIN: &[&str] = &["start", "begin", "initiate", "commence", "continue", "launch", "proceed", "resume", "kick"];
const DOUBT: &[&str] = &[
    "believe",
    "think",
    "suspect",
    "assume",
    "suppose",
    "estimate",
    "appear",
    "seem",
    "consider",
    "discuss",
    "evaluate",
    "debate",
    "explore",
    "assess",
    "guess",
    "claim",
    "allege",
    "wonder",
    "doubt",
    "imagine",
    "speculate",
    "hypothesize",
    "rumor",
    "presume",
    "ponder",
    "feel",
    "fear",
    "imply",
    "suggest",
    "weigh",
    "investigate",
    "check",
    "examine",
    "pretend",
];
const DENY: &[&str] = &[
    "fail", "refuse", "decline", "forget", "neglect", "avoid", "deny", "omit", "cancel", "postpone", "delay", "defer",
    "reject", "prevent", "abandon", "skip", "miss", "lack", "rule", "exclude", "refute", "disprove", "cease",
    "retract",
];

/// The effect of a verb by its base form's stem.
pub(crate) fn effect(stem: &str, stems: &crate::word::Stems) -> Effect {
    use std::collections::HashMap;
    use std::sync::OnceLock;
    static TABLE: OnceLock<HashMap<String, Effect>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut map = HashMap::new();
        // Later lists give way to earlier ones.
        for (list, e) in [
            (DENY, Effect::Deny),
            (DOUBT, Effect::Doubt),
            (BEGIN, Effect::Begin),
            (REPORT, Effect::Report),
            (PLAN, Effect::Plan),
        ] {
            for w in list {
                map.entry(stems.stem(w)).or_insert(e);
            }
        }
        map
    });
    table.get(stem).copied().unwrap_or(Effect::Same)
}

/// Planning verbs that are deeds themselves: once it "was approved" or "was asked for", that much is done.
///
/// In the present only the ones that end a matter are ("is approved", but "is requested").
pub(crate) fn is_settled(stem: &str, past: bool) -> bool {
    let ends = matches!(stem, "approv" | "author" | "agre" | "decid" | "draft" | "prepar" | "commit" | "choos");
    let asks = matches!(
        stem,
        "ask"
            | "request"
            | "order"
            | "instruct"
            | "urg"
            | "propos"
            | "recommend"
            | "promis"
            | "offer"
            | "arrang"
            | "encourag"
            | "invit"
            | "task"
            | "direct"
            | "call"
            | "tell"
            | "advis"
            | "set"
    );
    ends || past && asks
}

/// Harm and nothing else: no responder does it.
pub(crate) fn is_attack(stem: &str) -> bool {
    matches!(
        stem,
        "steal"
            | "exfiltr"
            | "leak"
            | "expos"
            | "abus"
            | "exploit"
            | "tamper"
            | "poison"
            | "compromis"
            | "corrupt"
            | "disclos"
            | "siphon"
            | "attack"
            | "extort"
            | "misus"
            | "hijack"
            | "degrad"
            | "bypass"
            | "mislead"
    )
}

/// The writer's side.
pub(crate) fn is_ours(word: &str) -> bool {
    matches!(
        word,
        "we" | "i"
            | "us"
            | "team"
            | "teams"
            | "engineer"
            | "engineers"
            | "engineering"
            | "analyst"
            | "analysts"
            | "soc"
            | "counsel"
            | "staff"
            | "legal"
            | "security"
            | "responders"
            | "responder"
            | "specialists"
            | "specialist"
            | "vendor"
            | "comms"
            | "forensics"
            | "forensic"
            | "investigators"
            | "platform"
            | "colleagues"
            | "desk"
            | "administrators"
            | "experts"
            | "ops"
            | "operations"
    )
}

/// Nouns and adjectives that take "to" and a thing ("access to certain files").
pub(crate) fn links_to(word: &str) -> bool {
    matches!(
        word,
        "access"
            | "damage"
            | "harm"
            | "risk"
            | "threat"
            | "change"
            | "changes"
            | "answer"
            | "answers"
            | "exposure"
            | "relating"
            | "related"
            | "according"
            | "thanks"
            | "addition"
            | "respect"
            | "regard"
            | "owing"
            | "close"
            | "similar"
            | "attached"
            | "connected"
            | "limited"
            | "linked"
            | "subject"
            | "notice"
            | "reference"
            | "traffic"
            | "response"
            | "upgrade"
            | "rollback"
            | "return"
            | "switch"
            | "copies"
            | "copy"
            | "login"
            | "logins"
    )
}

/// Verbs after which "to" with no known verb behind it is a direction ("switched to manual review").
pub(crate) fn takes_to(stem: &str) -> bool {
    matches!(
        stem,
        "switch"
            | "move"
            | "revert"
            | "return"
            | "send"
            | "upload"
            | "downgrad"
            | "upgrad"
            | "rout"
            | "migrat"
            | "report"
            | "write"
            | "go"
            | "come"
            | "transfer"
            | "copi"
            | "forward"
            | "redirect"
            | "fall"
            | "drop"
            | "rise"
            | "ship"
            | "releas"
            | "restor"
            | "hand"
            | "publish"
            | "deploy"
            | "back"
            | "over"
            | "connect"
            | "point"
            | "submit"
    )
}

/// Verbs that can be orders or performatives as well as reports ("tell … to").
pub(crate) fn orders(word: &str, stem: &str) -> bool {
    matches!(stem, "tell" | "advis" | "direct" | "notifi" | "inform" | "warn") || word == "told"
}

/// Saying it is doing it: "we apologise", "we recommend", "we confirm".
pub(crate) fn is_performative(stem: &str) -> bool {
    matches!(
        stem,
        "recommend"
            | "ask"
            | "advis"
            | "apolog"
            | "request"
            | "confirm"
            | "report"
            | "notifi"
            | "declar"
            | "propos"
            | "need"
            | "urg"
            | "regret"
            | "acknowledg"
            | "recogn"
            | "appreci"
            | "thank"
            | "inform"
            | "requir"
            | "seek"
            | "invit"
            | "encourag"
            | "submit"
            | "commit"
            | "understand"
            | "know"
            | "take"
            | "accept"
            | "promis"
            | "deepli"
            | "sincer"
            | "remain"
            | "hold"
            | "file"
            | "write"
    ) || stem.starts_with("apolog")
}

/// Verbs of harm and of how things behave: in the present tense they tell a fact.
pub(crate) fn is_harm(stem: &str) -> bool {
    matches!(
        stem,
        "show"
            | "display"
            | "return"
            | "leak"
            | "expos"
            | "serv"
            | "exfiltr"
            | "send"
            | "produc"
            | "fail"
            | "generat"
            | "respond"
            | "behav"
            | "affect"
            | "impact"
            | "disclos"
            | "access"
            | "download"
            | "upload"
            | "siphon"
            | "attack"
            | "encrypt"
            | "steal"
            | "poison"
            | "reveal"
            | "give"
            | "contain"
            | "includ"
            | "involv"
            | "copi"
            | "spread"
            | "crash"
            | "answer"
            | "recommend"
            | "trigger"
            | "bypass"
            | "caus"
            | "allow"
            | "output"
            | "emit"
            | "transfer"
            | "use"
            | "target"
            | "exploit"
            | "abus"
            | "tamper"
            | "alter"
            | "modifi"
            | "corrupt"
            | "compromis"
            | "activ"
            | "degrad"
            | "hit"
            | "suffer"
            | "experi"
            | "see"
            | "read"
            | "provid"
            | "make"
            | "publish"
            | "match"
            | "mismatch"
            | "point"
            | "indic"
            | "originat"
            | "carri"
            | "hide"
            | "ship"
            | "inject"
            | "mislead"
            | "work"
            | "run"
    )
}

const BASES: &[&str] = &[
    "isolate",
    "revoke",
    "rotate",
    "contain",
    "restore",
    "disable",
    "enable",
    "suspend",
    "withdraw",
    "remove",
    "delete",
    "freeze",
    "halt",
    "stop",
    "pause",
    "preserve",
    "collect",
    "capture",
    "investigate",
    "identify",
    "confirm",
    "verify",
    "validate",
    "notify",
    "inform",
    "tell",
    "escalate",
    "declare",
    "approve",
    "decide",
    "ask",
    "recommend",
    "publish",
    "send",
    "issue",
    "file",
    "submit",
    "prepare",
    "draft",
    "deploy",
    "roll",
    "revert",
    "retrain",
    "scan",
    "check",
    "monitor",
    "ensure",
    "keep",
    "maintain",
    "reset",
    "change",
    "use",
    "avoid",
    "contact",
    "call",
    "email",
    "page",
    "engage",
    "hold",
    "convene",
    "meet",
    "brief",
    "consult",
    "quarantine",
    "block",
    "take",
    "bring",
    "provide",
    "give",
    "share",
    "continue",
    "begin",
    "start",
    "complete",
    "finish",
    "finalize",
    "establish",
    "determine",
    "assess",
    "review",
    "analyze",
    "examine",
    "trace",
    "compare",
    "rebuild",
    "reimage",
    "wipe",
    "replace",
    "update",
    "report",
    "return",
    "reissue",
    "invalidate",
    "cut",
    "pull",
    "shut",
    "switch",
    "turn",
    "lock",
    "open",
    "close",
    "set",
    "make",
    "get",
    "obtain",
    "request",
    "require",
    "test",
    "audit",
    "sign",
    "tag",
    "pin",
    "patch",
    "fix",
    "remediate",
    "mitigate",
    "limit",
    "reduce",
    "increase",
    "extend",
    "add",
    "apply",
    "run",
    "record",
    "log",
    "document",
    "store",
    "copy",
    "image",
    "snapshot",
    "hash",
    "move",
    "transfer",
    "disconnect",
    "unplug",
    "activate",
    "invoke",
    "expect",
    "look",
    "watch",
    "treat",
    "do",
    "go",
    "await",
    "wait",
    "tighten",
    "strengthen",
    "harden",
    "coordinate",
    "assign",
    "arrange",
    "schedule",
    "agree",
    "discuss",
    "consider",
    "evaluate",
    "explore",
    "publish",
    "respond",
    "reply",
    "answer",
    "write",
    "post",
    "work",
    "help",
    "support",
    "offer",
    "advise",
    "warn",
    "alert",
    "search",
    "hunt",
    "seek",
    "find",
    "recover",
    "reinstate",
    "resume",
    "promote",
    "drain",
    "cancel",
    "refuse",
    "deny",
    "export",
    "secure",
    "protect",
    "retain",
    "purge",
    "clean",
    "delay",
    "postpone",
    "reach",
    "note",
    "see",
    "read",
    "visit",
    "forward",
    "speak",
    "apologize",
    "track",
    "re-enable",
    "migrate",
    "redirect",
    "route",
    "refrain",
    "rate",
    "gather",
    "award",
    "grant",
    "reassign",
    "appoint",
    "hand",
    "reroute",
    "reconcile",
    "refund",
    "recall",
    "unpublish",
    "sinkhole",
    "ring-fence",
    "interview",
    "order",
    "organize",
    "sweep",
    "regenerate",
    "renew",
    "retire",
    "inspect",
    "measure",
    "calculate",
    "estimate",
    "clarify",
    "align",
    "instruct",
    "authorize",
    "supply",
    "attend",
    "join",
    "lead",
    "own",
];
/// Bases that are as often nouns: an order only before a determiner or pronoun.
const AMBIGUOUS: &[&str] = &[
    "contact",
    "call",
    "page",
    "issue",
    "file",
    "change",
    "use",
    "block",
    "report",
    "return",
    "update",
    "cut",
    "request",
    "test",
    "audit",
    "sign",
    "tag",
    "patch",
    "fix",
    "limit",
    "increase",
    "record",
    "log",
    "document",
    "store",
    "copy",
    "image",
    "snapshot",
    "hash",
    "move",
    "transfer",
    "watch",
    "schedule",
    "work",
    "help",
    "support",
    "offer",
    "alert",
    "search",
    "hunt",
    "answer",
    "post",
    "respond",
    "export",
    "delay",
    "note",
    "draft",
    "check",
    "review",
    "scan",
    "brief",
    "stop",
    "start",
    "hold",
    "reset",
    "monitor",
    "email",
    "share",
    "reply",
    "halt",
    "pause",
    "set",
    "reach",
    "track",
    "route",
    "rate",
    "secure",
    "open",
    "clean",
    "complete",
    "pin",
    "lock",
    "run",
    "roll",
    "hand",
    "refund",
    "recall",
    "interview",
    "order",
    "sweep",
    "measure",
    "estimate",
    "supply",
    "lead",
    "own",
    "grant",
];

/// Whether the word can be a verb's base form.
pub(crate) fn is_base(word: &str) -> bool {
    BASES.contains(&word)
}

/// Whether the base is as often a noun.
pub(crate) fn is_ambiguous(word: &str) -> bool {
    AMBIGUOUS.contains(&word)
}

/// What a word after "is" or standing alone says of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Done,
    Planned,
    NotDone,
    Hedged,
}

/// The status word beginning at `i`, with its length.
pub(crate) fn status(tokens: &[Token], i: usize) -> Option<(Status, usize)> {
    let w = |k: usize| tokens.get(i + k).map_or("", |t| t.text.as_str());
    let two = match (w(0), w(1)) {
        ("in", "progress")
        | ("under", "way")
        | ("on", "track")
        | ("to", "follow")
        | ("to", "come")
        | ("in", "preparation")
        | ("to", "do")
        | ("in", "hand") => Some(Status::Planned),
        ("under", "investigation" | "review") => Some(Status::Hedged),
        ("on", "hold") | ("yet", "to") => Some(Status::NotDone),
        ("open" | "unresolved", _) if i > 0 && (1..=3).any(|k| is_question(tokens, i, k)) => {
            return Some((Status::NotDone, 1));
        }
        ("in", "place" | "effect" | "force") => Some(Status::Done),
        _ => None,
    };
    if let Some(s) = two {
        return Some((s, 2));
    }
    if matches!((w(0), w(1), w(2)), ("on", "its" | "their" | "the", "way")) {
        return Some((Status::Planned, 3));
    }
    let one = match w(0) {
        "due" | "pending" | "underway" | "ongoing" | "imminent" | "forthcoming" | "upcoming" | "next" | "scheduled"
        | "planned" | "expected" | "required" | "needed" | "intended" | "supposed" | "meant" | "todo"
        | "anticipated" | "proposed" | "queued" | "awaiting" | "ready" | "recommended" | "eta" | "tasked"
        | "requested" | "necessary" | "essential" | "set" => Status::Planned,
        "outstanding" | "incomplete" | "overdue" | "impossible" | "unable" | "absent" | "missing" | "false"
        | "untrue" | "incorrect" | "postponed" | "delayed" | "deferred" | "late" | "refused" | "rejected"
        | "unlikely" | "stalled" | "blocked" | "canceled" => Status::NotDone,
        "unclear" | "possible" | "likely" | "unconfirmed" | "uncertain" | "suspected" | "unknown" | "probable"
        | "believed" | "thought" | "alleged" | "rumored" | "tbc" | "tbd" | "unsure" | "doubtful" | "plausible"
        | "conceivable" | "potential" | "unverified" | "presumed" | "assumed" | "considered" | "estimated" => {
            Status::Hedged
        }
        "done" | "complete" | "completed" | "finished" | "contained" | "live" | "active" | "offline" | "closed"
        | "resolved" | "effective" | "\u{2713}" | "yes" | "sent" | "online" => Status::Done,
        _ => return None,
    };
    Some((one, 1))
}

/// Whether a word shortly before `i` is something to be answered ("root cause open").
fn is_question(tokens: &[Token], i: usize, back: usize) -> bool {
    let w = i.checked_sub(back).and_then(|k| tokens.get(k)).map_or("", |t| t.text.as_str());
    matches!(
        w,
        "cause" | "causes" | "question" | "questions" | "scope" | "extent" | "point" | "points" | "vector" | "origin"
    )
}

/// Adverbs and adjectives of doubt.
pub(crate) fn is_hedge(word: &str) -> bool {
    matches!(
        word,
        "probably"
            | "possibly"
            | "perhaps"
            | "apparently"
            | "allegedly"
            | "reportedly"
            | "presumably"
            | "maybe"
            | "potentially"
            | "seemingly"
            | "supposedly"
            | "likely"
            | "possible"
            | "potential"
            | "alleged"
            | "unconfirmed"
            | "suspected"
            | "partially"
            | "partly"
            | "conceivably"
            | "purportedly"
            | "tentatively"
            | "hopefully"
            | "arguably"
            | "unclear"
            | "plausibly"
    )
}

/// Whether a word after "to" is a noun by its ending ("to customers", "to production").
pub(crate) fn looks_noun(word: &str) -> bool {
    const VERBS: &[&str] = &[
        "monitor",
        "alter",
        "recover",
        "transfer",
        "offer",
        "enter",
        "consider",
        "deliver",
        "discover",
        "filter",
        "order",
        "answer",
        "trigger",
        "refer",
        "gather",
        "remember",
        "register",
        "uncover",
        "question",
        "mention",
        "document",
        "implement",
        "supplement",
        "comment",
        "hinder",
        "deter",
        "cover",
        "focus",
        "caution",
        "position",
        "function",
        "power",
        "render",
        "lower",
        "tender",
        "favor",
        "harbor",
        "anchor",
        "tailor",
        "error",
        "bias",
        "canvas",
        "encounter",
        "transition",
        "provision",
        "partition",
        "better",
        "differ",
        "suffer",
        "defer",
        "infer",
        "prefer",
        "confer",
        "counter",
        "bother",
        "commission",
        "requisition",
        "air",
        "pair",
        "repair",
        "clear",
        "hear",
        "bear",
        "appear",
        "wear",
        "tear",
        "swear",
        "augment",
        "experiment",
        "harbour",
    ];
    const NOUNS: &[&str] = &[
        "data",
        "legal",
        "counsel",
        "law",
        "staff",
        "people",
        "europe",
        "date",
        "noon",
        "midnight",
        "other",
        "others",
        "ico",
        "press",
        "media",
        "public",
        "zero",
        "internet",
        "hand",
        "normal",
        "today",
        "business",
        "manual",
        "service",
        "production",
        "staging",
        "full",
        "live",
        "external",
        "internal",
        "unknown",
        "outside",
        "previous",
        "severity",
    ];
    if VERBS.contains(&word) {
        return false;
    }
    let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    let ending = word.len() > 5
        && ["tion", "sion", "ment", "ity", "ness", "ance", "ence", "er", "or", "ist", "ship"]
            .iter()
            .any(|e| word.ends_with(e));
    plural || ending || NOUNS.contains(&word) || word.bytes().any(|b| b.is_ascii_digit())
}
