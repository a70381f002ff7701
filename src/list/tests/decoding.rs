//! The decoder against whole bodies, pieces of any size and anything that is not a list.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use proptest::prelude::*;
use roost_list::{DecodeError, Decoder, FindUser, MAX_ELEMENT_BYTES, Step, Store};
use support::{body, contents, named, users};

/// Decodes `bytes` in pieces of these sizes (in turn), a few rows a step.
fn decode(bytes: &[u8], sizes: &[usize]) -> (Store, Result<(), DecodeError>) {
    let mut store = Store::new();
    let mut decoder = Decoder::new();
    let mut rest = bytes;
    let mut sizes = sizes.iter().copied().cycle();
    while !rest.is_empty() {
        let (piece, more) = rest.split_at(sizes.next().unwrap_or(1).clamp(1, rest.len()));
        rest = more;
        decoder.push(piece);
        loop {
            match decoder.step(&mut store, 3) {
                Ok(Step::Full) => {}
                Ok(_) => break,
                Err(error) => return (store, Err(error)),
            }
        }
    }
    let end = decoder.finish(&mut store);
    assert_eq!(decoder.rows(), store.len());
    (store, end)
}

fn whole(text: &str) -> Result<usize, DecodeError> {
    let (store, end) = decode(text.as_bytes(), &[usize::MAX]);
    // However it is cut, the verdict is the same.
    for size in [1, 2, 7] {
        let (other, same) = decode(text.as_bytes(), &[size]);
        assert_eq!((other.len(), &same), (store.len(), &end), "pieces of {size}");
    }
    end.map(|()| store.len())
}

proptest! {
    #[test]
    fn any_pieces_give_the_same_rows(users in users(12), sizes in prop::collection::vec(1_usize..200, 1..6)) {
        let (store, end) = decode(&body(&users), &sizes);
        prop_assert_eq!(end, Ok(()));
        prop_assert_eq!(contents(&store), users);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), size in 1_usize..50) {
        let (_, end) = decode(&bytes, &[size]);
        prop_assert!(end.is_err() || bytes.trim_ascii() == b"null" || bytes.trim_ascii().starts_with(b"["));
    }

    #[test]
    fn a_damaged_list_never_panics(users in users(4), at in any::<prop::sample::Index>(), byte in any::<u8>(), size in 1_usize..50) {
        let mut bytes = body(&users);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let (store, _) = decode(&bytes, &[size]);
        prop_assert!(store.len() <= users.len() + 1);
    }

    #[test]
    fn a_list_that_breaks_off_is_never_complete(users in users(5), at in any::<prop::sample::Index>(), size in 1_usize..50) {
        let bytes = body(&users);
        let (store, end) = decode(&bytes[..at.index(bytes.len())], &[size]);
        prop_assert!(matches!(end, Err(DecodeError::Incomplete { .. } | DecodeError::Empty)), "{end:?}");
        prop_assert_eq!(&contents(&store)[..], &users[..store.len()]);
    }

    #[test]
    fn one_user_is_found_as_the_list_has_it(users in users(12), at in any::<prop::sample::Index>(), size in 1_usize..300) {
        prop_assume!(!users.is_empty());
        let id = users[at.index(users.len())].id.to_string();
        let mut find = FindUser::new(id.clone());
        for piece in body(&users).chunks(size) {
            find.push(piece);
            while find.step(2) == Ok(Step::Full) {}
        }
        let found = find.finish().unwrap();
        prop_assert_eq!(found.as_ref(), users.iter().find(|user| user.id == id));
    }
}

#[test]
fn empty_lists_are_lists() {
    for text in ["[]", " [ ] ", "null", " \n null\t", "[\r\n]"] {
        assert_eq!(whole(text), Ok(0), "{text}");
    }
    assert_eq!(whole("[{}, {} ,\n{}]\n"), Ok(3));
}

