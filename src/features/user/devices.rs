//! The devices of one person: name, address, how they stand, when they were last seen. They lead nowhere: devices are no
//! part of this console.

use std::sync::Arc;

use leptos::prelude::*;

use crate::api::peers;
use crate::domain::device::{self, Device, DeviceState};
use crate::domain::user::{User, UserId};
use crate::features::faces;
use crate::i18n::{describe_error, t, t_later};
use crate::state::console::Console;
use crate::state::query::{Query, Status};
use crate::ui::badge::{Badge, BadgeFace, BadgeLook};
use crate::ui::icon::glyph;
use crate::ui::name_text::NameText;
use crate::ui::short_table::{ShortColumn, ShortTable};
use crate::ui::skeleton::SkeletonText;
use crate::ui::strip::{MessageAction, Strip};
use crate::ui::support::Tone;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;
use crate::ui::support::keyed::Line;
use crate::ui::time_text::TimeText;

/// So many are drawn; nobody has more.
const MOST: usize = 200;

/// The section.
#[component]
pub fn OwnDevices(
    /// The user.
    user: Signal<User>,
) -> Drawn {
    let console = Console::get();
    let id = Memo::new(move |_| user.with(|user| user.id.clone()));
    let devices = Query::<Vec<Device>>::default();
    let tries = RwSignal::new(0_u32);
    effect(move || {
        tries.track();
        // Once more with every newer list.
        console.users.as_of();
        let id = id.get();
        if let Some(client) = console.client() {
            devices.run_here(async move {
                let all = client.send(peers::list()).await?;
                Ok(device::of_user(all, id.as_str()))
            });
        }
    });
    let place = Memo::new(move |_| place(console, devices, &id.get()));
    let count = move || {
        let known = devices.get().filter(|_| place.get() != Place::Hidden);
        known.map(|devices| t().number(u64::try_from(devices.len()).unwrap_or_default()))
    };
    let body = move || match place.get() {
        Place::Loading => view! { <SkeletonText label=t_later().devices_loading() lines=2 /> }.draw(),
        Place::Hidden => view! { <p class="muted">{t_later().devices_hidden()}</p> }.draw(),
        Place::Empty => view! { <p class="muted">{t_later().devices_none()}</p> }.draw(),
        Place::Failed => failed(devices, tries),
        Place::Some => table(devices),
    };
    let stale = move || {
        (place.get() == Place::Some && matches!(devices.status(), Status::Failed(_))).then(|| failed(devices, tries))
    };
    view! {
        <section class="stack devices" aria-labelledby="devices-title">
            <h2 id="devices-title">
                {t().column_devices()} " " {move || count().map(|count| view! { <span class="section-count">{count}</span> })}
            </h2>
            {stale}
            {body}
        </section>
    }
    .draw()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Loading,
    /// The server shows none to this caller, which does not mean that there are none.
    Hidden,
    Failed,
    Empty,
    Some,
}

fn place(console: Console, devices: Query<Vec<Device>>, user: &UserId) -> Place {
    match (devices.get(), devices.status()) {
        (Some(known), _) if !known.is_empty() => Place::Some,
        (Some(_), _) if is_hidden(console, user) => Place::Hidden,
        (Some(_), Status::Ready | Status::Loading) => Place::Empty,
        (_, Status::Failed(_)) => Place::Failed,
        _ => Place::Loading,
    }
}

/// Whether an empty answer is no answer.
fn is_hidden(console: Console, user: &UserId) -> bool {
    let me = console.me();
    me.is_some_and(|me| device::are_hidden(&me.permissions, me.user.id == *user))
}

fn failed(devices: Query<Vec<Device>>, tries: RwSignal<u32>) -> Drawn {
    let why = match devices.status() {
        Status::Failed(error) => describe_error(&error),
        _ => String::new(),
    };
    let again = MessageAction::new(
        t().try_again(),
        Callback::new(move |()| tries.update(|tries| *tries += 1)),
    );
    view! { <Strip tone=Tone::Danger lead=t_later().devices_not_loaded() text=why action=again /> }.draw()
}

fn table(devices: Query<Vec<Device>>) -> Drawn {
    let rows = move || {
        let devices = devices.get().unwrap_or_default();
        devices.iter().take(MOST).map(row).collect()
    };
    let columns = vec![
        ShortColumn::new(t().column_name()),
        ShortColumn::new(t_later().device_address()).wide_only(),
        ShortColumn::new(t().column_status()),
        ShortColumn::new(t_later().device_seen()),
    ];
    view! { <ShortTable labelled_by="devices-title" columns=columns rows=rows /> }.draw()
}

/// The key holds everything that shows: a row that changed is another one.
fn row(device: &Device) -> Line {
    let device = Arc::new(device.clone());
    let key = format!("{device:?}");
    let draw = move || {
        let name = device.name.clone();
        view! {
            <tr>
                <td>
                    <NameText name=name />
                </td>
                <td class="short-wide mono">{device.address.clone()}</td>
                <td>
                    <Badge face=Signal::stored(Some(badge(device.state()))) />
                </td>
                <td>
                    <TimeText face=Signal::stored(faces::moment_ago(device.last_seen)) focusable=true />
                </td>
            </tr>
        }
    };
    (key, draw.into())
}

fn badge(state: DeviceState) -> BadgeFace {
    let (look, glyph, text) = match state {
        DeviceState::Waiting => (BadgeLook::Warning, glyph::CLOCK, t().status_pending()),
        DeviceState::SignedOut => (BadgeLook::Caution, glyph::CLOCK, t_later().device_signed_out()),
        DeviceState::Online => (BadgeLook::Well, glyph::CHECK_CIRCLE, t_later().device_online()),
        DeviceState::Offline => (BadgeLook::Muted, glyph::MINUS, t_later().device_offline()),
    };
    BadgeFace {
        look,
        glyph,
        text: text.to_owned(),
        short: None,
    }
}
