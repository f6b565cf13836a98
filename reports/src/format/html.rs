//! The report as one HTML file: style and pictures inside, no script, no link that leads out.

use crate::{
    MARKING,
    block::{Block, Document, Figure, Line, MarkKind, Piece, Run, Section, Style, Table, Tone},
    ink::Ink,
    picture::svg,
    visible::visible,
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// Writes the document.
pub(crate) fn render(document: &Document, ink: &Ink) -> String {
    let title = format!("EXERCISE – After-action report: {}", ink.data(&document.title));
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                p.marking { (MARKING) }
                header {
                    p.kind { "After-action report and improvement plan" }
                    h1 { (ink.data(&document.title)) }
                    p.organisation { (ink.data(&document.subtitle)) }
                }
                main {
                    @for section in &document.sections {
                        (write_section(section, ink))
                        @if section.id == "overview" { (contents(document)) }
                    }
                }
                p.marking { (MARKING) }
            }
        }
    }
    .into_string()
        + "\n"
}

fn contents(document: &Document) -> Markup {
    html! {
        nav aria-label="Contents" {
            h2 { "Contents" }
            ol {
                @for section in document.sections.iter().skip(1) {
                    li { a href={ "#" (section.id) } { (section.title) } }
                }
            }
        }
    }
}

fn write_section(section: &Section, ink: &Ink) -> Markup {
    html! {
        section id=(section.id) class=[section.page.then_some("page")] {
            h2 { (section.title) }
            @for block in &section.blocks { (write_block(block, ink)) }
        }
    }
}

fn write_block(block: &Block, ink: &Ink) -> Markup {
    html! {
        @match block {
            Block::Heading(text) => h3 { (line(text, ink)) },
            Block::Para(text) => p { (line(text, ink)) },
            Block::Lead(text) => p.lead { (line(text, ink)) },
            Block::Note(text) => p.note { (line(text, ink)) },
            Block::List(items) => ul { @for item in items { li { (line(item, ink)) } } },
            Block::Numbered(items) => ol { @for item in items { li { (line(item, ink)) } } },
            Block::Terms(terms) => dl {
                @for (term, text) in terms { div { dt { (term) } dd { (line(text, ink)) } } }
            },
            Block::Table(table) => (write_table(table, ink)),
            Block::Figure(figure) => (write_figure(figure, ink)),
            Block::Quote(text) => blockquote { (ink.data(text)) },
            Block::Marked(pieces) => (marked(pieces)),
            Block::Together(blocks) => div.together { @for b in blocks { (write_block(b, ink)) } },
        }
    }
}

fn write_figure(figure: &Figure, ink: &Ink) -> Markup {
    html! {
        figure {
            // The only markup this crate writes by hand; every text in it went through `svg::escape`.
            div.canvas { (PreEscaped(figure.svg.as_str())) }
            figcaption { (line(&figure.caption, ink)) }
        }
    }
}

fn write_table(table: &Table, ink: &Ink) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(table.caption) {
            table class=[table.small.then_some("small")] {
                caption { (table.caption) }
                @if !table.widths.is_empty() {
                    colgroup { @for w in table.widths { col style={ "width:" (w) "%" }; } }
                }
                thead { tr { @for head in &table.head { th scope="col" { (head) } } } }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (n, cell) in row.iter().enumerate() {
                                @if n == 0 { th scope="row" { (line(cell, ink)) } } @else { td { (line(cell, ink)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn tone_sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "✓ ",
        Tone::Half => "◐ ",
        Tone::Bad => "✗ ",
        Tone::Quiet => "– ",
    }
}

fn line(text: &Line, ink: &Ink) -> Markup {
    html! { @for run in &text.0 { (write_run(run, ink)) } }
}

fn write_run(run: &Run, ink: &Ink) -> Markup {
    let words = ink.words(&run.words);
    html! {
        @match run.style {
            Style::Plain => (words),
            Style::Strong => strong { (words) },
            Style::Soft => span.soft { (words) },
            Style::Small => span.small { (words) },
            Style::Code => code { (words) },
            Style::Badge(tone) => span class={ "badge " (svg::class(tone)) } {
                @if !words.starts_with(['+', '½', '−', '✗', '≠', '∅', '·']) {
                    span aria-hidden="true" { (tone_sign(tone)) }
                }
                (words)
            },
            Style::Break => br;,
        }
    }
}

fn kind_class(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Form => "form",
        MarkKind::Near => "near",
        MarkKind::Half => "half",
        MarkKind::Earned => "earned",
        MarkKind::Contradiction => "contradiction",
        MarkKind::Prohibited => "prohibited",
        MarkKind::Gated => "gated",
    }
}

fn marked(pieces: &[Piece]) -> Markup {
    html! {
        blockquote.marked {
            @for piece in pieces {
                @let text = visible(&piece.text);
                @let words = html! { @if piece.matched { b { (text) } } @else { (text) } };
                @match piece.kind {
                    None => (words),
                    Some(MarkKind::Gated) => del class=(kind_class(MarkKind::Gated)) { (words) },
                    Some(kind) => mark class=(kind_class(kind)) { (words) },
                }
                @for (n, kind) in &piece.ends {
                    sup class=(kind_class(*kind)) { (crate::section::mark_sign(*kind)) (n) }
                }
            }
        }
    }
}
