//! `startex` bare: the home screen, and back to it after a drill.

use crate::{
    cli::{Answer, Cli, Outcome},
    command::{drill, library, scenario},
    home::{Card, Home, Past, Shelf, Wish},
    look::Look,
    runner::{self, Screen},
};
use scenarios::model::Scenario;
use std::time::Duration;
use transcripts::{Library, Summary};

/// How long the home screen sleeps; only keys change it.
const LONG: Duration = Duration::from_secs(600);

/// Shows the home screen until the person quits.
///
/// # Errors
/// When the terminal or the library cannot be used.
pub fn run(cli: &Cli) -> Outcome {
    let look = Look::from_env();
    let mut library = library(cli)?;
    let name = drill::your_name();
    let mut notice = String::new();
    loop {
        let wish = choose(shelf(&mut library), look, &name, &notice)?;
        let resumed = matches!(wish, Wish::Resume(_));
        let desk = match wish {
            Wish::None | Wish::Quit => return Ok(Answer::Done),
            Wish::Begin { scenario: id, seat, name, pace, mode } => {
                let setup = drill::Setup { seat: Some(seat), name: Some(name), seed: None, pace, mode };
                scenario(&id).and_then(|loaded| drill::open(&library, loaded, &setup))
            }
            Wish::Resume(path) => drill::reopen_or_show(&path),
            Wish::Review(path) => drill::finished(&path),
        };
        notice = match desk {
            Ok(mut desk) => {
                let opening = "StartEx. ? shows the keys, h gives a hint.";
                let notice = if resumed { drill::welcome(&desk) } else { opening };
                runner::run(&mut desk, look, notice)?;
                drill::put_away(desk)
            }
            Err(failure) => crate::text::line(&format!("{:#}", failure.error)),
        };
    }
}

fn choose(mut shelf: Shelf, look: Look, name: &str, notice: &str) -> Result<Wish, runner::Error> {
    let mut screen = Screen::open(look)?;
    let mut home = Home::new(screen.size()?, notice.to_owned());
    let mut unread = scenarios::library::names();
    add_card(&mut shelf, unread.next());
    loop {
        screen.draw(|frame| home.draw(&shelf, frame))?;
        // The first frame does not wait for every scenario; the others come before the first key does.
        let next = unread.next();
        add_card(&mut shelf, next);
        for input in runner::read(if next.is_some() { Duration::ZERO } else { LONG })? {
            match home.press(&input, &shelf, name) {
                Wish::None => {}
                wish => return Ok(wish),
            }
        }
    }
}

/// Reading a scenario is enough to list it; it is checked before it is played.
fn add_card(shelf: &mut Shelf, name: Option<&str>) {
    let Some(name) = name else { return };
    match scenarios::find(name).map(|source| scenarios::load(&source)) {
        Ok(Ok(loaded)) => shelf.cards.push(card(&loaded.scenario)),
        Ok(Err(faults)) => shelf.faults.extend(faults.first().map(|f| format!("{name}: {f}"))),
        Err(e) => shelf.faults.push(e.to_string()),
    }
}

fn shelf(library: &mut Library) -> Shelf {
    let mut shelf = Shelf::default();
    match library.list() {
        Ok(listing) => {
            shelf.past = listing.exercises.iter().map(past).collect();
            shelf
                .faults
                .extend(listing.unreadable.iter().map(|u| format!("{} cannot be read: {}", u.path.display(), u.why)));
        }
        Err(e) => shelf.faults.push(e.to_string()),
    }
    shelf
}

fn card(s: &Scenario) -> Card {
    Card {
        id: s.id.to_string(),
        title: s.title.clone(),
        version: s.version.clone(),
        trains: s.trains.clone(),
        length: s.length.to_string(),
        organisation: s.organisation.clone(),
        situation: s.situation.clone(),
        seats: s.seats.iter().map(|x| (x.id.to_string(), x.title.clone(), x.duties.clone())).collect(),
        default_seat: s.seats.iter().position(|x| x.id == s.default_seat).unwrap_or(0),
    }
}

fn past(e: &Summary) -> Past {
    let people: Vec<String> = e.seats.iter().map(|s| format!("{} ({})", s.person, s.seat)).collect();
    Past {
        id: e.id.clone(),
        path: e.path.clone(),
        title: e.title.clone(),
        started: e.started.get(..16).unwrap_or(&e.started).replace('T', " "),
        last: e.last.to_string(),
        people: people.join(", "),
        sealed: e.sealed,
        playing: e.playing,
        percent: e.percent,
    }
}
