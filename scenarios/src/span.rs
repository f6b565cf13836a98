//! Where each value of a RON file stands in its text.
//!
//! Faults are found on the typed [`Scenario`](crate::model::Scenario), which has forgotten where it
//! was written. A [`Tree`] remembers: it is read from the same text, tolerates what the strict
//! reader would refuse, and answers for a [`Path`] such as `injects[3].trigger.After.0` with the
//! bytes of that very value, or of the nearest value around it.

use std::{fmt, ops::Range};

/// Values nested deeper than this are taken as one piece.
const MAX_DEPTH: usize = 96;
/// More values than this are not remembered; a file at the size limit has fewer.
const MAX_NODES: usize = 1_000_000;

/// The way to a value: fields, list indexes and enum variants.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(String);

impl Path {
    /// The whole file.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// A field of a struct, or the named variant of an enum.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        if self.0.is_empty() { Self(name.to_owned()) } else { Self(format!("{}.{name}", self.0)) }
    }

    /// An element of a list, counted from 0.
    #[must_use]
    pub fn index(&self, at: usize) -> Self {
        Self(format!("{}[{at}]", self.0))
    }

    /// An element of a tuple or of a variant's payload, counted from 0.
    #[must_use]
    pub fn part(&self, at: usize) -> Self {
        self.field(&at.to_string())
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Path {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// How a value is reached from the one around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A named field, or a map's key.
    Field(String),
    /// A position in a list or tuple.
    Index(usize),
    /// The payload of an enum variant, of `Some`, or of a named struct.
    Variant(String),
}

#[derive(Clone, Debug)]
struct Node {
    span: Range<usize>,
    children: Vec<(Key, Range<usize>, usize)>,
}

/// Every value of a RON text with its bytes.
#[derive(Clone, Debug)]
pub struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// Reads any text at all; what it cannot make sense of is skipped.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut reader = Reader { text: text.as_bytes(), at: 0, nodes: Vec::new() };
        reader.attributes();
        if reader.value(0).is_none() {
            reader.nodes.clear();
            reader.nodes.push(Node { span: 0..text.len().min(1), children: Vec::new() });
            return Self { nodes: reader.nodes };
        }
        // The root is read last of all values but looked for first.
        let last = reader.nodes.len() - 1;
        reader.nodes.swap(0, last);
        for node in &mut reader.nodes {
            for (_, _, child) in &mut node.children {
                *child = if *child == 0 { last } else { *child };
            }
        }
        Self { nodes: reader.nodes }
    }

    /// The bytes of the value at this path, or of the nearest value around it that there is.
    #[must_use]
    pub fn find(&self, path: &Path) -> Range<usize> {
        self.resolve(path).0.span.clone()
    }

    /// The bytes to show for a path: the value where it stands on one line; of a longer one its id, or
    /// the name of the field that holds it, which say more than a bracket.
    #[must_use]
    pub fn place(&self, text: &str, path: &Path) -> Range<usize> {
        let (node, whole) = self.resolve(path);
        let value = node.span.clone();
        if !text.get(value.clone()).is_some_and(|v| v.starts_with(['(', '[', '{']) && v.contains('\n')) {
            return value;
        }
        if let Some(id) = self.child(node, "id") {
            return id.span.clone();
        }
        let name = path.as_str().rsplit_once('.').map(|(parent, name)| (Path::from(parent), name));
        let (parent, name) = name.unwrap_or((Path::root(), path.as_str()));
        if whole && let Some(key) = self.key(&parent, name) { key } else { value.start..value.start + 1 }
    }

    /// The bytes of the value at exactly this path.
    #[must_use]
    pub fn exact(&self, path: &Path) -> Option<Range<usize>> {
        let (node, whole) = self.resolve(path);
        whole.then(|| node.span.clone())
    }

    /// The bytes of a field's name.
    #[must_use]
    pub fn key(&self, path: &Path, field: &str) -> Option<Range<usize>> {
        let node = self.resolve(path).0;
        let hit = |n: &Node| {
            n.children
                .iter()
                .find(|(key, ..)| matches!(key, Key::Field(name) if name == field))
                .map(|(_, span, _)| span.clone())
        };
        hit(node).or_else(|| self.inside(node).and_then(hit))
    }

    /// The fields of the struct at this path with the bytes of their names.
    pub fn fields(&self, path: &Path) -> impl Iterator<Item = (&str, Range<usize>)> {
        let node = self.resolve(path).0;
        let named = node.children.iter().any(|(key, ..)| matches!(key, Key::Field(_)));
        let node = if named { node } else { self.inside(node).unwrap_or(node) };
        node.children.iter().filter_map(|(key, span, _)| match key {
            Key::Field(name) => Some((name.as_str(), span.clone())),
            _ => None,
        })
    }

    /// How many elements the list at this path has.
    #[must_use]
    pub fn len_of(&self, path: &Path) -> usize {
        self.resolve(path).0.children.iter().filter(|(key, ..)| matches!(key, Key::Index(_))).count()
    }

    /// The bytes of every value; for tests.
    pub fn spans(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.nodes.iter().map(|n| n.span.clone())
    }

    /// The bytes of every value that holds no other.
    pub fn leaves(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.nodes.iter().filter(|n| n.children.is_empty()).map(|n| n.span.clone())
    }

    fn resolve(&self, path: &Path) -> (&Node, bool) {
        let mut node = &self.nodes[0];
        for step in steps(path.as_str()) {
            match self.step(node, step) {
                Some(next) => node = next,
                None => return (node, false),
            }
        }
        (node, true)
    }

    fn step(&self, node: &Node, step: &str) -> Option<&Node> {
        self.child(node, step).or_else(|| self.step_inside(node, step))
    }

    /// `Some(x)` and `Name(x: 1)` stand for their content.
    fn step_inside(&self, node: &Node, step: &str) -> Option<&Node> {
        let payload = self.inside(node)?;
        self.child(payload, step).or_else(|| {
            let content = self.child(payload, "0")?;
            self.child(content, step).or_else(|| self.child(self.inside(content)?, step))
        })
    }

    fn inside<'a>(&'a self, node: &Node) -> Option<&'a Node> {
        match node.children.as_slice() {
            [(Key::Variant(_), _, child)] => self.nodes.get(*child),
            _ => None,
        }
    }

    fn child<'a>(&'a self, node: &Node, step: &str) -> Option<&'a Node> {
        let at: Option<usize> = step.parse().ok();
        // In a list the position is the key: a long list must not be searched for each of its elements.
        if let Some((Key::Index(i), _, child)) = at.and_then(|at| node.children.get(at))
            && Some(*i) == at
        {
            return self.nodes.get(*child);
        }
        node.children
            .iter()
            .find(|(key, ..)| match key {
                Key::Field(name) | Key::Variant(name) => name == step,
                Key::Index(i) => Some(*i) == at,
            })
            .and_then(|(.., child)| self.nodes.get(*child))
    }
}

fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[', ']']).filter(|s| !s.is_empty())
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    nodes: Vec<Node>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn next_is(&self, text: &[u8]) -> bool {
        self.text[self.at..].starts_with(text)
    }

    /// Skips white space and comments; block comments nest.
    fn space(&mut self) {
        loop {
            if self.next_is(b"//") {
                while self.peek().is_some_and(|c| c != b'\n') {
                    self.at += 1;
                }
            } else if self.next_is(b"/*") {
                self.block_comment();
            } else if self.peek().is_some_and(|c| c.is_ascii_whitespace()) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.text.len() {
            if self.next_is(b"/*") {
                depth += 1;
                self.at += 2;
            } else if self.next_is(b"*/") {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.at += 1;
            }
        }
    }

    /// `#![enable(…)]` at the head of the file.
    fn attributes(&mut self) {
        if self.next_is("\u{feff}".as_bytes()) {
            self.at += 3;
        }
        loop {
            self.space();
            if !self.next_is(b"#!") {
                return;
            }
            while self.peek().is_some_and(|c| c != b']') {
                self.at += 1;
            }
            self.at = (self.at + 1).min(self.text.len());
        }
    }

    fn add(&mut self, span: Range<usize>, children: Vec<(Key, Range<usize>, usize)>) -> Option<usize> {
        if self.nodes.len() >= MAX_NODES {
            return None;
        }
        self.nodes.push(Node { span, children });
        Some(self.nodes.len() - 1)
    }

    /// Reads a value; `None` where none begins. Always moves on when it returns one.
    fn value(&mut self, depth: usize) -> Option<usize> {
        self.space();
        let from = self.at;
        match self.peek()? {
            b'(' | b'[' | b'{' => self.group(from, depth),
            b'"' => {
                self.string();
                self.add(from..self.at, Vec::new())
            }
            b'\'' => {
                self.character();
                self.add(from..self.at, Vec::new())
            }
            b')' | b']' | b'}' | b',' | b':' => None,
            b'r' | b'b' if self.raw_or_bytes() => self.add(from..self.at, Vec::new()),
            c if c == b'_' || c.is_ascii_alphabetic() || !c.is_ascii() => self.named(from, depth),
            _ => {
                self.scalar();
                self.add(from..self.at, Vec::new())
            }
        }
    }

    /// A bare word: `true`, a unit variant, or a variant or struct with its payload.
    fn named(&mut self, from: usize, depth: usize) -> Option<usize> {
        let name = self.word();
        let end = self.at;
        self.space();
        if self.peek() == Some(b'(') {
            let payload = self.at;
            let child = self.group(payload, depth + 1)?;
            return self.add(from..self.at, vec![(Key::Variant(name), from..end, child)]);
        }
        self.at = end;
        self.add(from..end, Vec::new())
    }

    fn word(&mut self) -> String {
        let from = self.at;
        while self.peek().is_some_and(|c| c == b'_' || c.is_ascii_alphanumeric() || !c.is_ascii()) {
            self.at += 1;
        }
        String::from_utf8_lossy(&self.text[from..self.at]).into_owned()
    }

    /// Anything else up to the next sign that divides values; at least one byte.
    fn scalar(&mut self) {
        self.at += 1;
        while self.peek().is_some_and(|c| {
            !c.is_ascii_whitespace() && !matches!(c, b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b':' | b'"')
        }) {
            self.at += 1;
        }
        // A byte inside a character is no place to stop.
        while self.peek().is_some_and(|c| (0x80..0xC0).contains(&c)) {
            self.at += 1;
        }
    }

    fn string(&mut self) {
        self.at += 1;
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                b'"' => return,
                b'\\' if self.at < self.text.len() => self.at += 1,
                _ => {}
            }
        }
        self.at = self.at.min(self.text.len());
    }

    fn character(&mut self) {
        let from = self.at;
        self.at += 1;
        if self.peek() == Some(b'\\') {
            self.at = (self.at + 2).min(self.text.len());
        }
        // A char is short; an apostrophe that closes nothing is taken alone.
        while self.at < self.text.len() && self.at < from + 12 {
            self.at += 1;
            if self.text[self.at - 1] == b'\'' {
                return;
            }
        }
        self.at = from + 1;
    }

    /// `r"…"`, `r#"…"#`, `b"…"`, `br#"…"#`; nothing is read when it is none of these.
    fn raw_or_bytes(&mut self) -> bool {
        let from = self.at;
        if self.peek() == Some(b'b') {
            self.at += 1;
        }
        let raw = self.peek() == Some(b'r');
        if raw {
            self.at += 1;
        }
        let mut hashes = 0;
        while raw && self.peek() == Some(b'#') {
            hashes += 1;
            self.at += 1;
        }
        if self.peek() != Some(b'"') {
            self.at = from;
            return false;
        }
        if raw {
            self.raw_string(hashes)
        } else {
            self.string()
        }
        true
    }

    fn raw_string(&mut self, hashes: usize) {
        self.at += 1;
        while let Some(c) = self.peek() {
            self.at += 1;
            let rest = &self.text[self.at..];
            if c == b'"' && rest.len() >= hashes && rest[..hashes].iter().all(|h| *h == b'#') {
                self.at += hashes;
                return;
            }
        }
    }

    /// A struct, tuple, list or map. A missing comma or closing sign is forgiven.
    fn group(&mut self, from: usize, depth: usize) -> Option<usize> {
        if depth >= MAX_DEPTH {
            self.at = self.text.len();
            return self.add(from..self.at, Vec::new());
        }
        let close = match self.text[from] {
            b'(' => b')',
            b'[' => b']',
            _ => b'}',
        };
        self.at += 1;
        let mut children = Vec::new();
        let mut count = 0;
        loop {
            self.space();
            match self.peek() {
                None => break,
                Some(c) if c == close => {
                    self.at += 1;
                    break;
                }
                // Another's closing sign: this group was never closed.
                Some(b')' | b']' | b'}') => break,
                Some(b',' | b':') => self.at += 1,
                Some(_) => self.element(close, depth, &mut count, &mut children)?,
            }
        }
        self.add(from..self.at, children)
    }

    fn element(
        &mut self,
        close: u8,
        depth: usize,
        count: &mut usize,
        children: &mut Vec<(Key, Range<usize>, usize)>,
    ) -> Option<()> {
        let from = self.at;
        if close == b')' && !(self.peek() == Some(b'r') && self.text.get(from + 1) == Some(&b'"')) {
            let name = self.word();
            let key = from..self.at;
            self.space();
            if !name.is_empty() && self.peek() == Some(b':') {
                self.at += 1;
                self.space();
                if matches!(self.peek(), None | Some(b')' | b']' | b'}' | b',')) {
                    return Some(());
                }
                let child = self.value(depth + 1)?;
                children.push((Key::Field(name), key, child));
                return Some(());
            }
            self.at = from;
        }
        let child = self.value(depth + 1)?;
        if close == b'}' {
            let key = from..self.at;
            self.space();
            if self.peek() == Some(b':') {
                let name = String::from_utf8_lossy(&self.text[key.clone()]).trim_matches('"').to_owned();
                self.at += 1;
                self.space();
                if matches!(self.peek(), None | Some(b')' | b']' | b'}' | b',')) {
                    return Some(());
                }
                let child = self.value(depth + 1)?;
                children.push((Key::Field(name), key, child));
                return Some(());
            }
        }
        children.push((Key::Index(*count), from..from, child));
        *count += 1;
        Some(())
    }
}

