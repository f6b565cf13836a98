//! How marks become one number, and what withholds them.

use crate::hundredths::Hundredths;
use serde::{Deserialize, Serialize};

use super::Severity;

/// How marks become one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Combine {
    /// The one method there is.
    #[serde(default)]
    pub method: Method,
    /// Lowest and highest result.
    #[serde(default = "Combine::default_scale")]
    pub scale: (Hundredths, Hundredths),
    /// Ceilings.
    #[serde(default)]
    pub caps: Vec<Cap>,
    /// One sentence cannot earn more elements than this.
    #[serde(default = "Combine::default_stuffing")]
    pub per_sentence_max_elements: u32,
}

impl Combine {
    fn default_scale() -> (Hundredths, Hundredths) {
        (Hundredths(0), Hundredths::whole(10))
    }

    fn default_stuffing() -> u32 {
        3
    }
}

impl Default for Combine {
    fn default() -> Self {
        Self {
            method: Method::default(),
            scale: Self::default_scale(),
            caps: Vec::new(),
            per_sentence_max_elements: Self::default_stuffing(),
        }
    }
}

/// How element points are added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// Points earned over points possible, stretched to the scale.
    #[default]
    WeightedSum,
}

/// A ceiling on the result. Exactly one condition is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// Holds when this element earned nothing.
    #[serde(default)]
    pub if_missing: Option<String>,
    /// Holds when a prohibited claim of at least this severity was made.
    #[serde(default)]
    pub if_prohibited: Option<Severity>,
    /// Holds when more than half of the words stand in sentences with this flag.
    #[serde(default)]
    pub if_flag: Option<Flag>,
    /// The result is at most this.
    pub max: Hundredths,
}

/// Why a sentence earns nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Flag {
    /// Words in an order no sentence has.
    WordSalad,
    /// Keywords in a row.
    KeywordList,
    /// Taken from what the writer was given.
    Copied,
    /// Said before in the same words.
    Duplicate,
    /// Speaks to whoever grades.
    GraderInstruction,
}

/// When a sentence counts as copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyRule {
    /// Which texts the caller should hand over as sources.
    #[serde(default = "CopyRule::default_sources")]
    pub sources: Vec<SourceKind>,
    /// Words per compared run.
    #[serde(default = "CopyRule::default_shingle")]
    pub shingle: u32,
    /// Share of a sentence's runs found in one source from which on it is a copy.
    #[serde(default = "CopyRule::default_ratio")]
    pub max_ratio: Hundredths,
}

impl CopyRule {
    fn default_sources() -> Vec<SourceKind> {
        vec![SourceKind::Injects, SourceKind::ScenarioBrief]
    }

    fn default_shingle() -> u32 {
        4
    }

    fn default_ratio() -> Hundredths {
        Hundredths(60)
    }
}

impl Default for CopyRule {
    fn default() -> Self {
        Self { sources: Self::default_sources(), shingle: Self::default_shingle(), max_ratio: Self::default_ratio() }
    }
}

/// What a writer may have copied from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceKind {
    /// Injects delivered to the writer.
    Injects,
    /// The brief everybody got.
    ScenarioBrief,
}

/// What an answer earns that says the right thing and leaves out the time, name or number that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Vague {
    /// Half the points.
    Half,
    /// Nothing.
    None,
}
