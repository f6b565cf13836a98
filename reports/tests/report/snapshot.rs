//! The whole report and its pictures, as they were last looked at by a person.

use crate::fixture::{Played, reference, slow};
use reports::Names;

fn pictures(played: &Played) -> Vec<String> {
    let page = reports::html(&played.material(Names::People));
    page.split("<svg").skip(1).map(|p| format!("<svg{}</svg>\n", &p[..p.find("</svg>").unwrap()])).collect()
}

#[test]
fn markdown_of_the_reference_response() {
    insta::assert_snapshot!(reports::markdown(&reference().material(Names::People)));
}

#[test]
fn markdown_of_a_slow_table() {
    insta::assert_snapshot!(reports::markdown(&slow().material(Names::People)));
}

#[test]
fn pictures_of_the_reference_response() {
    insta::assert_snapshot!(pictures(reference()).join("\n"));
}

#[test]
fn pictures_of_a_slow_table() {
    insta::assert_snapshot!(pictures(slow()).join("\n"));
}
