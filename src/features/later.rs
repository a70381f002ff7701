//! A page whose part of the program is downloaded when it is first needed.

use std::future::Future;

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

use crate::browser::chunk::NotLoaded;
use crate::i18n::t;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::glyph;
use crate::ui::page_header::PageHeader;
use crate::ui::skeleton::SkeletonText;
use crate::ui::strip::MessageAction;
use crate::ui::support::drawn::{Draw, Drawn};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    OnItsWay,
    Here,
    Failed,
}

/// Where a page stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// Inside the shell, below its navigation.
    Shell,
    /// Alone.
    Alone,
}

impl Frame {
    fn waiting(self) -> Drawn {
        match self {
            Self::Alone => ().draw(),
            Self::Shell => view! {
                <PageHeader title=t().part_loading() lined=true />
                <div class="page-body">
                    <SkeletonText label=t().part_loading() />
                </div>
            }
            .draw(),
        }
    }

    fn failed(self, again: Callback<()>) -> Drawn {
        let retry = MessageAction::new(t().try_again(), again).with(glyph::REFRESH);
        let why = view! { <ErrorView title=t().part_failed_title() text=t().part_failed_text() retry=retry /> }.draw();
        match self {
            Self::Alone => view! { <main>{why}</main> }.draw(),
            Self::Shell => view! {
                <PageHeader title=t().part_failed_title() lined=true />
                {why}
            }
            .draw(),
        }
    }
}

/// Fetches a part, then draws what is in it under `owner`. `None` when the part cannot be had.
///
/// `is_wanted` is asked between the two: the reader may have gone on, and then there is no place to draw in.
pub async fn arrive<E, P>(
    load: impl Future<Output = Result<(), E>>,
    is_wanted: impl FnOnce() -> bool,
    owner: Option<Owner>,
    page: impl FnOnce() -> P,
) -> Option<Drawn>
where
    P: Future<Output = Result<Drawn, NotLoaded>> + 'static,
{
    load.await.ok()?;
    if !is_wanted() {
        return None;
    }
    owner?.with(|| ScopedFuture::new_untracked(page())).await.ok()
}

/// Draws a page as soon as its part is here. `load` fetches the part; `page` is asked when it is here.
pub fn later<L, E, P>(frame: Frame, load: fn() -> L, page: impl Fn() -> P + Clone + 'static) -> Drawn
where
    L: Future<Output = Result<(), E>> + 'static,
    E: 'static,
    P: Future<Output = Result<Drawn, NotLoaded>> + 'static,
{
    let state = RwSignal::new(State::OnItsWay);
    let drawn = StoredValue::new_local(None::<Drawn>);
    let page = StoredValue::new_local((Owner::current(), page));
    let fetch = move || {
        let Some((owner, page)) = page.try_get_value() else {
            return;
        };
        spawn_local(async move {
            let view = arrive(load(), move || !state.is_disposed(), owner, page).await;
            let is_here = view.is_some();
            drawn.try_set_value(view);
            state.try_set(if is_here { State::Here } else { State::Failed });
        });
    };
    fetch();
    let again = Callback::new(move |()| {
        state.set(State::OnItsWay);
        fetch();
    });
    (move || match state.get() {
        State::Here => drawn.try_update_value(Option::take).flatten(),
        State::OnItsWay => Some(frame.waiting()),
        State::Failed => Some(frame.failed(again)),
    })
    .draw()
}
