//! Asks somebody to prove anew who they are before something dangerous, in a small window of their identity provider.

use std::sync::atomic::{AtomicBool, Ordering};

use leptos::html;
use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation};

use crate::auth::flow::{AuthError, Ear};
use crate::auth::oidc::Prompt;
use crate::auth::prolong::{self, WindowRequest};
use crate::auth::session::Session;
use crate::auth::step_up::{Demand, Known, demand, is_proof};
use crate::auth::talk::{self, Said};
use crate::browser::{clock, page};
use crate::features::auth_words::auth_words;
use crate::i18n::{t, t_session};
use crate::state::console::Console;
use crate::state::keeper::{InUse, Keeper};
use crate::ui::button::Button;
use crate::ui::note::Note;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Tone, effect, focus};

/// A proof runs out while one looks at it: the time is looked at as often as this.
const LOOK_MS: u32 = 500;

/// The provider was asked and took no notice. Known as long as the page lives: what lies in a storage opens no door.
static TOOK_NO_NOTICE: AtomicBool = AtomicBool::new(false);

/// How far the question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It is being made, or is about to be, or its answer is being read.
    Busy,
    /// It waits for the click: a browser opens windows only then.
    Ready,
    /// It could not be made.
    Failed,
}

/// What the reader is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    Nothing,
    /// The window is open.
    Opened,
    /// The browser did not open it.
    Blocked,
    /// Why it did not work.
    Problem(String),
    /// It is proven.
    Proven,
    /// The provider did not ask.
    Unasked,
}

/// A question that can be answered once.
struct Question {
    request: WindowRequest,
    /// When its window was first opened, in milliseconds since the page began.
    opened_at: Option<f64>,
}

/// A handle on the proof that is needed before something dangerous.
#[derive(Clone, Copy)]
pub struct StepUp(StoredValue<State>);

#[derive(Clone, Copy)]
struct State {
    console: Console,
    keeper: Keeper,
    wanted: Memo<bool>,
    demand: RwSignal<Demand>,
    stage: RwSignal<Stage>,
    told: RwSignal<Told>,
    known: StoredValue<Known>,
    asked: StoredValue<Option<Question>>,
    ear: StoredValue<Option<Ear>, LocalStorage>,
    place: NodeRef<html::Div>,
}

impl StepUp {
    /// For what can be done while `wanted`: as long as a dialog is open.
    pub fn before(wanted: Signal<bool>) -> Self {
        let state = State {
            console: Console::get(),
            keeper: expect_context::<InUse>().keeper,
            wanted: Memo::new(move |_| wanted.get()),
            demand: RwSignal::new(Demand::NotNeeded),
            stage: RwSignal::new(Stage::Busy),
            told: RwSignal::new(Told::Nothing),
            known: StoredValue::new(Known::Nothing),
            asked: StoredValue::new(None),
            ear: StoredValue::new_local(None),
            place: NodeRef::new(),
        };
        effect(move || {
            state.forget();
            if state.wanted.get() {
                state.look();
                // It ends with the dialog, and with it a request that is being made.
                spawn_local_scoped_with_cancellation(async move {
                    loop {
                        state.make().await;
                        clock::sleep_ms(LOOK_MS).await;
                        state.look();
                    }
                });
            }
        });
        Self(StoredValue::new(state))
    }

    /// Why it may not be done yet, tracked.
    pub fn refusal(self) -> Option<String> {
        let state = self.0.try_get_value()?;
        let why = match state.demand.get() {
            _ if !state.wanted.get() => return None,
            Demand::NotNeeded | Demand::NotSupported => return None,
            Demand::Unknown => t_session().step_up_looking(),
            Demand::Needed => t_session().step_up_first(),
        };
        Some(why.to_owned())
    }

    /// Whether it may be done now. To be asked right before anything is sent: a proof may have run out since it was looked
    /// at.
    pub fn is_done(self) -> bool {
        let Some(state) = self.0.try_get_value() else {
            return false;
        };
        if !state.wanted.get_untracked() {
            return true;
        }
        state.look();
        !is_open(state.demand.get_untracked())
    }

    /// The question in its dialog, and what has become of it. `why` says what it is asked for.
    pub fn view(self, why: &'static str) -> Drawn {
        match self.0.try_get_value() {
            Some(state) => state.view(why),
            None => ().draw(),
        }
    }
}

/// Whether somebody is still to be asked.
fn is_open(demand: Demand) -> bool {
    matches!(demand, Demand::Needed | Demand::Unknown)
}

impl State {
    /// A new dialog is a new question.
    fn forget(self) {
        self.ear.set_value(None);
        self.asked.set_value(None);
        self.known.set_value(Known::Nothing);
        self.stage.set(Stage::Busy);
        self.told.set(Told::Nothing);
        self.demand.set(Demand::NotNeeded);
    }

    fn measure(self) -> Demand {
        let known = if TOOK_NO_NOTICE.load(Ordering::Relaxed) {
            Known::TookNoNotice
        } else {
            self.known.try_get_value().unwrap_or_default()
        };
        demand(self.keeper.session().as_ref(), known, clock::now_s())
    }

    /// Looks at what is needed by now.
    fn look(self) {
        let demand = self.measure();
        if self.demand.try_get_untracked().is_some_and(|before| before != demand) {
            self.demand.set(demand);
        }
        if is_open(demand) && self.told.try_get_untracked() == Some(Told::Proven) {
            self.told.set(Told::Nothing);
        }
    }

