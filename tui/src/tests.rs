//! Screens as text, presses as tables, and random keys.

use crate::{
    app::App,
    desk::Desk,
    effect::Effect,
    fixture,
    key::{Input, Key},
    look::Look,
    scene::{NoPreview, Scene},
    view::{self, VIEWS},
    wash::Wash,
};
use crossterm::event::KeyCode;
use proptest::prelude::*;
use protocol::{Act, Board};
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer, style::Modifier};

fn scene<'a>(board: &'a Board, wash: Option<&'a Wash>) -> Scene<'a> {
    Scene { board, now: fixture::NOW, unsaved: None, exercise: "00112233aabbccdd", wash, preview: &NoPreview }
}

fn drawn(app: &App, scene: &Scene, size: (u16, u16)) -> Buffer {
    let Ok(mut terminal) = Terminal::new(TestBackend::new(size.0, size.1));
    let Ok(frame) = terminal.draw(|frame| view::draw(app, scene, frame));
    frame.buffer.clone()
}

fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let row = |cells: &[ratatui::buffer::Cell]| {
        let mut out = String::new();
        let mut skip = 0;
        for cell in cells {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            out.push_str(cell.symbol());
            skip = crate::text::width(cell.symbol()).saturating_sub(1);
        }
        out.trim_end().to_owned()
    };
    buffer.content.chunks(width).map(|c| row(c) + "\n").collect()
}

/// The styles that carry meaning: `R` reversed, `B` bold, `U` underlined, a letter for a colour.
fn styles(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let mark = |cell: &ratatui::buffer::Cell| match (cell.modifier, cell.fg) {
        (m, _) if m.contains(Modifier::REVERSED) => 'R',
        (m, ratatui::style::Color::Reset) if m.contains(Modifier::BOLD) => 'B',
        (_, ratatui::style::Color::Reset) => '.',
        (_, fg) => format!("{fg}").chars().next().unwrap_or('?'),
    };
    buffer.content.chunks(width).map(|c| c.iter().map(mark).collect::<String>() + "\n").collect()
}

fn keys(app: &mut App, scene: &Scene, typed: &str) -> Effect {
    let mut effect = Effect::None;
    for c in typed.chars() {
        let key = match c {
            '\n' => Key::plain(KeyCode::Enter),
            '\t' => Key::plain(KeyCode::Tab),
            '\u{1b}' => Key::plain(KeyCode::Esc),
            '↓' => Key::plain(KeyCode::Down),
            '↑' => Key::plain(KeyCode::Up),
            '→' => Key::plain(KeyCode::Right),
            '\u{13}' => Key::ctrl('s'),
            c => Key::ch(c),
        };
        effect = app.press(Input::Key(key), scene);
    }
    effect
}

const SIZES: [(u16, u16); 2] = [(80, 24), (160, 50)];

fn settled(scene: &Scene, size: (u16, u16)) -> App {
    let mut app = App::new(size);
    app.settle(scene);
    app.notice = None;
    app
}

#[test]
fn every_view_at_two_sizes() {
    let (board, wash) = (fixture::board(), fixture::wash());
    let scene = scene(&board, Some(&wash));
    for size in SIZES {
        for (index, view) in VIEWS.iter().enumerate() {
            let mut app = settled(&scene, size);
            app.show(index);
            insta::assert_snapshot!(format!("{}-{}x{}", view.name, size.0, size.1), text(&drawn(&app, &scene, size)));
        }
    }
}

#[test]
fn every_overlay_and_the_form() {
    let (board, wash) = (fixture::board(), fixture::wash());
    let scene = scene(&board, Some(&wash));
    for (name, typed) in [
        ("help", "?"),
        ("palette", ":do i"),
        ("palette-wrong", ":do isolate-pol on serving-eu\n"),
        ("search", "/registry"),
        ("leaving", "q"),
        ("ending", "E"),
        ("item", "↓↓↓↓\n"),
        ("decision", "↓↓↓d"),
        ("target", "3\n"),
        ("ask-colleague", "3\n\n"),
        ("confirm-approval", "3↓\n"),
        ("form", "4\n"),
        ("sending", "4\nScores of 16 March\tWe will keep you posted.\u{13}"),
        ("recipients", "4\n↑↑↑↑↑\n"),
        ("page", "5↓p"),
        ("declare", "6\n"),
        ("marks", "9n"),
    ] {
        for size in SIZES {
            let mut app = settled(&scene, size);
            keys(&mut app, &scene, typed);
            insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), text(&drawn(&app, &scene, size)));
        }
    }
}

