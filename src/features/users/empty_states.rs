//! What stands under the head when there are no rows: nothing came, nothing is there, nothing matches, not allowed.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

use super::address::Address;
use super::filters::{self, WayOut};
use crate::api::error::{ApiError, ErrorKind};
use crate::browser::chunk::chunk;
use crate::domain::list_query::ListQuery;
use crate::domain::permission::{Module, Operation};
use crate::features::later::{Part, opened};
use crate::i18n::{describe_error, error_title, role_phrase, t, t_later};
use crate::state::console::Console;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::Empty;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::glyph;
use crate::ui::strip::MessageAction;

/// Nobody matches what was asked for: what is on, and the way back.
#[component]
pub fn NoMatch(console: Console, address: Address) -> Drawn {
    let query = address.query_untracked();
    let text = query.text.trim();
    let words = filters::in_words(console, address);
    let listed = address.listed().words();
    let title = if text.is_empty() {
        listed.no_filter_match.to_owned()
    } else {
        (listed.no_match)(text)
    };
    let in_use = (!words.is_empty()).then(|| t().users_no_match_filters(&words.join("; ")));
    let label = if text.is_empty() {
        t().users_clear_filters()
    } else {
        t().users_clear_search()
    };
    let clears_text = !text.is_empty();
    let clear = move || {
        address.change(|query| {
            if clears_text {
                query.text.clear();
            } else {
                *query = query.cleared();
            }
        });
    };
    let clear_filters = (clears_text && !words.is_empty()).then(|| {
        let clear = move || {
            address.change(|query| {
                *query = ListQuery {
                    text: query.text.clone(),
                    ..query.cleared()
                }
            });
        };
        view! { <Button label=t().users_clear_filters() on_click=clear /> }
    });
    let hints = Part::new(load_hints, move || draw_hints(console, address));
    let ask = Callback::new(|()| ());
    view! {
        <Empty title=title text=in_use.unwrap_or_default()>
            <div class="row">
                <Button label=label on_click=clear />
                {clear_filters}
            </div>
            // Without its part the buttons above are there all the same.
            {opened(|| true, hints, ask)}
        </Empty>
    }
    .draw()
}

chunk!(panels, load_hints: fn draw_hints(console: Console, address: Address) -> Drawn {
    ways_out(console, address)
});

/// What could be dropped alone, one button each.
fn ways_out(console: Console, address: Address) -> Drawn {
    let query = address.query_untracked();
    let ways = filters::ways_out(console, address, &query);
    if ways.is_empty() {
        return ().draw();
    }
    let words = address.listed().words();
    let button = |way: WayOut| {
        let label = t_later().users_drop(&way.name, &(words.count)(way.count));
        view! { <Button label=label kind=ButtonKind::Link on_click=move || address.change(|query| *query = way.query.clone()) /> }.draw()
    };
    view! {
        <div class="ways-out" role="group" aria-label=t_later().users_drop_one()>
            {ways.into_iter().map(button).collect_view()}
        </div>
    }
    .draw()
}

/// The account has nobody to show.
#[component]
pub fn NoUsers(address: Address) -> Drawn {
    let words = address.listed().words();
    view! { <Empty title=words.empty_title text=words.empty_text /> }.draw()
}

/// No list came.
#[component]
pub fn NotLoaded(console: Console, error: ApiError) -> Drawn {
    if error.kind == ErrorKind::Forbidden {
        return view! { <Forbidden console=console /> }.draw();
    }
    let again = Callback::new(move |()| console.refresh());
    let details = error.status.map(|status| t().error_status(&status.to_string()));
    let details = [details.unwrap_or_default(), error.message.clone()]
        .join(" ")
        .trim()
        .to_owned();
    view! {
        <ErrorView
            title=t().users_failed_title()
            text=error_title(&error)
            retry=MessageAction::new(t().try_again(), again)
            details_label=t().show_details()
            details=if details.is_empty() { describe_error(&error) } else { details }
        />
    }
    .draw()
}

/// The caller may not see users.
#[component]
fn Forbidden(console: Console) -> Drawn {
    let permission = [
        Module::Users.as_str(),
        ": ",
        crate::i18n::operation_name(Operation::Read),
    ]
    .concat();
    let text = move || match console.me() {
        Some(me) => t().forbidden_text(&role_phrase(&me.user.role), &permission),
        None => t().forbidden_plain().to_owned(),
    };
    view! { <ErrorView title=t().forbidden_users_title() text=text icon=glyph::LOCK failed=false /> }.draw()
}
