//! How long the list takes, in milliseconds: `cargo run -p roost-list --profile native --example timing`.
#![expect(clippy::print_stdout, reason = "its purpose")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use roost_list::{
    Column, DecodeError, Decoder, Devices, Direction, Filter, Names, Sort, SortStep, Sorter, Step, Store,
    order_filtered, search,
};

/// The size of the pieces in which a browser hands a body out.
const PIECE: usize = 32 * 1024;

fn main() -> Result<(), DecodeError> {
    for users in [10_000, 100_000] {
        measure(users)?;
    }
    Ok(())
}

fn measure(users: usize) -> Result<(), DecodeError> {
    let body = body(users);
    let mut names = Names::new();
    for group in 0..40 {
        names.set_group(&format!("group-{group:04}"), &format!("Team {group}"));
    }
    println!("{users} users, {:.1} MB", megabytes(body.len()));

    let (times, store) = median(|| decode(&body));
    let store = store?;
    println!("  decode {times}, rows take {:.1} MB", megabytes(store.row_bytes()));
    for text in ["a", "margaret knuth", "zzzz", "99@ex", "team 7"] {
        let filter = Filter {
            text: text.to_owned(),
            ..Filter::default()
        };
        let (times, rows) = median(|| search(&store, &filter, &names));
        println!("  search {text:?} {times}, {} found", rows.len());
    }
    let devices: Devices = store.iter().step_by(2).map(|row| row.id()).collect();
    for column in [
        Column::Name,
        Column::Role,
        Column::Groups,
        Column::Devices,
        Column::LastLogin,
    ] {
        let (times, (order, longest)) = median(|| sort(&store, column, &names, &devices));
        println!("  sort by {column:?} {times}, longest step {:.2}", millis(longest));
        if column == Column::Name {
            let rows = search(
                &store,
                &Filter {
                    text: "a".to_owned(),
                    ..Filter::default()
                },
                &names,
            );
            println!("  filtered order {}", median(|| order_filtered(&order, &rows)).0);
        }
    }
    println!("  find {}", median(|| store.find("CiQAuser-not-here")).0);
    println!("  facets {}", median(|| store.facets(Some(false)).roles.len()).0);
    Ok(())
}

fn decode(body: &[u8]) -> Result<Store, DecodeError> {
    let mut store = Store::new();
    let mut decoder = Decoder::new();
    for piece in body.chunks(PIECE) {
        decoder.push(piece);
        while decoder.step(&mut store, 64)? == Step::Full {}
    }
    decoder.finish(&mut store)?;
    Ok(store)
}

fn sort(store: &Store, column: Column, names: &Names, devices: &Devices) -> (Vec<roost_list::RowId>, Duration) {
    let start = Instant::now();
    let mut sorter = Sorter::new(store, &Sort::by(column, Direction::Ascending), names);
    let mut longest = start.elapsed();
    loop {
        let start = Instant::now();
        let step = sorter.step(store, devices);
        longest = longest.max(start.elapsed());
        if step != SortStep::More {
            return (sorter.into_order(), longest);
        }
    }
}

/// A list as the server sends it, in no order.
fn body(users: usize) -> Vec<u8> {
    const FIRST: [&str; 8] = [
        "Ada", "Margaret", "Grace", "Donald", "Edsger", "Barbara", "Niklaus", "Zoë",
    ];
    const LAST: [&str; 7] = ["Lovelace", "Hamilton", "Hopper", "Knuth", "Dijkstra", "Liskov", "Wirth"];
    let pick = |words: &[&'static str], n: usize| words.get(n % words.len()).copied().unwrap_or_default();
    let mut body = String::from("[");
    for n in 0..users {
        // Multiplying by a prime shuffles.
        let shuffled = n * 7919 % users;
        let (first, last) = (pick(&FIRST, shuffled), pick(&LAST, shuffled / 8));
        let comma = if n == 0 { "" } else { "," };
        let role = pick(&["user", "user", "user", "admin", "auditor"], n);
        let written = write!(
            body,
            r#"{comma}{{"auto_groups":["group-{:04}"],"email":"{}.{}{shuffled}@example.com","id":"CiQ{shuffled:08x}-{:04x}-4{:03x}-8b1d-0123456789ab","idp_id":"local","is_blocked":false,"is_current":false,"is_service_user":false,"issued":"api","last_login":"2026-{:02}-11T10:11:12.{n:06}Z","name":"{first} {last} {shuffled}","pending_approval":false,"role":"{role}","status":"active"}}"#,
            shuffled % 40,
            first.to_lowercase(),
            last.to_lowercase(),
            shuffled % 65_521,
            shuffled % 4093,
            n % 12 + 1,
        );
        debug_assert!(written.is_ok(), "writing to a String does not fail");
    }
    body.push(']');
    body.into_bytes()
}

/// Runs five times; the median time as text, and the last result.
fn median<T>(mut work: impl FnMut() -> T) -> (String, T) {
    let mut times = Vec::new();
    loop {
        let start = Instant::now();
        let result = work();
        times.push(start.elapsed());
        if times.len() == 5 {
            times.sort_unstable();
            let middle = times.get(2).copied().unwrap_or_default();
            return (format!("{:.2} ms", millis(middle)), result);
        }
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn megabytes(bytes: usize) -> f64 {
    u32::try_from(bytes).map_or(f64::INFINITY, |bytes| f64::from(bytes) / 1e6)
}