#[test]
fn what_is_not_a_list_is_shown_by_its_beginning() {
    let not_a_list = |text: &str| match whole(text) {
        Err(DecodeError::NotAList { start }) => start,
        other => panic!("{text}: {other:?}"),
    };
    let html = format!("<!DOCTYPE html><html>{}", "é".repeat(500));
    let mut decoder = Decoder::new();
    decoder.push(html.as_bytes());
    let error = decoder.step(&mut Store::new(), 1).unwrap_err();
    let DecodeError::NotAList { start } = &error else {
        panic!("{error:?}")
    };
    assert!(start.starts_with("<!DOCTYPE html>") && start.chars().count() == 40);
    assert_eq!(decoder.finish(&mut Store::new()), Err(error), "an error stays");
    assert_eq!(not_a_list("nul"), "nul");
    assert!(not_a_list("nulL").starts_with("nul"));
    assert!(!not_a_list("\u{feff}[]").is_empty());
    assert_eq!(whole(""), Err(DecodeError::Empty));
    assert_eq!(whole(" \n"), Err(DecodeError::Empty));
}

#[test]
fn broken_lists_say_where() {
    assert_eq!(whole("[{},{}"), Err(DecodeError::Incomplete { rows: 2 }));
    assert_eq!(whole("["), Err(DecodeError::Incomplete { rows: 0 }));
    assert_eq!(whole("[{},"), Err(DecodeError::Incomplete { rows: 1 }));
    assert_eq!(whole(r#"[{},{"id":"#), Err(DecodeError::Incomplete { rows: 1 }));
    assert_eq!(whole("[{} {}]"), Err(DecodeError::Separator { number: 1 }));
    assert_eq!(whole("[]]"), Err(DecodeError::Trailing));
    assert_eq!(whole("null []"), Err(DecodeError::Trailing));
    for (text, number) in [
        ("[{},]", 2),
        ("[,{}]", 1),
        ("[{},null]", 2),
        ("[[]]", 1),
        (r#"[{},{"name":1}]"#, 2),
        ("[{]", 1),
    ] {
        match whole(text) {
            Err(DecodeError::Element { number: at, detail }) => {
                assert_eq!(at, number, "{text}");
                assert!(!detail.is_empty());
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn bad_utf8_and_half_characters_are_errors() {
    for bytes in [
        &b"[{\"name\":\"\xff\"}]"[..],
        b"[{\"name\":\"\xc3\"}]",
        b"[{\"\xff\":1}]",
        br#"[{"name":"\ud800x"}]"#,
    ] {
        let (_, end) = decode(bytes, &[5]);
        assert!(matches!(end, Err(DecodeError::Element { number: 1, .. })), "{end:?}");
    }
}

#[test]
fn long_texts_survive_small_pieces() {
    let name = "Ä\"🦀x".repeat(2_500);
    let (store, end) = decode(&body(&[named("1", "a"), named("2", &name), named("3", "b")]), &[997]);
    assert_eq!(end, Ok(()));
    assert_eq!(contents(&store)[1].name, name);
}

#[test]
fn an_endless_element_is_given_up() {
    let mut decoder = Decoder::new();
    let mut store = Store::new();
    decoder.push(br#"[{},{"name":""#);
    let piece = vec![b'x'; 32 * 1024];
    let mut pushed = 0;
    let error = loop {
        decoder.push(&piece);
        pushed += piece.len();
        if let Err(error) = decoder.step(&mut store, 10) {
            break error;
        }
        assert!(pushed < 3 * MAX_ELEMENT_BYTES, "it would go on for ever");
    };
    assert_eq!(error, DecodeError::ElementTooLong { number: 2 });
    assert_eq!(store.len(), 1);
}

#[test]
fn the_error_of_a_wrong_type_stays_short() {
    let long = format!(r#"[{{"is_blocked":"{}"}}]"#, "x".repeat(5_000));
    match whole(&long) {
        Err(DecodeError::Element { number: 1, detail }) => assert!(detail.len() <= 200, "{detail}"),
        other => panic!("{other:?}"),
    }
}
