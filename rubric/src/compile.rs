//! From an author's rubric to something that reads.

use crate::fact::CompiledFact;
use crate::pattern::{Atoms, Names, Pattern, compile};
use crate::reading::{Fault, FormCheck};
use crate::rubric::{FactKind, ProductKind, Rubric, Vague};
use crate::word::Stems;
use std::collections::BTreeSet;

/// Most elements, facts or prohibitions in one rubric.
pub(crate) const MAX_ITEMS: usize = 100;
/// Most patterns in one list.
const MAX_PATTERNS: usize = 60;
/// Most example sentences in one list.
const MAX_EXAMPLES: usize = 200;
/// The file shape this crate reads.
const SCHEMA: u32 = 1;

/// A rubric ready to read texts. Cheap to keep, costly to make: compile once.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub(crate) rubric: Rubric,
    pub(crate) atoms: Atoms,
    pub(crate) elements: Vec<Rules>,
    pub(crate) prohibited: Vec<Rules>,
    pub(crate) facts: Vec<CompiledFact>,
    pub(crate) house: House,
    /// Points in hundredths for each check of form that is looked at.
    pub(crate) form: Vec<(FormCheck, i32)>,
}

/// Patterns that count and patterns that spoil.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) any: Vec<Pattern>,
    pub(crate) none: Vec<Pattern>,
    /// An answer without the time, name or number that is needed earns half.
    pub(crate) vague: bool,
}

/// Patterns the crate brings along.
#[derive(Clone, Debug)]
pub(crate) struct House {
    pub(crate) grader: Vec<Pattern>,
    /// Words to the grader only where they are an order.
    pub(crate) grader_order: Vec<Pattern>,
    pub(crate) next_update: Vec<Pattern>,
    pub(crate) ask: Vec<Pattern>,
    pub(crate) owner: Vec<Pattern>,
    pub(crate) empty: Vec<Pattern>,
    pub(crate) eta: Vec<Pattern>,
    pub(crate) absolute: Vec<Pattern>,
}

/// Exact forms, because "examines" has the stem of "examiner": models score, and people examine, in honest reports.
const GRADER: &[&str] = &[
    "=ignore|=disregard|=forget|=override + previous|prior|above + instruction*|rubric*|prompt|grading|marking ~8",
    "=ignore|=disregard|=forget + previous|prior|above + criteria ~8",
    "=ignore|=disregard|=forget|=override + rubric*|marking_criteria|grading_criteria|marking_scheme ~8",
    "=grader|=graders|=marker|=markers|=examiner|=examiners|=scorer|=autograder|scoring_system|grading_system|=whoever_grades|=whoever_marks|=whoever_scores|=whoever_reads + award|give|assign|grant|deserve|merit|treat|consider|must|should|please|count + full|maximum|top|perfect|=marks|score|points|credit|earned|correct|element*|criteria|rubric ~16",
    "this|answer|response|message|text|submission > =meets|=satisfies|=fulfils|=fulfills|=contains|=covers|=addresses > all|every > criteria|criterion|rubric|keywords|required_elements|grading|marking ~14",
    "you_are_a_grader|you_are_an_ai|you_are_the_grader|as_an_ai|as_a_grader",
    "this|answer|response|message|submission|text > =deserves|=merits|=earns > full|maximum|top|perfect > =marks|score|points|credit ~10",
];
const GRADER_ORDER: &[&str] = &[
    "award|give|grant|assign|score|mark|rate + full|maximum|top|perfect + =mark|=marks|score|points|rating|credit ~8",
    "give|assign|award|score|grade|mark|rate + me|us|this|it|message|answer|response|text|submission + 10|100|full|maximum|perfect|top ~10",
];
const NEXT_UPDATE: &[&str] = &[
    "update*|sitrep|bulletin|briefing|report_back|write_again|write_to_you|contact_you|get_back|come_back|hear_from|brief_you|report_again|speak_again|post_again|next_report|next_message|next_communication|next_statement|reconvene|more_information|further_information|tell_you_more",
];
const ASK: &[&str] = &[
    "@approve|@decide|@ask|authority|need_you|please + approve|approval|decide|decision|confirm|authorize|agree|sign_off|consent|release|choose|permission|mandate|funding|budget|support|direction|you|your|board|steer ~14",
    "decision_needed|decision_required|decision_requested|for_decision|approval_needed|approval_requested|ask|action_required|recommendation",
];
const OWNER: &[&str] = &[
    "owner|owned|lead|led|leads|leading|responsible|accountable|commander|contact|coordinat*|point_of_contact|assigned|in_charge|spokesperson|reach|call|email|dpo|data_protection_officer|signed|on_call|helpdesk|questions",
];
const EMPTY: &[&str] = &[
    "take|takes|taking > security|privacy|safety|this > seriously ~8",
    "security|privacy|safety > our|top|highest|number > priority ~7",
    "apologize|sorry > any > inconvenience ~7",
    "abundance_of_caution",
    "world_class|industry_leading|best_in_class|state_of_the_art",
    "working > around_the_clock|tirelessly|diligently ~3",
    "valued > customers|customer|clients ~2",
    "robust|rigorous > security|measures|processes ~4",
    "no_comment",
    "keep_you_posted|in_due_course|as_soon_as_possible|watch_this_space",
];
const ETA: &[&str] = &[
    "will|expect|should > fix*|resolv*|restor*|back|normal|recover*|solved|repaired|operational > by|within|in|before ~10",
];
const ABSOLUTE: &[&str] = &[
    "fully|completely|totally|entirely|absolutely|100% + secure|safe|protected|contained|resolved ~4",
    "no|zero + risk|impact|danger ~3",
    "never|cannot|not > happen > again ~6",
    "guarantee*",
    "no|none + data|information|record|records + accessed|stolen|lost|taken|affected|compromised|exposed ~8",
    "nothing_to_worry|no_need_to_worry|no_cause_for_concern|no_reason_to_worry",
];