#[test]
fn styles_mark_what_text_marks_too() {
    let board = fixture::board();
    let scene = scene(&board, None);
    for name in ["Inbox", "Situation"] {
        let mut app = settled(&scene, (80, 24));
        app.show_named(name);
        insta::assert_snapshot!(format!("{name}-styles"), styles(&drawn(&app, &scene, (80, 24))));
    }
}

#[test]
fn presses_ask_for_the_right_acts() {
    let board = fixture::board();
    let scene = scene(&board, None);
    let act = |text: &str| Effect::Submit(protocol::text::parse(text).unwrap());
    for (typed, wanted) in [
        ("\n", act("open RES-001")),
        ("↓↓↓↓\n", Effect::None),
        ("↓↓↓↓a", act("ack ALR-001")),
        ("a", Effect::None),
        ("↓d\n", Effect::None),
        ("↓d\nEvidence is safe\n", act("approve REQ-001 \"Evidence is safe\"")),
        ("↓↓↓d↓\nNo digest yet\n", act("decide tell-banks later \"No digest yet\"")),
        ("u\n", act("open MSG-003")),
        ("u", act("open MSG-003")),
        ("6u", act("open MSG-003")),
        ("3\n↓\n\n", act("ask soc do image-node on registry")),
        ("3↓\na", Effect::None),
        ("3↓\n\n", act("ask ml-eng do isolate-pool on serving-eu")),
        ("3↓↓↓\n\n", act("do hold-line")),
        ("3↓↓↓↓\n\n", act("ask soc query registry-writes")),
        ("5↓pRegistry write\n", act("page ml-eng \"Registry write\"")),
        ("5p\n", Effect::None),
        ("6\n↓\nnobody\n", act("declare severity sev-2 \"nobody\"")),
        ("7 ", act("tick confirm")),
        ("7↓ ", Effect::None),
        ("8nFroze it\n", act("log \"Froze it\"")),
        ("h", Effect::Submit(Act::Hint)),
        ("P", Effect::Submit(Act::Pause)),
        ("+", act("pace x10")),
        ("-", act("pace x2")),
        ("W\n", act("wait 5m")),
        ("w", Effect::None),
        ("q\n", Effect::Leave),
        ("qe", Effect::Submit(Act::End)),
        ("Ey", Effect::Submit(Act::End)),
        ("En", Effect::None),
        (":page legal \"now\"\n", act("page legal \"now\"")),
        (":page legla \"now\"\n", Effect::None),
        (":pause\n", Effect::Submit(Act::Pause)),
        ("4↓\n", Effect::None),
    ] {
        let mut app = settled(&scene, (80, 24));
        assert_eq!(keys(&mut app, &scene, typed), wanted, "{typed:?}");
    }
}

#[test]
fn a_letter_goes_out_only_after_it_was_confirmed_and_stays_when_refused() {
    let mut board = fixture::board();
    let before = board.clone();
    let first = scene(&before, None);
    let mut app = settled(&first, (80, 24));
    assert_eq!(keys(&mut app, &first, "4\nScores\tAll is well.\u{13}"), Effect::None);
    let Effect::Submit(act) = keys(&mut app, &first, "\n") else { panic!("Enter sends") };
    let Act::Send(draft) = &act else { panic!("a message") };
    assert_eq!(draft.to, ["aurora".into()]);
    assert!(draft.body.starts_with("All is well."));
    board.refused = Some("mail is down".into());
    app.answered(&act, None, &scene(&board, None));
    assert_eq!(app.writing.letters.len(), 1, "a refused letter is kept");
    board.refused = None;
    app.answered(&act, None, &scene(&board, None));
    assert!(app.writing.letters.is_empty());
}

#[test]
fn the_palette_completes_names_step_by_step() {
    let board = fixture::board();
    let scene = scene(&board, None);
    let mut app = settled(&scene, (80, 24));
    let effect = keys(&mut app, &scene, ":as\tso\tdo im\ton reg\t\n");
    assert_eq!(effect, Effect::Submit(protocol::text::parse("ask soc do image-node on registry").unwrap()));
}

