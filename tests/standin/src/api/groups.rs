//! Owns groups: list, one, create, change, delete (contract 2.12).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::api::{Call, Outcome, addresses};
use crate::errors::ApiError;
use crate::ids::{self, Source};
use crate::permissions::{self, Operation};
use crate::store::groups::{self, ALL, Group, Resource};
use crate::store::{accounts, peers, users};
use crate::{http, json};

#[derive(Serialize, Clone)]
struct PeerName {
    id: String,
    name: String,
}

/// A group as the API sends it: empty lists are `null`.
#[derive(Serialize)]
struct GroupOut<'a> {
    id: &'a str,
    issued: &'a str,
    name: &'a str,
    peers: Option<&'a [PeerName]>,
    peers_count: usize,
    resources: Option<&'a [Resource]>,
    resources_count: usize,
}

impl<'a> GroupOut<'a> {
    fn new(group: &'a Group, peers: &'a [PeerName]) -> Self {
        Self {
            id: &group.id,
            issued: &group.issued,
            name: &group.name,
            peers: (!peers.is_empty()).then_some(peers),
            peers_count: peers.len(),
            resources: (!group.resources.is_empty()).then_some(group.resources.as_slice()),
            resources_count: group.resources.len(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Request {
    name: String,
    peers: Vec<String>,
    resources: Vec<Resource>,
}

/// `GET /groups`, and with `?name=` the one of that name.
pub fn list(call: &Call<'_>) -> Outcome {
    may_read(call)?;
    let account = &call.caller.account;
    let name = call.query.get("name");
    let groups = if name.is_empty() {
        groups::list(call.db, account)?
    } else {
        let found = groups::named(call.db, account, name)?;
        vec![found.ok_or_else(|| not_found(name))?]
    };
    let members = members(call)?;
    let out: Vec<GroupOut<'_>> = groups
        .iter()
        .map(|group| GroupOut::new(group, members.get(&group.id).map_or(&[], Vec::as_slice)))
        .collect();
    Ok(http::json(200, &out))
}

/// `GET /groups/{groupId}`.
pub fn get(call: &Call<'_>) -> Outcome {
    may_read(call)?;
    answer(call, &find(call)?)
}

/// `POST /groups`.
pub fn create(call: &Call<'_>) -> Outcome {
    let request: Request = json::object(call.body).ok_or_else(ApiError::bad_json)?;
    name_is_given(&request)?;
    call.allowed(permissions::GROUPS, Operation::Create)?;
    name_is_free(call, &request.name, None)?;
    let group = Group {
        id: ids::xid(&mut Source::System),
        account: call.caller.account.clone(),
        name: request.name,
        issued: "api".to_owned(),
        resources: request.resources,
    };
    groups::insert(call.db, &group)?;
    set_peers(call, &group, &request.peers)?;
    call.note("group.add", &group.id, [("name", group.name.clone())])?;
    answer(call, &group)
}

/// `PUT /groups/{groupId}`: what is left out is emptied.
pub fn update(call: &Call<'_>) -> Outcome {
    let before = find(call)?;
    let request: Request = json::object(call.body).ok_or_else(ApiError::bad_json)?;
    if before.name == ALL {
        return Err(ApiError::business(422, "updating group all is not allowed"));
    }
    name_is_given(&request)?;
    call.allowed(permissions::GROUPS, Operation::Update)?;
    name_is_free(call, &request.name, Some(&before.id))?;
    let group = Group {
        name: request.name,
        resources: request.resources,
        ..before
    };
    groups::update(call.db, &group)?;
    groups::remove_all_peers(call.db, &group.id)?;
    set_peers(call, &group, &request.peers)?;
    let account = accounts::get(call.db, &group.account)?;
    addresses::settle_after(call.db, &account, &[&group.id])?;
    call.note("group.update", &group.id, [("name", group.name.clone())])?;
    answer(call, &group)
}

/// `DELETE /groups/{groupId}`: every refusal is a 400 in its own case.
pub fn delete(call: &Call<'_>) -> Outcome {
    call.allowed(permissions::GROUPS, Operation::Delete)?;
    let (account, id) = (&call.caller.account, call.segment(0));
    let refused = |text: String| Err(ApiError::handler(400, text));
    let Some(group) = groups::find(call.db, account, id)? else {
        return refused(format!("group: {id} not found"));
    };
    if group.name == ALL {
        return refused("deleting group ALL is not allowed".to_owned());
    }
    if let Some(user) = users::holder_of_group(call.db, account, id)? {
        return refused(format!("group has been linked to user: {user}"));
    }
    let settings = accounts::get(call.db, account)?.settings;
    if settings
        .ipv6_enabled_groups
        .is_some_and(|groups| groups.iter().any(|group| group == id))
    {
        return refused(format!("group has been linked to settings: {id}"));
    }
    groups::delete(call.db, id)?;
    call.note("group.delete", id, [("name", group.name)])?;
    Ok(http::json(200, &serde_json::json!({})))
}

/// Reading groups is refused with the bare reason.
fn may_read(call: &Call<'_>) -> Result<(), ApiError> {
    call.allowed(permissions::GROUPS, Operation::Read)
        .map_err(permissions::Denial::bare_error)
}

fn not_found(what: &str) -> ApiError {
    ApiError::business(404, &format!("group: {what} not found"))
}

fn find(call: &Call<'_>) -> Result<Group, ApiError> {
    let id = call.segment(0);
    groups::find(call.db, &call.caller.account, id)?.ok_or_else(|| not_found(id))
}

fn name_is_given(request: &Request) -> Result<(), ApiError> {
    if request.name.is_empty() {
        return Err(ApiError::business(422, "group name shouldn't be empty"));
    }
    Ok(())
}

fn name_is_free(call: &Call<'_>, name: &str, but: Option<&str>) -> Result<(), ApiError> {
    match groups::named(call.db, &call.caller.account, name)? {
        Some(group) if Some(group.id.as_str()) != but => Err(ApiError::business(
            409,
            &format!("group with name {name} already exists"),
        )),
        _ => Ok(()),
    }
}

fn set_peers(call: &Call<'_>, group: &Group, wanted: &[String]) -> Result<(), ApiError> {
    for id in wanted {
        if !peers::exists(call.db, &group.account, id)? {
            return Err(ApiError::business(422, &format!("peer with id \"{id}\" not found")));
        }
        groups::add_peer(call.db, &group.id, id)?;
    }
    Ok(())
}

/// Who is in which group of the account.
fn members(call: &Call<'_>) -> Result<HashMap<String, Vec<PeerName>>, ApiError> {
    let mut members: HashMap<String, Vec<PeerName>> = HashMap::new();
    for (group, id, name) in groups::memberships(call.db, &call.caller.account)? {
        members.entry(group).or_default().push(PeerName { id, name });
    }
    Ok(members)
}

fn answer(call: &Call<'_>, group: &Group) -> Outcome {
    let peers: Vec<PeerName> = groups::members(call.db, &group.id)?
        .into_iter()
        .map(|(id, name)| PeerName { id, name })
        .collect();
    Ok(http::json(200, &GroupOut::new(group, &peers)))
}