struct Builder<'a> {
    rubric: &'a Rubric,
    stems: Stems,
    atoms: Atoms,
    faults: Vec<Fault>,
}

impl Compiled {
    /// Compiles a rubric, or says everything that is wrong with it.
    ///
    /// # Errors
    /// All faults of level [`crate::Level::Error`] at once; run [`crate::lint`] for the warnings too.
    pub fn new(rubric: &Rubric) -> Result<Self, Vec<Fault>> {
        let mut b = Builder { rubric, stems: Stems::new(), atoms: Atoms::default(), faults: Vec::new() };
        b.check_shape();
        if !b.faults.is_empty() {
            return Err(b.faults);
        }
        let elements = b.elements();
        let prohibited = b.prohibited();
        let facts = b.facts();
        let house = b.house();
        if !b.faults.is_empty() {
            return Err(b.faults);
        }
        let form = form_points(rubric);
        Ok(Self { rubric: rubric.clone(), atoms: b.atoms, elements, prohibited, facts, house, form })
    }

    /// The rubric as the author wrote it.
    #[must_use]
    pub fn rubric(&self) -> &Rubric {
        &self.rubric
    }
}

impl Builder<'_> {
    fn fault(&mut self, path: impl Into<String>, message: impl Into<String>, hint: impl Into<String>) {
        self.faults.push(Fault::error(path, message, hint));
    }

    fn check_shape(&mut self) {
        let r = self.rubric;
        if r.schema != SCHEMA {
            self.fault(
                "schema",
                format!("schema {} is not known", r.schema),
                format!("this program reads schema {SCHEMA}"),
            );
        }
        if r.id.trim().is_empty() {
            self.fault("id", "the rubric has no id", "give it a short name");
        }
        for (name, n) in [("elements", r.elements.len()), ("facts", r.facts.len()), ("prohibited", r.prohibited.len())]
        {
            if n > MAX_ITEMS {
                self.fault(name, format!("{n} entries are more than {MAX_ITEMS}"), "split the rubric in two");
            }
        }
        if r.lexicon.len() > 500 || r.lexicon.values().any(|l| l.len() > 200) {
            self.fault("lexicon", "the lexicon is too large", "at most 500 names with 200 words each");
        }
        let (low, high) = r.combine.scale;
        if high <= low {
            self.fault(
                "combine.scale",
                format!("the scale {low}..{high} has no room"),
                "write the lowest, then the highest result",
            );
        }
        if r.combine.per_sentence_max_elements == 0 {
            self.fault("combine.per_sentence_max_elements", "0 would let no sentence earn anything", "use 3");
        }
        if r.length.max_words > 0 && r.length.min_words > r.length.max_words {
            self.fault("length", "min_words is greater than max_words", "swap them");
        }
        if !(2..=12).contains(&r.copy.shingle) || !(10..=100).contains(&r.copy.max_ratio.0) {
            self.fault(
                "copy",
                "shingle must be 2 to 12 words and max_ratio 0.1 to 1",
                "leave copy out to use 4 and 0.6",
            );
        }
        self.check_ids();
        self.check_caps();
        self.check_bands();
    }

    fn check_ids(&mut self) {
        let r = self.rubric;
        let lists: [(&str, Vec<&str>); 3] = [
            ("elements", r.elements.iter().map(|e| e.id.as_str()).collect()),
            ("facts", r.facts.iter().map(|f| f.id.as_str()).collect()),
            ("prohibited", r.prohibited.iter().map(|p| p.id.as_str()).collect()),
        ];
        for (list, ids) in lists {
            let mut seen = BTreeSet::new();
            for (i, id) in ids.into_iter().enumerate() {
                if id.trim().is_empty() {
                    self.fault(format!("{list}[{i}].id"), "the id is empty", "give it a short name");
                } else if !seen.insert(id) {
                    self.fault(
                        format!("{list}[{i}].id"),
                        format!("the id \"{id}\" is used twice"),
                        "ids must differ within a list",
                    );
                }
            }
        }
        for (i, e) in r.elements.iter().enumerate() {
            if e.points.0 <= 0 {
                self.fault(
                    format!("elements[{i}].points"),
                    "an element is worth more than 0 points",
                    "for what must not be said use prohibited",
                );
            }
            if e.examples_ok.len() > MAX_EXAMPLES || e.examples_no.len() > MAX_EXAMPLES {
                self.fault(
                    format!("elements[{i}]"),
                    format!("more than {MAX_EXAMPLES} examples"),
                    "keep the telling ones",
                );
            }
        }
    }

    fn check_caps(&mut self) {
        for (i, c) in self.rubric.combine.caps.iter().enumerate() {
            let path = format!("combine.caps[{i}]");
            let given = usize::from(c.if_missing.is_some())
                + usize::from(c.if_prohibited.is_some())
                + usize::from(c.if_flag.is_some());
            if given != 1 {
                self.fault(
                    &path,
                    format!("a cap needs exactly one condition, this has {given}"),
                    "use if_missing, if_prohibited or if_flag",
                );
            }
            if let Some(id) = &c.if_missing
                && !self.rubric.elements.iter().any(|e| e.id == *id)
            {
                self.fault(
                    format!("{path}.if_missing"),
                    format!("there is no element \"{id}\""),
                    "use the id of an element",
                );
            }
        }
    }

    fn check_bands(&mut self) {
        let bands = &self.rubric.bands;
        if bands.windows(2).any(|w| matches!(w, [a, b] if a.0 >= b.0)) {
            self.fault("bands", "the bands do not rise", "write them from the lowest points to the highest");
        }
        if bands.first().is_some_and(|b| b.0 > self.rubric.combine.scale.0) {
            self.fault(
                "bands[0]",
                "the lowest results have no band",
                "let the first band begin at the bottom of the scale",
            );
        }
    }

    fn patterns(&mut self, list: &[String], path: &str) -> Vec<Pattern> {
        if list.len() > MAX_PATTERNS {
            self.fault(path, format!("more than {MAX_PATTERNS} patterns"), "put synonyms into one group with |");
            return Vec::new();
        }
        let names = Names { own: &self.rubric.lexicon };
        let mut out = Vec::new();
        for (i, p) in list.iter().enumerate() {
            match compile(p, &format!("{path}[{i}]"), &names, &self.stems, &mut self.atoms) {
                Ok(p) => out.push(p),
                Err(f) => self.faults.push(f),
            }
        }
        out
    }

    fn elements(&mut self) -> Vec<Rules> {
        let r = self.rubric;
        let mut out = Vec::new();
        for (i, e) in r.elements.iter().enumerate() {
            if e.any_of.is_empty() {
                self.fault(
                    format!("elements[{i}].any_of"),
                    "an element needs at least one pattern",
                    "write what the sentence must contain",
                );
            }
            let any = self.patterns(&e.any_of, &format!("elements[{i}].any_of"));
            let none = self.patterns(&e.none_of, &format!("elements[{i}].none_of"));
            let vague = e.vague == Some(Vague::Half);
            out.push(Rules { any, none, vague });
        }
        out
    }

    fn prohibited(&mut self) -> Vec<Rules> {
        let r = self.rubric;
        let mut out = Vec::new();
        for (i, p) in r.prohibited.iter().enumerate() {
            if p.any_of.is_empty() {
                self.fault(
                    format!("prohibited[{i}].any_of"),
                    "a prohibition needs at least one pattern",
                    "write what must not be said",
                );
            }
            let any = self.patterns(&p.any_of, &format!("prohibited[{i}].any_of"));
            let none = self.patterns(&p.none_of, &format!("prohibited[{i}].none_of"));
            out.push(Rules { any, none, vague: false });
        }
        out
    }

    fn facts(&mut self) -> Vec<CompiledFact> {
        let r = self.rubric;
        let mut out = Vec::new();
        for (i, f) in r.facts.iter().enumerate() {
            let path = format!("facts[{i}]");
            let cues = self.patterns(&f.cues, &format!("{path}.cues"));
            if f.cues.is_empty() && f.kind != FactKind::Name {
                self.fault(format!("{path}.cues"), "a fact needs cues", "write the words that stand beside its value");
            }
            match CompiledFact::new(f, cues, &path) {
                Ok(c) => out.push(c),
                Err(e) => self.faults.push(e),
            }
        }
        out
    }

    fn house(&mut self) -> House {
        let empty = std::collections::BTreeMap::new();
        let names = Names { own: &empty };
        let mut list = |sources: &[&str]| -> Vec<Pattern> {
            sources.iter().filter_map(|p| compile(p, "built in", &names, &self.stems, &mut self.atoms).ok()).collect()
        };
        House {
            grader: list(GRADER),
            grader_order: list(GRADER_ORDER),
            next_update: list(NEXT_UPDATE),
            ask: list(ASK),
            owner: list(OWNER),
            empty: list(EMPTY),
            eta: list(ETA),
            absolute: list(ABSOLUTE),
        }
    }
}

