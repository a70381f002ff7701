//! Which columns the list shows, and the panel in which the reader chooses them. The choice stays in the browser.

use leptos::prelude::*;

use super::listed::Listed;
use crate::browser::chunk::chunk;
use crate::browser::{media, storage};
use crate::domain::list_columns::{ColumnChoice, ListColumn, Width};
use crate::features::later::{Part, opened_by};
use crate::i18n::{t, t_later};
use crate::ui::filter_chip::PanelPlace;
use crate::ui::filter_panel::FilterPanel;
use crate::ui::icon::glyph;
use crate::ui::panel_button::PanelButton;
use crate::ui::support::Choice;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::floating::Align;
use crate::ui::virtual_table::{Breakpoint, TableHandle};

/// The columns that a list shows; copies are the same choice.
#[derive(Clone, Copy)]
pub struct Columns {
    service: bool,
    choice: RwSignal<ColumnChoice>,
    /// The table. Behind a handle of one word: every slot of it carries these columns.
    table: StoredValue<TableHandle>,
}

impl Columns {
    /// What was chosen in this browser, for a table.
    pub fn stored(listed: Listed, table: TableHandle) -> Self {
        let text = storage::get(storage::browser().as_ref(), key(listed.service));
        Self {
            service: listed.service,
            choice: RwSignal::new(text.map(|text| ColumnChoice::parse(&text)).unwrap_or_default()),
            table: StoredValue::new(table),
        }
    }

    /// Those that are shown, each with the width of the page from which on it is, tracked.
    pub fn shown(self) -> Vec<(ListColumn, Breakpoint)> {
        let columns = self.choice.with(|choice| choice.columns(self.service));
        columns
            .into_iter()
            .map(|(column, width)| (column, breakpoint(width)))
            .collect()
    }

    /// The width from which on a column is shown, tracked.
    pub fn from(self, column: ListColumn) -> Option<Breakpoint> {
        let shown = self.shown();
        shown.iter().find(|(other, _)| *other == column).map(|(_, from)| *from)
    }

    fn choose(self, values: &[String]) {
        let chosen: Vec<_> = ListColumn::ALL
            .into_iter()
            .filter(|column| values.iter().any(|value| value == column.as_str()))
            .collect();
        let choice = ColumnChoice::of(&chosen, self.service);
        let browser = storage::browser();
        match choice.to_text() {
            Some(text) => {
                storage::set(browser.as_ref(), key(self.service), &text);
            }
            None => storage::remove(browser.as_ref(), key(self.service)),
        }
        self.table.with_value(|table| table.keep_place());
        self.choice.set(choice);
    }
}

fn key(service: bool) -> &'static str {
    if service {
        "roost.columns.service"
    } else {
        "roost.columns"
    }
}

fn breakpoint(width: Width) -> Breakpoint {
    match width {
        Width::Medium => Breakpoint::Medium,
        Width::Large => Breakpoint::Large,
        Width::Largest => Breakpoint::Largest,
    }
}

/// The title of a column.
pub fn title(column: ListColumn) -> &'static str {
    match column {
        ListColumn::Role => t().column_role(),
        ListColumn::Groups => t().column_groups(),
        ListColumn::Devices => t().column_devices(),
        ListColumn::LastLogin => t().column_last_login(),
        ListColumn::Email => t().column_email(),
        ListColumn::Provider => t().filter_provider(),
        ListColumn::Issued => t().filter_issued(),
        ListColumn::Id => t().column_id(),
    }
}

/// The button that opens the panel.
#[component]
pub fn ColumnsButton(columns: Columns) -> Drawn {
    let place = PanelPlace::new();
    let panel = Part::new(load_columns, move || draw_columns(columns, place));
    view! {
        <PanelButton
            label=t().columns()
            icon=glyph::COLUMNS
            place=place
            panel=move || opened_by(place.open, panel)
            on_near=move || panel.fetch()
        />
    }
    .draw()
}

chunk!(panels, load_columns: fn draw_columns(columns: Columns, place: PanelPlace) -> Drawn {
    let wide = [Breakpoint::Medium, Breakpoint::Large, Breakpoint::Largest].map(|from| (from, media::matches(from.query())));
    let choices = move || {
        let choice = |column: ListColumn| {
            let has_room = columns.from(column).is_none_or(|from| wide.iter().any(|(width, fits)| *width == from && fits.get()));
            let label = if has_room { title(column).to_owned() } else { t_later().column_no_room(title(column)) };
            Choice::new(column.as_str(), label)
        };
        ListColumn::of_list(columns.service).map(choice).collect::<Vec<_>>()
    };
    let picked = move || {
        let shown = columns.shown();
        shown.iter().map(|(column, _)| column.as_str().to_owned()).collect::<Vec<_>>()
    };
    let choose = Callback::new(move |values: Vec<String>| columns.choose(&values));
    view! {
        <FilterPanel
            place=place
            name=t().columns()
            choices=Signal::derive(choices)
            picked=Signal::derive(picked)
            on_change=choose
            find_label=""
            clear_label=""
            align=Align::End
        />
    }
    .draw()
});
