//! What a report is made of, before it is Markdown or HTML.
//!
//! [`Words`] keep two things apart by type: words of this crate's own source (`&'static str`) and everything
//! else. A section cannot put a player's text on the page as its own.

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    /// This crate's own words.
    Own(&'static str),
    /// Anything else: masked, made visible and escaped where it is written.
    Data(String),
}

impl From<&'static str> for Words {
    fn from(own: &'static str) -> Self {
        Self::Own(own)
    }
}
impl From<String> for Words {
    fn from(data: String) -> Self {
        Self::Data(data)
    }
}
impl From<&String> for Words {
    fn from(data: &String) -> Self {
        Self::Data(data.clone())
    }
}

/// The meaning of a colour; the words beside it always say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tone {
    /// As it should be.
    Good,
    /// In part.
    Half,
    /// Not as it should be.
    Bad,
    /// Does not count.
    Quiet,
}

/// How a run of words looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Strong,
    Soft,
    Small,
    Code,
    Badge(Tone),
    /// A new line inside a cell or an item.
    Break,
}

/// Words in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) words: Words,
    pub(crate) style: Style,
}

/// A line of text, or a table's cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line(pub(crate) Vec<Run>);

impl Line {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    fn with(mut self, words: impl Into<Words>, style: Style) -> Self {
        self.0.push(Run { words: words.into(), style });
        self
    }

    pub(crate) fn say(self, words: impl Into<Words>) -> Self {
        self.with(words, Style::Plain)
    }

    pub(crate) fn strong(self, words: impl Into<Words>) -> Self {
        self.with(words, Style::Strong)
    }

    pub(crate) fn soft(self, words: impl Into<Words>) -> Self {
        self.with(words, Style::Soft)
    }

    pub(crate) fn small(self, words: impl Into<Words>) -> Self {
        self.with(words, Style::Small)
    }

    pub(crate) fn code(self, words: impl Into<Words>) -> Self {
        self.with(words, Style::Code)
    }

    pub(crate) fn badge(self, tone: Tone, words: impl Into<Words>) -> Self {
        self.with(words, Style::Badge(tone))
    }

    pub(crate) fn then(self) -> Self {
        self.with("", Style::Break)
    }

    pub(crate) fn join(mut self, other: Line) -> Self {
        self.0.extend(other.0);
        self
    }
}

impl From<&'static str> for Line {
    fn from(own: &'static str) -> Self {
        Self::new().say(own)
    }
}
impl From<String> for Line {
    fn from(data: String) -> Self {
        Self::new().say(data)
    }
}
impl From<&String> for Line {
    fn from(data: &String) -> Self {
        Self::new().say(data)
    }
}

/// A table. The first cell of each row names the row.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) caption: &'static str,
    pub(crate) head: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<Line>>,
    /// Set small, for long tables.
    pub(crate) small: bool,
    /// Width of each column in percent; empty: as the contents ask for.
    pub(crate) widths: &'static [u8],
}

/// A picture, drawn for HTML. Its contents always stand in words near it, for Markdown and for those who do
/// not see it.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) svg: String,
    pub(crate) caption: Line,
}

/// What a reader of a text marked in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MarkKind {
    /// Worth a look, no points either way.
    Form,
    /// The nearest to something that was missed.
    Near,
    /// Half the points of an element.
    Half,
    /// All points of an element.
    Earned,
    /// Disagrees with the record, or said too early.
    Contradiction,
    /// Must not be said.
    Prohibited,
    /// Earns nothing: copied, repeated, not a sentence.
    Gated,
}

/// A piece of a text with the marks that lie on it. Already without names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// The gravest kind on it.
    pub(crate) kind: Option<MarkKind>,
    /// The very words that matched.
    pub(crate) matched: bool,
    /// Numbers of the marks that end here.
    pub(crate) ends: Vec<(usize, MarkKind)>,
}

/// A block of a section.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// A heading inside a section.
    Heading(Line),
    /// A paragraph.
    Para(Line),
    /// The paragraph to read if only one is read.
    Lead(Line),
    /// A remark in small print.
    Note(Line),
    /// A list.
    List(Vec<Line>),
    /// A list whose numbers are meant.
    Numbered(Vec<Line>),
    /// Terms and what they are.
    Terms(Vec<(&'static str, Line)>),
    Table(Table),
    Figure(Figure),
    /// Authored or typed text of several lines, as it stands.
    Quote(String),
    /// A text with the marks in it.
    Marked(Vec<Piece>),
    /// Blocks that belong together on a page.
    Together(Vec<Block>),
}

/// A section of the report.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// For links inside the document.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) blocks: Vec<Block>,
    /// Begins on a new page.
    pub(crate) page: bool,
}

/// The whole report.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) title: String,
    /// Under the title.
    pub(crate) subtitle: String,
    pub(crate) sections: Vec<Section>,
}
