//! The rules of the repository as tests. Each prints every offence with its file and line, so that one run shows all.
//!
//! What a rule is for stands at the rule. A new rule goes into the file that owns its subject and gets a test here.
#![cfg(not(target_arch = "wasm32"))]

mod files;
mod keys;
mod layers;
mod page;
mod papers;
mod rust;
mod styles;
mod versions;
mod words;

use files::Repository;

/// Fails with every offence, one a line.
fn none(rule: &str, offences: &[String]) {
    assert!(offences.is_empty(), "{rule}:\n  {}\n", offences.join("\n  "));
}

#[test]
fn the_repository_is_found() {
    let repository = Repository::read();
    let sources = repository.under("src").count();
    assert!(
        sources > 10,
        "only {sources} files below src: the other rules would hold for nothing"
    );
    assert!(repository.file("index.html").is_some(), "index.html is missing");
}

#[test]
fn layers_depend_downwards_only() {
    none(
        "a layer uses one that it must not know",
        &layers::offences(&Repository::read()),
    );
}

#[test]
fn pure_layers_know_no_browser() {
    none(
        "a pure layer uses Leptos or the browser",
        &layers::impure(&Repository::read()),
    );
}

#[test]
fn the_stand_in_shares_no_type_with_the_console() {
    none(
        "a wrong field name would agree with itself",
        &layers::stand_in(&Repository::read()),
    );
}

#[test]
fn every_source_file_opens_with_what_it_owns() {
    none(
        "the first line is not a //! line",
        &rust::without_header(&Repository::read()),
    );
}

#[test]
fn no_file_is_too_long() {
    none("split it by what it owns", &rust::too_long(&Repository::read()));
}

#[test]
fn the_source_does_nothing_unsafe_in_the_page() {
    none("forbidden in src", &rust::forbidden(&Repository::read()));
}

#[test]
fn every_component_has_its_style_sheet_and_test() {
    none("a component without its parts", &rust::components(&Repository::read()));
}

#[test]
fn the_page_has_nothing_inline() {
    none(
        "the content security policy forbids it",
        &page::inline(&Repository::read()),
    );
}

#[test]
fn the_built_page_is_whole() {
    none("dist/index.html", &page::built());
}

#[test]
fn the_built_program_tells_nothing_of_the_machine() {
    none("dist/assets", &page::telling());
}

#[test]
fn the_headers_are_strict() {
    none("public/_headers", &page::headers(&Repository::read()));
}

#[test]
fn style_sheets_are_logical() {
    none(
        "use the logical property, for right-to-left text",
        &styles::physical(&Repository::read()),
    );
}

#[test]
fn colours_are_tokens() {
    none(
        "colour values belong in style/tokens.css",
        &styles::colours(&Repository::read()),
    );
}

#[test]
fn versions_agree() {
    none(
        "a version pinned in two places differs",
        &versions::disagreements(&Repository::read()),
    );
}

#[test]
fn one_copy_of_what_must_be_one() {
    none("two copies in Cargo.lock", &versions::duplicates(&Repository::read()));
}

#[test]
fn lock_files_name_no_private_source() {
    none("a lock file", &versions::sources(&Repository::read()));
}

#[test]
fn no_file_tells_of_the_machine_it_was_written_on() {
    none("a path or host of one machine", &words::places(&Repository::read()));
}

#[test]
fn nothing_is_left_for_later() {
    none(
        "an unfinished thing has an issue, not a comment",
        &words::later(&Repository::read()),
    );
}

#[test]
fn each_key_of_the_storage_is_poisoned_by_a_test() {
    none(
        "support/storage.ts and the program",
        &keys::unlisted(&Repository::read()),
    );
}

#[test]
fn papers_quote_tests_that_are_there() {
    none("no such test", &papers::unfounded(&Repository::read()));
}

#[test]
fn what_is_cited_of_the_api_is_in_its_description() {
    none(
        "no such section of docs/netbird-api.md",
        &papers::uncited(&Repository::read()),
    );
}

#[test]
fn the_report_of_accessibility_has_each_criterion() {
    none("docs/accessibility.md", &papers::unreported(&Repository::read()));
}
