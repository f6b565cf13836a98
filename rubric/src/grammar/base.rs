//! Base forms that can be orders.

use super::wordlist::Words;

static BASES: Words = Words::new(
    "isolate revoke rotate contain restore disable enable suspend withdraw remove delete freeze halt stop pause \
     preserve collect capture investigate identify confirm verify validate notify inform tell escalate declare \
     approve decide ask recommend publish send issue file submit prepare draft deploy roll revert retrain scan check \
     monitor ensure keep maintain reset change use avoid contact call email page engage hold convene meet brief \
     consult quarantine block take bring provide give share continue begin start complete finish finalize establish \
     determine assess review analyze examine trace compare rebuild reimage wipe replace update report return reissue \
     invalidate cut pull shut switch turn lock open close set make get obtain request require test audit sign tag pin \
     patch fix remediate mitigate limit reduce increase extend add apply run record log document store copy image \
     snapshot hash move transfer disconnect unplug activate invoke expect look watch treat do go await wait tighten \
     strengthen harden coordinate assign arrange schedule agree discuss consider evaluate explore respond reply \
     answer write post work help support offer advise warn alert search hunt seek find recover reinstate resume \
     promote drain cancel refuse deny export secure protect retain purge clean delay postpone reach note see read \
     visit forward speak apologize track re-enable migrate redirect route refrain rate gather award grant reassign \
     appoint hand reroute reconcile refund recall unpublish sinkhole ring-fence interview order organize sweep \
     regenerate renew retire inspect measure calculate estimate clarify align instruct authorize supply attend join \
     lead own",
);
/// Bases that are as often nouns: an order only before a determiner or pronoun.
static AMBIGUOUS: Words = Words::new(
    "contact call page issue file change use block report return update cut request test audit sign tag patch fix \
     limit increase record log document store copy image snapshot hash move transfer watch schedule work help support \
     offer alert search hunt answer post respond export delay note draft check review scan brief stop start hold \
     reset monitor email share reply halt pause set reach track route rate secure open clean complete pin lock run \
     roll hand refund recall interview order sweep measure estimate supply lead own grant",
);

/// Whether the word can be a verb's base form.
pub(crate) fn is_base(word: &str) -> bool {
    BASES.has(word)
}

/// Whether the base is as often a noun.
pub(crate) fn is_ambiguous(word: &str) -> bool {
    AMBIGUOUS.has(word)
}
