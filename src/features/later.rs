//! Pages, dialogs and panels whose part of the program is downloaded when it is first needed.

use std::future::Future;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::chunk::{NotLoaded, Working};
use crate::browser::style;
use crate::i18n::t;
use crate::state::console::Console;
use crate::ui::error_view::ErrorView;
use crate::ui::page_header::PageHeader;
use crate::ui::skeleton::SkeletonText;
use crate::ui::strip::MessageAction;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;

/// A part of the program and what is drawn from it; copies are handles on the same.
#[derive(Clone, Copy)]
pub struct Part {
    load: StoredValue<Loader, LocalStorage>,
    draw: StoredValue<Rc<dyn Fn() -> Option<Drawn>>, LocalStorage>,
}

type Loader = Rc<dyn Fn() -> Working<bool>>;

impl Part {
    /// A part declared by `chunk!`: its two functions.
    pub fn new<L, E: 'static, D>(load: fn() -> L, draw: impl Fn() -> D + 'static) -> Self
    where
        L: Future<Output = Result<(), E>> + 'static,
        D: Future<Output = Result<Drawn, NotLoaded>> + 'static,
    {
        Self {
            load: StoredValue::new_local(Rc::new(move || Box::pin(fetched(Box::pin(load()))))),
            draw: StoredValue::new_local(Rc::new(move || at_once(Box::pin(draw())))),
        }
    }

    /// Fetches it. `false` when it cannot be had.
    pub async fn load(self) -> bool {
        match self.load.try_get_value() {
            Some(load) => load().await,
            None => false,
        }
    }

    /// Fetches it because it may be needed soon. Whether it came shows when it is.
    pub fn fetch(self) {
        spawn_local(async move {
            self.load().await;
        });
    }

    /// Draws what is in it. `None` when it is not here.
    pub fn draw(self) -> Option<Drawn> {
        self.draw.try_get_value()?()
    }
}

/// Waits for a part, and for the style sheet that all parts share: whether both are here. Boxed, so that it is compiled
/// once for all parts.
pub async fn fetched<E>(part: Working<Result<(), E>>) -> bool {
    let sheet = style::fetch_later();
    // Both to their end: a sheet that failed is only fetched anew when somebody has heard of it.
    let is_part_here = part.await.is_ok();
    sheet.await && is_part_here
}

/// What a function of a part answers. That of a part that is here answers at once. Ask where the view is placed, so that
/// its effects find it in the document.
pub fn at_once(mut answer: Working<Result<Drawn, NotLoaded>>) -> Option<Drawn> {
    match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(view)) => Some(view),
        _ => None,
    }
}

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
            // Without a heading: the announcer takes the first one it finds for the page's.
            Self::Shell => view! {
                <div class="page-header">
                    <span class="bone start-title"></span>
                </div>
                <div class="page-body">
                    <SkeletonText label=t().part_loading() />
                </div>
            }
            .draw(),
        }
    }

    fn failed(self, again: Callback<()>) -> Drawn {
        let retry = MessageAction::new(t().try_again(), again);
        let page = view! {
            <PageHeader title=t().part_failed_title() lined=true />
            <ErrorView text=t().part_failed_text() retry=retry />
        }
        .draw();
        match self {
            Self::Alone => view! { <main>{page}</main> }.draw(),
            Self::Shell => page,
        }
    }
}

/// Draws a page as soon as its part is here.
pub fn later(frame: Frame, part: Part) -> Drawn {
    let state = RwSignal::new(State::OnItsWay);
    let fetch = move || {
        spawn_local(async move {
            let is_here = part.load().await;
            // The reader may have gone on meanwhile.
            state.try_set(if is_here { State::Here } else { State::Failed });
        });
    };
    fetch();
    let again = Callback::new(move |()| {
        state.set(State::OnItsWay);
        fetch();
    });
    (move || match state.get() {
        State::Here => part.draw().unwrap_or_else(|| frame.failed(again)),
        State::OnItsWay => frame.waiting(),
        State::Failed => frame.failed(again),
    })
    .draw()
}

/// Draws what opens over the page, a dialog or a panel, once its part is here; the part is fetched when `open` first
/// says so. When it cannot be had, `on_missing` is called: it closes again and says why, and the next click tries anew.
pub fn opened(open: impl Fn() -> bool + 'static, part: Part, on_missing: Callback<()>) -> Drawn {
    let is_here = RwSignal::new(false);
    effect(move || {
        if !open() || is_here.get_untracked() {
            return;
        }
        spawn_local(async move {
            if part.load().await {
                is_here.try_set(true);
            } else {
                // The page that asked may be gone.
                on_missing.try_run(());
            }
        });
    });
    (move || is_here.get().then(|| part.draw())).draw()
}

/// The same for what a signal opens and what says in a message that it is not to be had.
pub fn opened_by(open: RwSignal<bool>, part: Part) -> Drawn {
    let console = Console::get();
    let missing = Callback::new(move |()| {
        open.set(false);
        console.toasts.error(t().part_failed_text().to_owned());
    });
    opened(move || open.get(), part, missing)
}
