//! Devices: who sees which, their addresses, and how they follow settings and groups.

use std::collections::HashSet;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::{Value, json};
use standin::Seed;

use crate::support::{OWNER_TOKEN, PASSWORD, Server, bearer};

const ALL: usize = 60;

fn peers(server: &Server, header: &str, query: &str) -> Vec<Value> {
    let answer = server.get(&format!("/api/peers{query}"), header);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json().as_array().unwrap().clone()
}

fn put_settings(server: &Server, more: &Value) {
    let account = server.get("/api/accounts", OWNER_TOKEN).json()[0].clone();
    let mut settings = account["settings"].clone();
    for range in ["network_range", "network_range_v6"] {
        settings.as_object_mut().unwrap().remove(range);
    }
    for (name, value) in more.as_object().unwrap() {
        settings[name] = value.clone();
    }
    let path = format!("/api/accounts/{}", account["id"].as_str().unwrap());
    let answer = server.call("PUT", &path, OWNER_TOKEN, Some(json!({ "settings": settings })));
    assert_eq!(answer.status, 200, "{}", answer.text());
}

fn group(server: &Server, name: &str) -> Value {
    server.get(&format!("/api/groups?name={name}"), OWNER_TOKEN).json()[0].clone()
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

/// How many have an IPv6 address, by whether they are in a group.
fn with_v6(server: &Server, group: &str) -> (usize, usize) {
    let mut counts = (0, 0);
    for peer in peers(server, OWNER_TOKEN, "") {
        if peer["ipv6"] != "" {
            let is_in = peer["groups"].as_array().unwrap().iter().any(|of| of["name"] == group);
            *(if is_in { &mut counts.0 } else { &mut counts.1 }) += 1;
        }
    }
    counts
}

#[test]
fn the_filters_look_for_parts() {
    let server = Server::start(Seed::Demo);
    let everybody = peers(&server, OWNER_TOKEN, "");
    assert_eq!(everybody.len(), ALL);
    for (query, name, part) in [
        ("?name=db-", "name", "db-"),
        ("?name=-0", "name", "-0"),
        ("?ip=100.90.0.1", "ip", "100.90.0.1"),
        ("?ip=.0.14", "ip", ".0.14"),
        ("?name=no+such", "name", "no such"),
    ] {
        let expected: Vec<&Value> = everybody
            .iter()
            .filter(|peer| peer[name].as_str().unwrap().contains(part))
            .map(|peer| &peer["id"])
            .collect();
        let found = peers(&server, OWNER_TOKEN, query);
        assert_eq!(
            found.iter().map(|peer| &peer["id"]).collect::<Vec<_>>(),
            expected,
            "{query}"
        );
    }
    let both = peers(&server, OWNER_TOKEN, "?name=db-01&ip=100.90");
    assert_eq!(both.len(), 1);
}

#[test]
fn people_see_all_their_own_or_none() {
    let server = Server::start(Seed::Demo);
    let header = |person: &str| bearer(&server, &format!("{person}@example.com"), PASSWORD);
    let uma = header("uma.sato");
    let own = server.person("uma.sato@example.com");
    assert_eq!(peers(&server, &uma, ""), Vec::<Value>::new(), "restricted");
    for person in ["ada.okafor", "nils.lindqvist", "agnes.novak"] {
        assert_eq!(peers(&server, &header(person), "").len(), ALL, "{person}");
    }
    put_settings(&server, &json!({ "regular_users_view_blocked": false }));
    let mine = peers(&server, &uma, "");
    assert_eq!(mine.len(), 3);
    for peer in &mine {
        assert_eq!(peer["user_id"], own["id"]);
        assert_eq!(peer["groups"], Value::Null, "she may not read groups");
    }
    let by_setup_key = peers(&server, OWNER_TOKEN, "?name=db-01");
    assert_eq!(by_setup_key[0]["user_id"], "");
    let prefix = "failed to validate user permissions: ";
    assert_eq!(
        server.get("/api/peers", &header("bill.okonkwo")).error(),
        (403, format!("{prefix}user role: billing_admin not found"))
    );
}

#[test]
fn a_new_range_gives_every_device_a_new_address_and_the_one_in_use_none() {
    let server = Server::start(Seed::Demo);
    let addresses = |name: &str| -> Vec<String> {
        let all = peers(&server, OWNER_TOKEN, "");
        all.iter().map(|peer| peer[name].as_str().unwrap().to_owned()).collect()
    };
    // Her devices leave gaps: numbering anew would show.
    let uma = server.person("uma.sato@example.com");
    let path = format!("/api/users/{}", uma["id"].as_str().unwrap());
    assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).status, 200);
    let before = (addresses("ip"), addresses("ipv6"));
    let left = ALL - 3;
    put_settings(
        &server,
        &json!({ "network_range": "100.90.3.3/16", "network_range_v6": "fd12:3456:789a:1::7/64" }),
    );
    assert_eq!((addresses("ip"), addresses("ipv6")), before, "the ranges in use");

    put_settings(&server, &json!({ "network_range": "10.200.9.9/25" }));
    assert_eq!(addresses("ipv6"), before.1);
    let new = addresses("ip");
    assert_eq!(new.iter().collect::<HashSet<_>>().len(), left);
    for address in &new {
        let address: Ipv4Addr = address.parse().unwrap();
        assert!(
            Ipv4Addr::new(10, 200, 9, 0) < address && address < Ipv4Addr::new(10, 200, 9, 127),
            "{address}"
        );
    }

    put_settings(&server, &json!({ "network_range_v6": "fdab:1::/120" }));
    let new = addresses("ipv6");
    assert_eq!(new.iter().collect::<HashSet<_>>().len(), left);
    for address in &new {
        let address: Ipv6Addr = address.parse().unwrap();
        assert_eq!(
            address.to_bits() >> 8,
            "fdab:1::".parse::<Ipv6Addr>().unwrap().to_bits() >> 8
        );
    }
    // Clearing what was asked for leaves what is in use.
    put_settings(&server, &json!({}));
    assert_eq!(addresses("ipv6"), new);
}