#[test]
fn the_cursor_stays_on_its_item_when_news_come_in() {
    let mut board = fixture::board();
    let mut app = settled(&scene(&board, None), (80, 24));
    keys(&mut app, &scene(&board, None), "↓↓");
    let on = view::inbox::current(&app, &scene(&board, None)).unwrap().item.id.clone();
    let late =
        fixture::item("INJ-09", protocol::ItemKind::Inject, ("aurora", "Aurora Bank", "Customer"), "mail", "Hello?");
    board.apply(&protocol::Event {
        at: fixture::NOW,
        audience: protocol::Audience::Everyone,
        fact: protocol::Fact::Delivered { item: std::sync::Arc::new(late) },
    });
    let after = scene(&board, None);
    app.settle(&after);
    assert_eq!(view::inbox::current(&app, &after).unwrap().item.id, on);
    assert!(app.notice.unwrap().text.contains("INJ-09"));
}

#[test]
fn the_bottom_line_tells_the_keys_of_what_has_them() {
    let (board, wash) = (fixture::board(), fixture::wash());
    let scene = scene(&board, Some(&wash));
    for (typed, wanted, unwanted) in [
        ("", "Enter open", "Enter back"),
        ("↓↓↓↓\n", "Enter back", "Enter open"),
        ("?", "Esc close", "Enter open"),
        (":", "Tab complete", "a ack"),
        ("/", "Enter go there", "a ack"),
        ("6\n", "Enter take", "Enter choose"),
        ("5p", "Enter page them", "p page"),
        ("W", "Enter let it pass", "a ack"),
        ("q", "Enter leave", "a ack"),
    ] {
        let mut app = settled(&scene, (80, 24));
        keys(&mut app, &scene, typed);
        let shown = text(&drawn(&app, &scene, (80, 24)));
        let last = shown.lines().last().unwrap();
        assert!(last.contains(wanted) && !last.contains(unwanted), "{typed:?}: {last}");
    }
}

#[test]
fn closing_the_first_briefing_is_told_once() {
    let mut board = fixture::board();
    board.phase = protocol::board::Phase::Paused;
    let waiting = scene(&board, None);
    for close in ["\n", "\u{1b}", "3"] {
        let mut app = settled(&waiting, (80, 24));
        app.panes[0].cursor = 99;
        (app.panes[0].detail, app.briefing) = (true, true);
        assert!(text(&drawn(&app, &waiting, (80, 24))).contains("BRIEFING"));
        keys(&mut app, &waiting, "↓");
        assert!(!app.briefed(&waiting), "it is still read");
        keys(&mut app, &waiting, close);
        assert!(app.briefed(&waiting) && !app.briefed(&waiting), "{close:?}");
    }
    let mut app = settled(&waiting, (80, 24));
    (app.panes[0].detail, app.briefing) = (true, true);
    board.phase = protocol::board::Phase::Running;
    assert!(app.briefed(&scene(&board, None)), "P lets the clock go over it");
}

#[test]
fn after_a_wait_the_cursor_is_on_what_came() {
    let mut board = fixture::board();
    let mut app = settled(&scene(&board, None), (80, 24));
    keys(&mut app, &scene(&board, None), "↓↓↓↓\n");
    let seen = board.inbox.len();
    for r in &mut board.inbox {
        r.opened = Some(r.at);
    }
    let late = fixture::item("INJ-09", protocol::ItemKind::Inject, ("aurora", "Aurora Bank", "Bank"), "mail", "Hello?");
    board.apply(&protocol::Event {
        at: fixture::NOW,
        audience: protocol::Audience::Everyone,
        fact: protocol::Fact::Delivered { item: std::sync::Arc::new(late) },
    });
    let after = scene(&board, None);
    app.waited(seen, &after);
    assert_eq!(view::inbox::current(&app, &after).unwrap().item.id.as_str(), "INJ-09");
    assert!(!app.pane().detail);
}

#[test]
fn a_template_nobody_filled_in_is_not_sent_and_not_kept() {
    let board = fixture::board();
    let scene = scene(&board, None);
    let mut app = settled(&scene, (80, 24));
    assert_eq!(keys(&mut app, &scene, "4\n\u{13}\n"), Effect::None);
    assert!(app.overlay.is_none());
    keys(&mut app, &scene, "\u{1b}");
    assert!(app.writing.letters.is_empty());
}

