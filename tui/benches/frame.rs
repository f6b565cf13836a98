//! How long a frame takes on a large terminal. Budget: 2 ms at 200×60.

#[path = "../src/fixture.rs"]
mod fixture;

use ratatui::{Terminal, backend::TestBackend};
use startex::{
    app::App,
    scene::{NoPreview, Scene},
    view::{self, VIEWS},
};

fn main() {
    divan::main();
}

/// Every view in turn.
#[divan::bench(args = 0..VIEWS.len())]
fn frame(bencher: divan::Bencher, index: usize) {
    let board = fixture::board();
    let wash = fixture::wash();
    let scene = Scene {
        board: &board,
        now: fixture::NOW,
        unsaved: None,
        exercise: "00112233aabbccdd",
        wash: Some(&wash),
        preview: &NoPreview,
    };
    let mut app = App::new((200, 60));
    app.show(index);
    let Ok(mut terminal) = Terminal::new(TestBackend::new(200, 60));
    bencher.bench_local(|| terminal.draw(|frame| view::draw(&app, &scene, frame)).map(drop));
}