#[test]
fn ipv6_is_for_the_groups_that_have_it() {
    let server = Server::start(Seed::Demo);
    let (databases, design) = (group(&server, "Databases"), group(&server, "Design"));
    let count = |group: &Value| usize::try_from(group["peers_count"].as_u64().unwrap()).unwrap();
    assert_eq!(with_v6(&server, "All"), (ALL, 0));
    put_settings(&server, &json!({ "ipv6_enabled_groups": [id(&databases)] }));
    assert_eq!(with_v6(&server, "Databases"), (count(&databases), 0));
    let kept = peers(&server, OWNER_TOKEN, "?name=db-01")[0]["ipv6"].clone();
    put_settings(
        &server,
        &json!({ "ipv6_enabled_groups": [id(&databases), id(&design)] }),
    );
    assert_eq!(with_v6(&server, "Databases"), (count(&databases), count(&design)));
    assert_eq!(
        peers(&server, OWNER_TOKEN, "?name=db-01")[0]["ipv6"],
        kept,
        "who has one keeps it"
    );
    for nobody in [json!([]), json!(null)] {
        put_settings(&server, &json!({ "ipv6_enabled_groups": nobody }));
        assert_eq!(with_v6(&server, "All"), (0, 0), "{nobody}");
    }
    put_settings(&server, &json!({ "ipv6_enabled_groups": [id(&group(&server, "All"))] }));
    assert_eq!(with_v6(&server, "All"), (ALL, 0));
}

#[test]
fn who_comes_into_such_a_group_or_leaves_it_gains_or_loses_ipv6() {
    let server = Server::start(Seed::Demo);
    let (sales, design) = (group(&server, "Sales"), group(&server, "Design"));
    put_settings(&server, &json!({ "ipv6_enabled_groups": [id(&sales)] }));
    let in_sales = |server: &Server| usize::try_from(group(server, "Sales")["peers_count"].as_u64().unwrap()).unwrap();
    let before = in_sales(&server);
    assert_eq!(with_v6(&server, "Sales"), (before, 0));

    let uma = server.person("uma.sato@example.com")["id"].as_str().unwrap().to_owned();
    let path = format!("/api/users/{uma}");
    let set = |groups: &[&str]| {
        let body = json!({ "role": "user", "auto_groups": groups, "is_blocked": false });
        assert_eq!(server.call("PUT", &path, OWNER_TOKEN, Some(body)).status, 200);
    };
    set(&[id(&sales)]);
    assert_eq!(
        (in_sales(&server), with_v6(&server, "Sales")),
        (before + 3, (before + 3, 0))
    );
    set(&[id(&design)]);
    assert_eq!((in_sales(&server), with_v6(&server, "Sales")), (before, (before, 0)));

    let database = peers(&server, OWNER_TOKEN, "?name=db-01")[0].clone();
    let body = json!({ "name": "Sales", "peers": [id(&database)] });
    let path = format!("/api/groups/{}", id(&sales));
    assert_eq!(server.call("PUT", &path, OWNER_TOKEN, Some(body)).status, 200);
    assert_eq!(with_v6(&server, "Sales"), (1, 0));
    assert_eq!(
        server.call("DELETE", &path, OWNER_TOKEN, None).error().0,
        400,
        "it is linked to the settings"
    );
}

#[test]
fn propagation_moves_devices_only_while_it_is_on_and_catches_up_when_it_comes_on() {
    let server = Server::start(Seed::Demo);
    let uma = server.person("uma.sato@example.com")["id"].as_str().unwrap().to_owned();
    let names = || -> HashSet<String> {
        let all = peers(&server, OWNER_TOKEN, "");
        let own = all.iter().filter(|peer| peer["user_id"] == *uma);
        own.flat_map(|peer| peer["groups"].as_array().unwrap().clone())
            .map(|group| group["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let set = |groups: &[&str]| groups.iter().map(|name| (*name).to_owned()).collect::<HashSet<_>>();
    assert_eq!(names(), set(&["All", "Design"]));
    put_settings(&server, &json!({ "groups_propagation_enabled": false }));
    let sales = group(&server, "Sales");
    let body = json!({ "role": "user", "auto_groups": [id(&sales)], "is_blocked": false });
    assert_eq!(
        server
            .call("PUT", &format!("/api/users/{uma}"), OWNER_TOKEN, Some(body))
            .status,
        200
    );
    assert_eq!(names(), set(&["All", "Design"]), "switched off");
    server.newest_event(OWNER_TOKEN, "account.setting.group.propagation.disable");
    put_settings(&server, &json!({ "groups_propagation_enabled": true }));
    assert_eq!(names(), set(&["All", "Design", "Sales"]));
}
