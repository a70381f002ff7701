//! Search and filters above the list. The panels of the filters and the phone's sheet are a part of the program of
//! their own: most visits only look.

use leptos::prelude::*;

use super::address::Address;
use super::filters::{self, Kind};
use super::view::{View, number};
use crate::browser::chunk::chunk;
use crate::features::later::{Part, opened_by};
use crate::i18n::{t, t_later};
use crate::state::console::Console;
use crate::ui::filter_chip::{FilterChip, PanelPlace};
use crate::ui::filter_panel::FilterPanel;
use crate::ui::search_input::SearchInput;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::toolbar::{FilterSheet, Toolbar};

/// Search and filters.
#[component]
pub fn UsersToolbar(console: Console, address: Address, view: View) -> Drawn {
    let sheet_open = RwSignal::new(false);
    let sheet = Part::new(load_sheet, move || draw_sheet(sheet_open, console, address, view));
    view! {
        <Toolbar
            search=move || search_box(console, address)
            filters=move || chips(console, address)
            sheet_label=move || sheet_label(address)
            sheet_open=sheet_open
            sheet=move || opened_by(sheet_open, sheet)
        />
    }
    .draw()
}

fn search_box(console: Console, address: Address) -> Drawn {
    view! {
        <div on:focusout=move |_| address.settle()>
            <SearchInput
                value=address.text
                on_input=move |text| address.type_text(text)
                label=address.listed().words().search
                placeholder=address.listed().words().search_hint
                clear_label=t().users_search_clear()
                slash=Signal::derive(move || console.shortcuts.are_on())
            />
        </div>
    }
    .draw()
}

fn chips(console: Console, address: Address) -> Drawn {
    let service = address.listed().service;
    Kind::ALL
        .into_iter()
        // Service users sign in nowhere; what the address asks for all the same can be taken back.
        .filter(|kind| {
            !(service && matches!(kind, Kind::Provider | Kind::Login) && untrack(|| kind.chosen(address)).is_empty())
        })
        .map(|kind| {
            let place = PanelPlace::new();
            let panel = Part::new(load_panel, move || draw_panel(kind, console, address, place));
            view! {
                <FilterChip
                    name=kind.label()
                    value=Signal::derive(move || kind.value(console, address))
                    on_clear=move || kind.choose(address, Vec::new())
                    clear_label=t().filter_remove(kind.label())
                    place=place
                    panel=move || opened_by(place.open, panel)
                    on_near=move || panel.fetch()
                />
            }
            .draw()
        })
        .collect_view()
        .draw()
}

chunk!(panels, load_panel: fn draw_panel(kind: Kind, console: Console, address: Address, place: PanelPlace) -> Drawn {
    view! {
        <FilterPanel
            place=place
            name=kind.label()
            choices=Signal::derive(move || kind.choices(console, address))
            picked=Signal::derive(move || kind.chosen(address))
            on_change=move |values| kind.choose(address, values)
            find_label=if kind == Kind::Group { t_later().filter_find_group() } else { t_later().filter_find() }
            clear_label=t().filter_remove(kind.label())
        />
    }
    .draw()
});

chunk!(panels, load_sheet: fn draw_sheet(open: RwSignal<bool>, console: Console, address: Address, view: View) -> Drawn {
    view! {
        <FilterSheet open=open title=t().users_filters() done_label=move || (address.listed().words().show)(number(view.len()))>
            {chips(console, address)}
        </FilterSheet>
    }
    .draw()
});

fn sheet_label(address: Address) -> String {
    match filters::count(address) {
        0 => t().users_filters().to_owned(),
        count => [t().users_filters(), " ", &count.to_string()].concat(),
    }
}
