//! Verbs of harm, and whose side is speaking.

use super::wordlist::Words;

/// Stems.
static HARM: Words = Words::new(
    "show display return leak expos serv exfiltr send produc fail generat respond behav affect impact disclos access \
     download upload siphon attack encrypt steal poison reveal give contain includ involv copi spread crash answer \
     recommend trigger bypass caus allow output emit transfer use target exploit abus tamper alter modifi corrupt \
     compromis activ degrad hit suffer experi see read provid make publish match mismatch point indic originat carri \
     hide ship inject mislead work run",
);
/// Stems.
static ATTACK: Words = Words::new(
    "steal exfiltr leak expos abus exploit tamper poison compromis corrupt disclos siphon attack extort misus hijack \
     degrad bypass mislead",
);
static OURS: Words = Words::new(
    "we i us team teams engineer engineers engineering analyst analysts soc counsel staff legal security responders \
     responder specialists specialist vendor comms forensics forensic investigators platform colleagues desk \
     administrators experts ops operations",
);

/// Verbs of harm and of how things behave: in the present tense they tell a fact.
pub(crate) fn is_harm(stem: &str) -> bool {
    HARM.has(stem)
}

/// Harm and nothing else: no responder does it.
pub(crate) fn is_attack(stem: &str) -> bool {
    ATTACK.has(stem)
}

/// The writer's side.
pub(crate) fn is_ours(word: &str) -> bool {
    OURS.has(word)
}
