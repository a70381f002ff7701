//! What the reader is told about the end of their session, and about a clock that is wrong.

use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::watch::{Notice, Watch};
use crate::features::auth_words::clock_words;
use crate::i18n::{t, t_session};
use crate::state::keeper::Keeper;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::{Dialog, DialogSize};
use crate::ui::strip::{MessageAction, Strip};
use crate::ui::support::Tone;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{effect, focus};

/// How it is drawn; the words may change meanwhile.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    Nothing,
    Strip(Tone),
    Dialog,
}

/// All there is to be told.
#[component]
pub fn Notices(keeper: Keeper) -> Drawn {
    let watch = Watch::begin(keeper);
    // Somebody in a dialog is asked once before the end, and once more after it.
    let put_off = RwSignal::new(None::<bool>);
    // The end of the next session is another one.
    effect(move || {
        if watch.notice.with(Option::is_none) {
            put_off.set(None);
        }
    });
    let face = Memo::new(move |_| match watch.notice.get() {
        None => Face::Nothing,
        Some(notice) if !notice.in_dialog => Face::Strip(tone(notice)),
        Some(notice) if put_off.get() == Some(notice.minutes.is_none()) => Face::Nothing,
        Some(_) => Face::Dialog,
    });
    let strip = NodeRef::new();
    keep_place(face, strip);
    let later = move || put_off.set(watch.notice.get_untracked().map(|notice| notice.minutes.is_none()));
    let told = move || match face.get() {
        Face::Nothing => ().draw(),
        Face::Strip(tone) => view! {
            <Strip
                tone=tone
                text=move || words(watch)
                action=MessageAction::new(move || label(watch), move || act(watch))
            />
        }
        .draw(),
        Face::Dialog => in_dialog(watch, later),
    };
    view! {
        <ClockNotice keeper=keeper />
        <div node_ref=strip>{told}</div>
    }
    .draw()
}

/// Who went up to the strip by the keyboard keeps a place: its button while there is one, and once it has gone what they
/// were at when it came, or have typed into since.
fn keep_place(face: Memo<Face>, strip: NodeRef<Div>) {
    let place = StoredValue::new_local(None::<HtmlElement>);
    let note = move || {
        let outside = |element: &HtmlElement| !strip.get_untracked().is_some_and(|strip| strip.contains(Some(element)));
        if let Some(element) = focus::active().filter(outside) {
            place.try_set_value(Some(element));
        }
    };
    let listener = window_event_listener(ev::input, move |_| note());
    on_cleanup(move || listener.remove());
    let was_there = StoredValue::new(false);
    effect(move || {
        let is_there = matches!(face.get(), Face::Strip(_));
        match was_there.try_update_value(|was| std::mem::replace(was, is_there)) {
            Some(false) if is_there => note(),
            // In the next frame, when the one that goes is gone and the one that comes is there.
            Some(true) => request_animation_frame(move || {
                let button = strip
                    .try_get_untracked()
                    .flatten()
                    .filter(|_| is_there)
                    .and_then(|strip| focus::find(&strip, "button"));
                focus::return_to(button.or_else(|| place.try_get_value().flatten()));
            }),
            _ => {}
        }
    });
}

fn tone(notice: Notice) -> Tone {
    if notice.minutes.is_some() {
        Tone::Warning
    } else {
        Tone::Danger
    }
}

fn in_dialog(watch: Watch, later: impl Fn() + Copy + Send + Sync + 'static) -> Drawn {
    let title = move || match watch.notice.get().map(|notice| notice.minutes) {
        Some(None) => t_session().session_over_title(),
        _ => t_session().session_title(),
    };
    let foot = move || {
        view! {
            <Button label=t_session().session_later() on_click=later />
            <Button label=move || label(watch) kind=ButtonKind::Primary on_click=move || act(watch) />
        }
        .draw()
    };
    view! {
        <Dialog open=Signal::stored(true) on_close=later title=title size=DialogSize::Confirm alert=true foot=foot>
            {move || view! { <p>{words(watch)}</p> }.draw()}
        </Dialog>
    }
    .draw()
}

fn act(watch: Watch) {
    if watch.blocked.get_untracked() {
        watch.stay_here();
    } else {
        watch.stay();
    }
}

fn label(watch: Watch) -> &'static str {
    match watch.notice.get() {
        _ if watch.blocked.get() => t_session().session_here(),
        Some(Notice {
            minutes: Some(_),
            by_hand: false,
            ..
        }) => t_session().session_stay(),
        _ => t_session().session_again(),
    }
}

fn words(watch: Watch) -> String {
    let Some(notice) = watch.notice.get() else {
        return String::new();
    };
    let mut words = vec![match notice.minutes {
        Some(0) => t_session().session_left_soon().to_owned(),
        Some(minutes) => t_session().session_left(minutes),
        None => t_session().session_over().to_owned(),
    }];
    match watch.problem.get() {
        Some(problem) => words.push(problem),
        None if watch.blocked.get() => words.push(t_session().session_blocked().to_owned()),
        None if watch.opened.get() => words.push(t_session().session_window().to_owned()),
        None if notice.by_hand && notice.minutes.is_some() => words.push(t_session().session_ask().to_owned()),
        None => {}
    }
    words.join(" ")
}

/// Told once: dates and times on screen are wrong by as much.
#[component]
fn ClockNotice(keeper: Keeper) -> Drawn {
    let ahead = RwSignal::new(keeper.session().and_then(|session| session.clock_ahead_s));
    (move || {
        ahead.get().map(|seconds| {
            let close = MessageAction::new(t().close(), move || ahead.set(None));
            view! { <Strip tone=Tone::Info text=clock_words(seconds) action=close /> }.draw()
        })
    })
    .draw()
}