/// The line and column of a byte, both from 1; columns count characters.
#[must_use]
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    (line, text[start..at].chars().count() + 1)
}

/// The byte of a line and column, both from 1; the end of the text when there is no such place.
#[must_use]
pub fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line.max(1) {
        match text[start..].find('\n') {
            Some(n) => start += n + 1,
            None => return text.len(),
        }
    }
    text[start..].char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(n, _)| start + n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SAMPLE: &str = r##"// a comment with ( and "
#![enable(implicit_some)]
Scenario(
    id: "x", /* nested /* block */ "( */
    pair: ("1m", "2m"),
    injects: [
        (id: "INJ-01", trigger: At("5m"), body: r#"raw "quoted" ) text"#),
        (id: "INJ-02", trigger: After(Acted("pull"), "2m"), tlp: Some(Amber)),
        (trigger: Unless(done: Told("legal"), by: "10m"), decision: Some((id: "d", options: [(id: "o")]))),
    ],
    map: { "key": ["a", "b"], "other": [] },
)"##;

    fn at(path: &str) -> &'static str {
        let tree = Tree::read(SAMPLE);
        &SAMPLE[tree.exact(&path.into()).unwrap_or_else(|| panic!("{path} not found"))]
    }

    #[test]
    fn finds_values_where_they_are_written() {
        assert_eq!(at("id"), r#""x""#);
        assert_eq!(at("pair.1"), r#""2m""#);
        assert_eq!(at("injects[0].trigger"), r#"At("5m")"#);
        assert_eq!(at("injects[0].body"), r##"r#"raw "quoted" ) text"#"##);
        assert_eq!(at("injects[1].trigger.After.0"), r#"Acted("pull")"#);
        assert_eq!(at("injects[1].trigger.After.0.Acted.0"), r#""pull""#);
        assert_eq!(at("injects[1].trigger.After.1"), r#""2m""#);
        assert_eq!(at("injects[2].trigger.Unless.done.Told.0"), r#""legal""#);
        assert_eq!(at("injects[2].decision.options[0].id"), r#""o""#);
        assert_eq!(at("map.key[1]"), r#""b""#);
    }

    #[test]
    fn what_is_left_out_is_shown_at_the_value_around_it() {
        let tree = Tree::read(SAMPLE);
        assert_eq!(&SAMPLE[tree.find(&"injects[1].trigger.After.7.x".into())], r#"(Acted("pull"), "2m")"#);
        assert_eq!(tree.exact(&"injects[9]".into()), None);
    }

    #[test]
    fn a_lost_closing_sign_costs_one_element_not_the_file() {
        let text = "(a: [(x: 1, (x: 2)], b: 3)";
        let tree = Tree::read(text);
        assert_eq!(&text[tree.find(&"b".into())], "3");
    }

    #[test]
    fn deep_nesting_ends() {
        for open in ["(", "[", "{", "A("] {
            let text = open.repeat(100_000);
            assert!(Tree::read(&text).spans().all(|s| s.end <= text.len()));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[\\PC\n\"'#r()\\[\\]{},:\\\\/*]{0,200}") {
            let tree = Tree::read(&text);
            for span in tree.spans() {
                prop_assert!(span.start <= span.end && span.end <= text.len());
                let (line, column) = position(&text, span.start);
                prop_assert!(line >= 1 && column >= 1);
            }
        }

        #[test]
        fn a_cut_sample_is_read(cut in 0..SAMPLE.len()) {
            if SAMPLE.is_char_boundary(cut) {
                let text = &SAMPLE[..cut];
                prop_assert!(Tree::read(text).spans().all(|s| s.end <= text.len()));
            }
        }

        #[test]
        fn positions_and_bytes_agree(text in "[a-zé\n]{0,60}", at in 0_usize..60) {
            let mut at = at.min(text.len());
            while !text.is_char_boundary(at) { at -= 1; }
            let (line, column) = position(&text, at);
            prop_assert_eq!(byte_at(&text, line, column), at);
        }
    }
}