    /// Makes the question before the click, where one is needed and there is none.
    async fn make(self) {
        let is_wanted = self.stage.get_untracked() == Stage::Busy && is_open(self.demand.get_untracked());
        // While an answer is read there is an ear and no question.
        if !is_wanted || self.ear.with_value(Option::is_some) {
            return;
        }
        let config = self.keeper.config();
        match prolong::window(config, Prompt::Anew).await {
            Ok(request) => {
                self.known.set_value(Known::Says(request.proves_anew()));
                self.asked.set_value(Some(Question {
                    request,
                    opened_at: None,
                }));
                self.ear.set_value(talk::listen(move |said| match said {
                    Said::Answer(query) => self.take_answer(query),
                    // Another tab may have brought the proof.
                    Said::Renewed(session) => {
                        self.adopt(*session);
                        self.look();
                    }
                    Said::Renewing => {}
                }));
                self.stage.set(Stage::Ready);
            }
            Err(error) => {
                self.told.set(Told::Problem(words(self.keeper, &error)));
                self.stage.set(Stage::Failed);
            }
        }
        self.look();
    }

    fn act(self) {
        match self.stage.get_untracked() {
            Stage::Busy => {}
            Stage::Failed => {
                self.told.set(Told::Nothing);
                self.stage.set(Stage::Busy);
            }
            Stage::Ready => {
                let open = |asked: &mut Option<Question>| {
                    let question = asked.as_mut()?;
                    question.opened_at.get_or_insert_with(clock::ticks_ms);
                    Some(question.request.url.clone())
                };
                if let Some(url) = self.asked.try_update_value(open).flatten() {
                    let is_open = page::open_window(&url);
                    self.told.set(if is_open { Told::Opened } else { Told::Blocked });
                }
            }
        }
    }

    fn take_answer(self, query: String) {
        let answered = |asked: &mut Option<Question>| asked.take_if(|one| one.request.is_answered_by(&query));
        let question = self.asked.try_update_value(answered).flatten();
        let (Some(question), Some(before)) = (question, self.keeper.session()) else {
            return;
        };
        let waited_s = question.opened_at.map_or(0, clock::seconds_since);
        self.stage.try_set(Stage::Busy);
        spawn_local(async move {
            let told = match prolong::answered(self.keeper.config(), question.request, query, before).await {
                Ok(session) if proves(&session, waited_s) => {
                    self.adopt(session.clone());
                    talk::tell(&Said::Renewed(Box::new(session)));
                    Told::Proven
                }
                Ok(_) => {
                    TOOK_NO_NOTICE.store(true, Ordering::Relaxed);
                    Told::Unasked
                }
                Err(error) => Told::Problem(words(self.keeper, &error)),
            };
            self.settle(told);
        });
    }

    /// Goes on with a new session of the same person.
    fn adopt(self, session: Session) {
        if self.keeper.take_up(session) == Some(true) {
            self.console.start();
            self.console.refresh();
        }
    }

    /// Says how it went; the dialog may have gone meanwhile. Where the button goes, the focus stays at its place.
    fn settle(self, told: Told) {
        let place = self.place.try_get_untracked().flatten();
        let had_focus = place
            .as_ref()
            .zip(focus::active())
            .is_some_and(|(place, element)| place.contains(Some(&element)));
        self.told.try_set(told);
        self.ear.try_set_value(None);
        self.look();
        let is_over = self.demand.try_get_untracked().is_some_and(|demand| !is_open(demand));
        if let Some(place) = place.filter(|_| had_focus && is_over) {
            request_animation_frame(move || focus::focus(&place));
        }
    }

    fn view(self, why: &'static str) -> Drawn {
        let asks = Memo::new(move |_| match self.demand.get() {
            Demand::NotNeeded | Demand::NotSupported => false,
            Demand::Unknown => self.stage.get() == Stage::Failed,
            Demand::Needed => true,
        });
        let outcome = move || match self.told.get() {
            Told::Proven => Some(view! { <Note tone=Tone::Success text=t_session().step_up_done() /> }),
            Told::Unasked => Some(view! { <Note tone=Tone::Warning text=t_session().step_up_unasked() /> }),
            _ => None,
        };
        let has_nothing = move || !asks.get() && !matches!(self.told.get(), Told::Proven | Told::Unasked);
        view! {
            <div tabindex="-1" node_ref=self.place hidden=has_nothing>
                {move || asks.get().then(|| self.question(why))}
                <div role="status">{outcome}</div>
            </div>
        }
        .draw()
    }

    fn question(self, why: &'static str) -> Drawn {
        let busy = Signal::derive(move || self.stage.get() == Stage::Busy);
        let label = move || match self.stage.get() {
            Stage::Failed => t().try_again(),
            _ => t_session().step_up_go(),
        };
        let told = move || match self.told.get() {
            Told::Opened => t_session().session_window().to_owned(),
            Told::Blocked => t_session().step_up_blocked().to_owned(),
            Told::Problem(words) => words,
            Told::Nothing | Told::Proven | Told::Unasked => String::new(),
        };
        // What is said below the button may be below the end of what a small window shows.
        let place = NodeRef::<html::P>::new();
        effect(move || {
            let is_said = self.told.with(|told| *told != Told::Nothing);
            if let Some(place) = place.get().filter(|_| is_said) {
                request_animation_frame(move || focus::bring_into_view(&place));
            }
        });
        view! {
            <Note text=why>
                <div class="row">
                    <Button label=label busy=busy on_click=move || self.act() />
                </div>
                <p role="status" node_ref=place>
                    {told}
                </p>
            </Note>
        }
        .draw()
    }
}

fn proves(session: &Session, waited_s: i64) -> bool {
    session.claims().is_some_and(|claims| is_proof(&claims, waited_s))
}

/// Why there is no proof.
fn words(keeper: Keeper, error: &AuthError) -> String {
    match error {
        AuthError::OtherPerson => t_session().step_up_other().to_owned(),
        AuthError::Denied(word) => t_session().step_up_denied(word),
        error => auth_words(keeper.config(), error),
    }
}
