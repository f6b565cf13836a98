//! Whatever somebody types shows as typed: it never becomes markup, a link or a picture.

use crate::{
    fixture::{Played, play, slow},
    page,
};
use proptest::prelude::*;
use protocol::{Act, Actor, Command, Draft, SimTime, moves::Moves};
use reports::Names;
use std::sync::OnceLock;

/// Stands in a recorded exercise wherever a person can type; replaced by what is tried.
const PLACE: &str = "zzplacezz";

fn base() -> &'static (Played, String, String) {
    static ONCE: OnceLock<(Played, String, String)> = OnceLock::new();
    ONCE.get_or_init(|| {
        let by = |seat: &str, minute: u64, act: Act| Command {
            at: SimTime(minute * 60_000),
            by: if seat.is_empty() { Actor::Facilitator } else { Actor::Seat(seat.into()) },
            act,
        };
        let text = || PLACE.to_owned();
        let body = format!("EXERCISE. {PLACE}\nWe have held approvals in two pools. {PLACE}\n{PLACE} EXERCISE");
        let send = |product: Option<&str>| {
            Act::Send(Draft {
                to: vec!["board".into()],
                via: Some("mail".into()),
                product: product.map(Into::into),
                subject: text(),
                body: body.clone(),
                ..Draft::default()
            })
        };
        let mut commands = vec![by("", 0, Act::TakeSeat { seat: "ic".into(), person: text() })];
        commands.extend(
            ["soc", "legal"].map(|s| by("", 0, Act::TakeSeat { seat: s.into(), person: format!("{PLACE} {s}") })),
        );
        commands.push(by("", 0, Act::Start { mode: protocol::Mode::Practice }));
        commands.push(by("ic", 2, Act::Page { party: "legal".into(), reason: text() }));
        commands.push(by("ic", 3, Act::Log { text: text() }));
        commands.push(by(
            "ic",
            4,
            Act::Declare { declaration: "severity".into(), value: "sev2".into(), reason: text() },
        ));
        commands.push(by("ic", 25, send(Some("exec-brief"))));
        commands.push(by("ic", 26, send(None)));
        let played = play("poisoned-model", |_| Moves { commands, ..Moves::default() });
        let entries = serde_json::to_string(&played.transcript.entries).unwrap();
        let card = serde_json::to_string(&played.card).unwrap();
        assert!(entries.matches(PLACE).count() > 12 && card.matches(PLACE).count() > 3);
        (played, entries, card)
    })
}

/// The exercise with `typed` wherever somebody typed. Marks in texts no longer lie where they lay.
fn typed(typed: &str) -> Played {
    let (played, entries, card) = base();
    let json = serde_json::to_string(typed).unwrap();
    let inner = &json[1..json.len() - 1];
    let mut transcript = played.transcript.clone();
    transcript.entries = serde_json::from_str(&entries.replace(PLACE, inner)).unwrap();
    Played {
        loaded: played.loaded.clone(),
        transcript,
        card: serde_json::from_str(&card.replace(PLACE, inner)).unwrap(),
        what_ifs: played.what_ifs.clone(),
    }
}

/// What is left of a line of Markdown without code spans and escaped characters.
fn bare(line: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    let (mut out, mut at) = (String::new(), 0);
    while at < chars.len() {
        match chars[at] {
            '\\' if chars.get(at + 1).is_some_and(char::is_ascii_punctuation) => {
                out.push('x');
                at += 2;
            }
            '`' => {
                let run = chars[at..].iter().take_while(|c| **c == '`').count();
                let close = (at + run..chars.len()).find(|&i| {
                    chars[i] == '`'
                        && chars[i - 1] != '`'
                        && chars[i..].iter().take_while(|c| **c == '`').count() == run
                });
                let close = close.unwrap_or_else(|| panic!("a backtick that opens nothing: {line}"));
                // In a table a bar ends the cell even in code.
                for (i, c) in chars[at + run..close].iter().enumerate() {
                    assert!(*c != '|' || chars[at + run + i - 1] == '\\' || !line.starts_with('|'), "{line}");
                }
                out.push('c');
                at = close + run;
            }
            c => {
                out.push(c);
                at += 1;
            }
        }
    }
    out
}

