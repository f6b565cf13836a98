//! The report as Markdown: CommonMark with tables and strikethrough, no HTML in it.

use super::escape;
use crate::{
    MARKING,
    block::{Block, Document, Line, MarkKind, Piece, Section, Style, Table, Words},
    ink::Ink,
};
use std::fmt::Write as _;

/// Writes the document.
pub(crate) fn render(document: &Document, ink: &Ink) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "**{MARKING}**\n");
    let _ = writeln!(out, "# After-action report and improvement plan: {}\n", data(ink, &document.title));
    let _ = writeln!(out, "{}\n", data(ink, &document.subtitle));
    for section in &document.sections {
        write_section(&mut out, section, ink);
    }
    let _ = writeln!(out, "**{MARKING}**");
    out
}

fn data(ink: &Ink, text: &str) -> String {
    escape::inline(&ink.data(text))
}

fn write_section(out: &mut String, section: &Section, ink: &Ink) {
    let _ = writeln!(out, "## {}\n", section.title);
    for block in &section.blocks {
        write_block(out, block, ink);
    }
}

fn write_block(out: &mut String, block: &Block, ink: &Ink) {
    match block {
        Block::Heading(text) => {
            let _ = writeln!(out, "### {}\n", line(text, ink, " · "));
        }
        Block::Para(text) | Block::Lead(text) => {
            let _ = writeln!(out, "{}\n", line(text, ink, " · "));
        }
        Block::Note(text) => {
            let _ = writeln!(out, "> {}\n", line(text, ink, " · "));
        }
        Block::List(items) => list(out, items.iter().map(|i| ("- ".to_owned(), i)), ink),
        Block::Numbered(items) => list(out, items.iter().enumerate().map(|(n, i)| (format!("{}. ", n + 1), i)), ink),
        Block::Terms(terms) => {
            for (term, text) in terms {
                let _ = writeln!(out, "- **{term}:** {}", line(text, ink, " · "));
            }
            out.push('\n');
        }
        Block::Table(table) => write_table(out, table, ink),
        Block::Figure(figure) => {
            let _ = writeln!(out, "*{}* The HTML report draws it.\n", line(&figure.caption, ink, " "));
        }
        Block::Quote(text) => quote(out, ink.data(text).lines().map(escape::inline)),
        Block::Marked(pieces) => {
            let text = marked(pieces);
            quote(out, text.into_iter());
        }
        Block::Together(blocks) => blocks.iter().for_each(|b| write_block(out, b, ink)),
    }
}

fn list<'a>(out: &mut String, items: impl Iterator<Item = (String, &'a Line)>, ink: &Ink) {
    for (bullet, item) in items {
        let indent = " ".repeat(bullet.len());
        // A backslash at the end of a line is a line break inside the item.
        let text = line(item, ink, &format!("\\\n{indent}"));
        let _ = writeln!(out, "{bullet}{text}");
    }
    out.push('\n');
}

fn write_table(out: &mut String, table: &Table, ink: &Ink) {
    let _ = writeln!(out, "**{}**\n", table.caption);
    let _ = writeln!(out, "| {} |", table.head.join(" | "));
    let _ = writeln!(out, "|{}", " --- |".repeat(table.head.len()));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| line(cell, ink, " · ")).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out.push('\n');
}

/// Lines of a quotation; each ends where it ended when it was typed.
fn quote(out: &mut String, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    for (n, text) in lines.iter().enumerate() {
        let spaces = text.len() - text.trim_start_matches(' ').len();
        let text = format!("{}{}", "&nbsp;".repeat(spaces.min(24)), text.trim());
        let last = lines.get(n + 1).is_none_or(|next| next.trim().is_empty());
        let end = if text.is_empty() || last { "" } else { "\\" };
        let _ = writeln!(out, "{}", format!("> {text}{end}").trim_end());
    }
    out.push('\n');
}

/// Pieces that differ only in the words that matched are one here: an address cut in two would no longer be
/// known as one.
fn whole(pieces: &[Piece]) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    for piece in pieces {
        match all.last_mut() {
            Some(last) if last.kind == piece.kind && last.ends.is_empty() => {
                last.text.push_str(&piece.text);
                last.ends.clone_from(&piece.ends);
            }
            _ => all.push(piece.clone()),
        }
    }
    all
}

/// A marked text, line by line: marked pieces stand in ⟦brackets⟧ with their numbers after them.
fn marked(pieces: &[Piece]) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut open: Option<MarkKind> = None;
    for piece in &whole(pieces) {
        if open != piece.kind {
            if open.is_some() {
                push(&mut lines, "⟧");
            }
            if piece.kind.is_some() {
                push(&mut lines, "⟦");
            }
            open = piece.kind;
        }
        for (n, part) in crate::visible::visible(&piece.text).split('\n').enumerate() {
            if n > 0 {
                lines.push(String::new());
            }
            push(&mut lines, &styled(part, piece));
        }
        if !piece.ends.is_empty() {
            if open.is_some() {
                push(&mut lines, "⟧");
            }
            open = None;
            let numbers: Vec<String> =
                piece.ends.iter().map(|(n, kind)| format!("{}{n}", crate::section::mark_sign(*kind))).collect();
            push(&mut lines, &format!(" `{}`", numbers.join(" ")));
        }
    }
    if open.is_some() {
        push(&mut lines, "⟧");
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(last) = lines.last_mut() {
        last.push_str(text);
    }
}

fn styled(part: &str, piece: &Piece) -> String {
    let inner = part.trim();
    if inner.is_empty() || piece.kind != Some(MarkKind::Gated) {
        // A line begins anew after a break; what would begin a list or a heading there is escaped.
        return escape::inline(part);
    }
    let (lead, tail) = (&part[..part.len() - part.trim_start().len()], &part[part.trim_end().len()..]);
    format!("{lead}~~{}~~{tail}", escape::inline(inner))
}

fn line(text: &Line, ink: &Ink, broken: &str) -> String {
    let mut out = String::new();
    for run in &text.0 {
        if run.style == Style::Break {
            out.push_str(broken);
            continue;
        }
        let shown = match &run.words {
            Words::Own(own) => (*own).to_owned(),
            Words::Data(text) => data(ink, text),
        };
        match run.style {
            Style::Code => out.push_str(&escape::code(&ink.words(&run.words))),
            Style::Strong if !shown.trim().is_empty() => {
                let (lead, rest) = shown.split_at(shown.len() - shown.trim_start().len());
                let (inner, tail) = rest.split_at(rest.trim_end().len());
                let _ = write!(out, "{lead}**{inner}**{tail}");
            }
            Style::Badge(_) if !shown.trim().is_empty() => {
                let _ = write!(out, "**{}**", shown.trim());
            }
            _ => out.push_str(&shown),
        }
    }
    out.trim().to_owned()
}
