//! How long one message takes: `cargo bench -p rubric`.

use divan::Bencher;
use rubric::{Compiled, Context, Rubric, Source};

fn main() {
    divan::main();
}

fn rubric() -> Rubric {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(include_str!("../tests/data/customer_notice.ron")).unwrap_or_else(|e| unreachable!("{e}"))
}

/// About 250 words.
fn message() -> String {
    let full = include_str!("../tests/data/customer_full.txt");
    format!("{full}\n\n{}", include_str!("../tests/data/exec_full.txt"))
}

#[divan::bench]
fn message_of_250_words(b: Bencher<'_, '_>) {
    let Ok(c) = Compiled::new(&rubric()) else { return };
    let text = message();
    b.bench(|| c.read(divan::black_box(&text), &Context::default()));
}

#[divan::bench]
fn the_same_with_sources(b: Bencher<'_, '_>) {
    let Ok(c) = Compiled::new(&rubric()) else { return };
    let text = message();
    let sources = [
        Source { id: "inject".into(), text: include_str!("../tests/data/customer_inject.txt").into() },
        Source { id: "brief".into(), text: include_str!("../tests/data/customer_brief.txt").into() },
    ];
    b.bench(|| c.read(divan::black_box(&text), &Context { sources: &sources, ..Context::default() }));
}

#[divan::bench]
fn compile() -> bool {
    Compiled::new(&rubric()).is_ok()
}