/// The picture in the README: ten minutes into the bundled drill, alone as incident commander.
#[test]
fn picture() {
    let folder = tempfile::tempdir().unwrap();
    let library = transcripts::Library::open(folder.path()).unwrap();
    let source = scenarios::Source::bundled("poisoned-model").unwrap();
    let loaded = std::sync::Arc::new(scenarios::load(&source).unwrap());
    let opening = session::Opening {
        people: vec![("ic".into(), "Maren".to_owned())],
        mode: protocol::Mode::Practice,
        pace: protocol::Pace::Turn,
        seed: 7,
    };
    let mut desk = Desk::live(session::Table::create(&library, loaded, &opening).unwrap(), "ic".into());
    for typed in [
        "wait 2m",
        "open all",
        "ack INJ-01",
        "ask soc query q-trigger-hunt",
        "page ml-eng \"4.2.0 may not be what you built\"",
        "wait 2m",
        "ask ml-eng do freeze-promotion",
        "declare incident model-integrity \"38 approvals, one score, one version\"",
        "wait 90s",
        "open all",
        "wait 4m",
        "open INJ-05",
    ] {
        desk.submit(&protocol::text::parse(typed).unwrap()).unwrap();
        assert_eq!(desk.scene().board.refused, None, "{typed}");
    }
    let scene = desk.scene();
    let mut app = settled(&scene, (100, 30));
    view::inbox::jump(&mut app, &scene, "INJ-05");
    insta::assert_snapshot!("picture-100x30", text(&drawn(&app, &scene, (100, 30))));
}

#[test]
fn assessment_gives_neither_hints_nor_feedback() {
    let mut board = fixture::board();
    let open = Act::Open { item: "INJ-01".into() };
    let practice = view::feedback(&open, None, &scene(&board, None)).unwrap();
    assert!(
        practice.contains("opened 60s after delivery") || practice.contains("opened 1m after delivery"),
        "{practice}"
    );
    board.mode = protocol::Mode::Assess;
    let scene = scene(&board, None);
    assert_eq!(view::feedback(&open, None, &scene).unwrap(), "INJ-01 opened.");
    let mut app = settled(&scene, (80, 24));
    assert_eq!(keys(&mut app, &scene, "h"), Effect::None);
}

#[test]
fn a_plain_terminal_and_a_tiny_one_are_alive() {
    let board = fixture::board();
    let scene = scene(&board, None);
    let app = settled(&scene, (20, 5));
    let mut buffer = drawn(&app, &scene, (20, 5));
    assert!(text(&buffer).contains("Too small"));
    buffer = drawn(&app, &scene, (80, 24));
    Look { colour: false, unicode: false }.apply(&mut buffer);
    assert!(text(&buffer).is_ascii());
}

#[test]
fn nothing_somebody_typed_acts_on_the_terminal() {
    let (board, wash) = (fixture::board(), fixture::wash());
    let scene = scene(&board, Some(&wash));
    for (index, view) in VIEWS.iter().enumerate() {
        let mut app = settled(&scene, (160, 50));
        app.show(index);
        let shown = text(&drawn(&app, &scene, (160, 50)));
        let bad = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{200b}' | '\u{202e}');
        assert!(!shown.contains(bad), "{}", view.name);
    }
}

fn any_input() -> impl Strategy<Value = Input> {
    let code = prop_oneof![
        8 => any::<char>().prop_map(KeyCode::Char),
        12 => prop::sample::select("abcdefghijklmnopqrstuvwxyzENPWJKG123456789:/?+-] ".chars().collect::<Vec<_>>()).prop_map(KeyCode::Char),
        10 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Tab,
            KeyCode::BackTab, KeyCode::Backspace, KeyCode::Delete, KeyCode::Home, KeyCode::End, KeyCode::PageUp,
            KeyCode::PageDown, KeyCode::F(1), KeyCode::F(8),
        ]),
    ];
    let key = (code, prop::bool::weighted(0.15), prop::bool::weighted(0.05), prop::bool::weighted(0.1))
        .prop_map(|(code, ctrl, alt, shift)| Input::Key(Key { code, ctrl, alt, shift }));
    prop_oneof![
        30 => key,
        1 => any::<String>().prop_map(Input::Paste),
        2 => (0u16..220, 0u16..70).prop_map(|(w, h)| Input::Resize(w, h)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_sequence_of_keys_and_sizes_panics(inputs in prop::collection::vec(any_input(), 1..120), ended: bool) {
        let (board, wash) = (fixture::board(), fixture::wash());
        let scene = scene(&board, ended.then_some(&wash));
        let mut app = settled(&scene, (80, 24));
        for input in inputs {
            if let Effect::Submit(act) = app.press(input, &scene) {
                // What the screen asks for can be written and read back.
                let printed = protocol::text::print(&act);
                prop_assert!(protocol::text::parse(&printed).is_ok(), "{printed}");
                app.answered(&act, None, &scene);
            }
            if app.size.0 > 0 && app.size.1 > 0 {
                drawn(&app, &scene, app.size);
            }
        }
    }
}
