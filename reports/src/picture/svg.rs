//! Writing SVG: the few shapes the pictures need, with every text escaped.

use crate::{block::Tone, ink::Ink};
use std::fmt::Write as _;

/// How wide every picture is, in its own units; the page scales it.
pub(crate) const WIDTH: f64 = 960.0;

/// About as wide as a letter of the pictures' text is, in the widest of the fonts the style names.
const LETTER: f64 = 6.8;

/// A picture in the making.
pub(crate) struct Svg<'a> {
    out: String,
    ink: &'a Ink,
}

/// Where a text hangs on its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hang {
    Start,
    Middle,
    End,
}

/// A sign: its shape says what it is, whatever its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Triangle, point down: something arrives.
    Down,
    /// Triangle, point up: something goes out.
    Up,
    Diamond,
    Ring,
    Dot,
    Square,
    Box,
    Pentagon,
    Dash,
    Tick,
    Cross,
    Warning,
}

pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The class of a tone.
pub(crate) fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Half => "half",
        Tone::Bad => "bad",
        Tone::Quiet => "quiet",
    }
}

impl<'a> Svg<'a> {
    pub(crate) fn new(ink: &'a Ink) -> Self {
        Self { out: String::new(), ink }
    }

    /// Finishes it: `id` names it on the page, title and description are read to those who do not see it.
    pub(crate) fn finish(self, id: &'static str, height: f64, title: &str, description: &str) -> String {
        format!(
            "<svg viewBox=\"0 0 {WIDTH:.0} {height:.0}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" \
             class=\"picture\">\n<title id=\"{id}-t\">{}</title>\n<desc id=\"{id}-d\">{}</desc>\n{}</svg>",
            escape(&self.ink.data(title)),
            escape(&self.ink.data(description)),
            self.out
        )
    }

    pub(crate) fn rect(&mut self, x: f64, y: f64, w: f64, h: f64, class: &'static str) {
        let (w, h) = (w.max(0.0), h.max(0.0));
        let _ = writeln!(
            self.out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" class=\"{class}\"/>"
        );
    }

    pub(crate) fn line(&mut self, x1: f64, y1: f64, x2: f64, y2: f64, class: &'static str) {
        let _ =
            writeln!(self.out, "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" class=\"{class}\"/>");
    }

    /// A closed area or an open line through points.
    pub(crate) fn points(&mut self, element: &'static str, points: &[(f64, f64)], class: &'static str) {
        let list: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = writeln!(self.out, "<{element} points=\"{}\" class=\"{class}\"/>", list.join(" "));
    }

    pub(crate) fn text(&mut self, x: f64, y: f64, hang: Hang, class: &'static str, text: &str) {
        let anchor = match hang {
            Hang::Start => "start",
            Hang::Middle => "middle",
            Hang::End => "end",
        };
        let text = escape(&self.ink.data(text));
        let _ = writeln!(
            self.out,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" class=\"{class}\">{text}</text>"
        );
    }

    /// A text cut to a width.
    pub(crate) fn text_within(&mut self, x: f64, y: f64, hang: Hang, class: &'static str, text: &str, width: f64) {
        // Names are replaced first: a cut name would no longer be known as one.
        let text = self.ink.data(text);
        self.text(x, y, hang, class, &fit(&text, width));
    }

    /// Opens a group that says `title` when pointed at.
    pub(crate) fn open(&mut self, class: &'static str, title: &str) {
        let title = escape(&self.ink.data(title));
        let _ = writeln!(self.out, "<g class=\"{class}\"><title>{title}</title>");
    }

    pub(crate) fn close(&mut self) {
        self.out.push_str("</g>\n");
    }

    /// A sign around a point.
    pub(crate) fn sign(&mut self, sign: Sign, x: f64, y: f64, class: &'static str) {
        match sign {
            Sign::Down => self.points("polygon", &[(x - 5.0, y - 4.0), (x + 5.0, y - 4.0), (x, y + 5.0)], class),
            Sign::Up => self.points("polygon", &[(x - 5.0, y + 4.0), (x + 5.0, y + 4.0), (x, y - 5.0)], class),
            Sign::Diamond => {
                self.points("polygon", &[(x, y - 5.5), (x + 5.0, y), (x, y + 5.5), (x - 5.0, y)], class);
            }
            Sign::Square => self.rect(x - 4.0, y - 4.0, 8.0, 8.0, class),
            Sign::Box => {
                self.open_sign("box", class);
                self.rect(x - 3.5, y - 3.5, 7.0, 7.0, "hollow");
                self.close();
            }
            Sign::Pentagon => self.points(
                "polygon",
                &[(x, y - 5.5), (x + 5.2, y - 1.2), (x + 3.2, y + 4.8), (x - 3.2, y + 4.8), (x - 5.2, y - 1.2)],
                class,
            ),
            Sign::Ring | Sign::Dot => {
                let (r, fill) = if sign == Sign::Ring { (3.6, " hollow") } else { (2.6, "") };
                let _ =
                    writeln!(self.out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\" class=\"{class}{fill}\"/>");
            }
            Sign::Dash => self.line(x - 4.0, y, x + 4.0, y, class),
            Sign::Tick => self.line(x, y - 4.0, x, y + 4.0, class),
            Sign::Cross => {
                self.line(x - 4.0, y - 4.0, x + 4.0, y + 4.0, class);
                self.line(x - 4.0, y + 4.0, x + 4.0, y - 4.0, class);
            }
            Sign::Warning => {
                self.points("polygon", &[(x - 6.5, y + 5.5), (x + 6.5, y + 5.5), (x, y - 6.0)], class);
                self.line(x, y - 2.0, x, y + 2.0, "knock");
                self.line(x, y + 3.2, x, y + 4.4, "knock");
            }
        }
    }

    fn open_sign(&mut self, name: &'static str, class: &'static str) {
        let _ = writeln!(self.out, "<g class=\"{name} {class}\">");
    }
}

/// How wide a text is, about.
pub(crate) fn width(text: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a text in a picture has at most some hundred characters")]
    let letters = text.chars().count() as f64;
    letters * LETTER
}

/// The text, cut with `…` so that it is no wider.
pub(crate) fn fit(text: &str, most: f64) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if width(&cut) + 2.0 * LETTER > most {
            break;
        }
        cut.push(c);
    }
    format!("{}…", cut.trim_end())
}