/// Which checks of form are looked at, and what each is worth.
fn form_points(r: &Rubric) -> Vec<(FormCheck, i32)> {
    use FormCheck::{Ask, BottomLine, Jargon, Length, NextUpdate, Owner, Readability};
    use ProductKind as K;
    let f = &r.form;
    let given = [
        (Length, f.length),
        (BottomLine, f.bottom_line),
        (NextUpdate, f.next_update),
        (Owner, f.owner),
        (Ask, f.ask),
        (Jargon, f.jargon),
        (Readability, f.readability),
    ];
    if given.iter().any(|(_, p)| p.0 > 0) {
        return given.iter().filter(|(_, p)| p.0 > 0).map(|(c, p)| (*c, p.0)).collect();
    }
    let fits = |c: FormCheck| match c {
        Length => r.length.min_words > 0 || r.length.max_words > 0,
        BottomLine => !matches!(r.kind, K::RegulatorNotice),
        NextUpdate => !matches!(r.kind, K::RegulatorNotice | K::PartnerNotice),
        Owner => matches!(r.kind, K::ExecBrief | K::Sitrep | K::RegulatorNotice | K::InternalNotice),
        Ask => r.kind == K::ExecBrief,
        Jargon => r.audience.max_jargon_per_100.is_some(),
        Readability => r.audience.grade_band.is_some(),
    };
    let checks: Vec<FormCheck> = given.iter().map(|(c, _)| *c).filter(|c| fits(*c)).collect();
    let span = r.combine.scale.1.0.saturating_sub(r.combine.scale.0.0);
    let content = r.elements.iter().fold(0i32, |n, e| n.saturating_add(e.points.0));
    let left = if f.leftover { span.saturating_sub(content).clamp(0, span / 5) } else { 0 };
    // Readability says least about quality (r about 0.5 with human judgements): half a share.
    let weight = |c: FormCheck| if c == Readability { 1 } else { 2 };
    let total: i32 = checks.iter().map(|c| weight(*c)).sum::<i32>().max(1);
    let mut out: Vec<(FormCheck, i32)> = checks.iter().map(|c| (*c, left * weight(*c) / total)).collect();
    let rest = left - out.iter().map(|(_, p)| p).sum::<i32>();
    if let Some(first) = out.first_mut() {
        first.1 += rest;
    }
    out
}
