//! Plays moves over a scenario and prints the score: `score NAME MOVES|nothing|reference [SEED]`.
#![expect(clippy::unwrap_used, reason = "a tool for developers that cannot go on should stop")]

use protocol::moves::Moves;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let loaded = scenarios::load(&scenarios::find(&a[1]).unwrap()).unwrap();
    let seed = a.get(3).map_or(1, |s| s.parse().unwrap());
    let moves = match a[2].as_str() {
        "nothing" => Moves { hold: vec![loaded.scenario.default_seat.clone()], ..Moves::default() },
        "reference" => Moves::parse(&loaded.reference).unwrap(),
        f => Moves::parse(&std::fs::read_to_string(f).unwrap()).unwrap(),
    };
    let t = session::transcript(&loaded, seed, session::headless(&loaded, &moves, seed));
    let b = session::baselines(&loaded, &t).unwrap();
    let t0 = std::time::Instant::now();
    let card = scoring::score(&loaded, &t, &b);
    println!("{}% pass {} passed {} {} ({:?})", card.percent, card.pass, card.passed, card.verdict, t0.elapsed());
    for d in &card.dimensions {
        println!("\n{:?} {:?} weight {}", d.dimension, d.percent, d.weight);
        for m in &d.marks {
            println!("  {:?} {}/{} {} — {}", m.status, m.points, m.of, m.title, m.reason);
        }
    }
    for o in &card.objectives {
        println!("{:?} {} {}", o.rating, o.text, o.reason);
    }
    for f in &card.improvements {
        println!("IMPROVE {} | {}", f.text, f.advice);
    }
    let w = session::what_ifs(&loaded, &t).unwrap();
    for w in &w {
        println!("WHATIF {}", w.text);
    }
}
