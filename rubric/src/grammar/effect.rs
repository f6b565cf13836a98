//! What verbs do to what they govern.

use super::wordlist::Words;
use std::collections::HashMap;
use std::sync::OnceLock;

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

static REPORT: Words = Words::new(
    "confirm report say state know establish determine verify find discover announce note learn see show tell inform \
     notify understand recognize acknowledge advise reveal indicate demonstrate conclude identify document record \
     warn alert explain regret assure stress observe detect prove add reassure write remember realize notice declare",
);
static PLAN: Words = Words::new(
    "plan intend aim expect agree decide want need prepare propose recommend ask request order instruct urge schedule \
     approve authorize commit promise offer arrange attempt try seek hope require await wait encourage invite task \
     direct draft choose look push owe call set due suppose oblige anticipate tell advise strive endeavor volunteer \
     forecast ensure insist",
);
static BEGIN: Words = Words::new("start begin initiate commence continue launch proceed resume kick");
static DOUBT: Words = Words::new(
    "believe think suspect assume suppose estimate appear seem consider discuss evaluate debate explore assess guess \
     claim allege wonder doubt imagine speculate hypothesize rumor presume ponder feel fear imply suggest weigh \
     investigate check examine pretend",
);
static DENY: Words = Words::new(
    "fail refuse decline forget neglect avoid deny omit cancel postpone delay defer reject prevent abandon skip miss \
     lack rule exclude refute disprove cease retract",
);
/// Stems of planning verbs that end a matter.
static ENDS: Words = Words::new("approv author agre decid draft prepar commit choos");
/// Stems of planning verbs that are done by asking.
static ASKS: Words = Words::new(
    "ask request order instruct urg propos recommend promis offer arrang encourag invit task direct call tell advis \
     set",
);
/// Stems of verbs that are done by saying them.
static PERFORMATIVE: Words = Words::new(
    "we apologise we recommend we confirm recommend ask advis request confirm report notifi declar propos need urg \
     regret acknowledg recogn appreci thank inform requir seek invit encourag submit commit understand know take \
     accept promis deepli sincer remain hold file write",
);

/// The effect of a verb by its base form's stem.
pub(crate) fn effect(stem: &str, stems: &crate::word::Stems) -> Effect {
    static TABLE: OnceLock<HashMap<String, Effect>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut map = HashMap::new();
        // Later lists give way to earlier ones.
        for (list, e) in [
            (&DENY, Effect::Deny),
            (&DOUBT, Effect::Doubt),
            (&BEGIN, Effect::Begin),
            (&REPORT, Effect::Report),
            (&PLAN, Effect::Plan),
        ] {
            for w in list.list() {
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
    ENDS.has(stem) || past && ASKS.has(stem)
}

/// Verbs that can be orders or performatives as well as reports ("tell … to").
pub(crate) fn orders(word: &str, stem: &str) -> bool {
    matches!(stem, "tell" | "advis" | "direct" | "notifi" | "inform" | "warn") || word == "told"
}

/// Saying it is doing it: "we apologise", "we recommend", "we confirm".
pub(crate) fn is_performative(stem: &str) -> bool {
    PERFORMATIVE.has(stem) || stem.starts_with("apolog")
}