fn bars(line: &str) -> usize {
    bare(line).matches('|').count()
}

/// The Markdown is still the report's: same headings, same tables, no link, no HTML.
fn sound(text: &str, headings: usize) {
    let mut columns: Option<usize> = None;
    let mut seen = 0;
    for line in text.lines() {
        let bare = bare(line);
        for bad in ["<", "](", "![", "][", "javascript:", "://", "[^", "www.", "~~~"] {
            assert!(!bare.to_lowercase().contains(bad), "{bad} in {line:?}");
        }
        let start = bare.trim_start_matches(['>', ' ']);
        seen += usize::from(start.starts_with('#'));
        assert!(!start.starts_with("```") && !start.starts_with("==="), "{line:?}");
        assert!(start.len() < 3 || !start.chars().all(|c| c == '-'), "a rule or an underlined heading: {line:?}");
        if line.starts_with('|') {
            let bars = bars(line);
            assert_eq!(*columns.get_or_insert(bars), bars, "a row that is not of its table: {line}");
        } else {
            columns = None;
        }
    }
    assert_eq!(seen, headings, "a heading that is not ours");
}

fn headings(text: &str) -> usize {
    text.lines().filter(|l| l.starts_with('#')).count()
}

/// How many headings the report has when nobody types anything that looks like one.
fn plain() -> usize {
    static ONCE: OnceLock<usize> = OnceLock::new();
    *ONCE.get_or_init(|| headings(&reports::markdown(&typed("plain").material(Names::People))))
}

fn check(text: &str) {
    let played = typed(text);
    let material = played.material(Names::People);
    sound(&reports::markdown(&material), plain());
    let page = reports::html(&material);
    page::stands_alone(&page);
    let hides = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}')
    };
    assert!(!page.chars().any(hides));
    // With names out every text takes another way: places in it move.
    let material = played.material(Names::Seats);
    sound(&reports::markdown(&material), plain());
    serde_json::from_str::<serde_json::Value>(&reports::json(&material)).unwrap();
}

#[test]
fn the_bundled_reports_are_sound() {
    let text = reports::markdown(&slow().material(Names::People));
    sound(&text, headings(&text));
}

#[test]
fn known_ways_to_break_out_show_as_typed() {
    for text in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</title></svg><svg onload=alert(1)>",
        "</blockquote></section><h1>Passed</h1>",
        "[Passed](https://evil.example) ![x](http://evil.example/p.png)",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "a | b \\| c \\",
        "# Passed\n## Passed\n\nPassed\n===\n---",
        "```\nfence\n```\n~~~\nfence\n~~~",
        "`a` ``b`` `` ` `` `",
        "[^1] [^1]: foot [a]: http://evil.example <http://evil.example>",
        "www.evil.example https://evil.example mailto:a@b.example a@b.example ftp://x",
        "- list\n1. list\n+ list\n> quote\n    code\n\ttab",
        "\u{202e}gnp.exe\u{200b}\u{feff}\x1b[2J\x07\u{2028}x\r\ny",
        "&lt;script&gt; &amp; &#60;script&#62;",
        "**bold** _under_ ~~struck~~ $x^2$ {{ jinja }} :tada: @user #12",
        "--> <!-- ]]> <![CDATA[",
        "url(http://evil.example) @import 'http://evil.example'; </style><script>",
        "",
        " ",
        "\\",
    ] {
        check(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn nothing_typed_becomes_markup(text in "(\\PC|[<>\"'&|`*_#\\[\\]()!~:/.@\\\\\n\t -]|https?://|www\\.|<script>|\\]\\(|a@b\\.c){0,40}") {
        check(&text);
    }

    #[test]
    fn not_even_what_should_never_have_entered(text in prop::collection::vec(any::<char>(), 0..40)) {
        check(&text.into_iter().collect::<String>());
    }
}

#[test]
fn what_was_typed_can_be_read() {
    let page = reports::html(&typed("<b>5 & 6</b>").material(Names::People));
    assert!(page.contains("&lt;b&gt;5 &amp; 6&lt;/b&gt;"));
    let page = reports::html(&typed("to\u{202e}gpj").material(Names::People));
    assert!(page.contains("to⟨U+202E⟩gpj"));
}
