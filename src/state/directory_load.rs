//! Reading the whole list of users: shown while it comes the first time, made ready aside every further time.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use roost_list::{Comparison, DecodeError, Decoder, News, RowId, Step, Store};

use super::directory::{Directory, Phase, Problem};
use crate::api::error::ApiError;
use crate::api::users;
use crate::browser::chunk::{Working, chunk};
use crate::browser::clock::{self, Slice};
use crate::transport::BodyStream;
use crate::transport::Client;

/// Rows compared between two looks at the clock.
const COMPARE_ROWS: u32 = 256;

type Held<T> = StoredValue<T, LocalStorage>;

// A first visit has nothing to compare.
chunk!(panels: fn compare_in_part(
    old: Held<Store>,
    new: Held<Store>,
    known: Vec<(RowId, News)>
) -> Working<Vec<(RowId, News)>> {
    Box::pin(compare(old, new, known))
});

/// So many rows fill the first screen: they are drawn before anything else is decoded.
const FIRST_ROWS: usize = 40;
/// So many frames they take: the table shows some of them in each.
const FIRST_FRAMES: usize = 4;
/// Rows decoded between two looks at the clock: under a millisecond.
const STEP_ROWS: usize = 128;
/// How often the rows that came are shown, in milliseconds.
const SHOW_EVERY_MS: f64 = 100.0;

impl Directory {
    /// Reads the list, if nothing was read yet. One that failed is read again by the next page that wants it, not by the
    /// one that is drawn just after.
    pub fn ensure(self, client: &Client) {
        let is_idle = move || self.phase.try_get_untracked() == Some(Phase::Idle);
        on_cleanup(move || {
            if is_idle() {
                self.problem.try_set(None);
            }
        });
        if is_idle() && self.problem.try_get_untracked() == Some(None) {
            self.load(client);
        }
    }

    /// Reads the list: shown as it comes if there is none yet, else made ready aside and swapped in.
    pub fn load(self, client: &Client) {
        let generation = self.next_generation();
        let client = client.clone();
        let first = self.store.try_with_value(Store::is_empty).unwrap_or(true);
        // What a broken list lacked is no news in a whole one.
        let was_whole = !matches!(self.problem.try_get_untracked(), Some(Some(Problem::Incomplete { .. })));
        self.problem.try_set(None);
        self.written.try_set_value(0);
        if first {
            self.store.try_set_value(Store::new());
            self.loaded.try_set(0);
            self.publish_as_they_come();
        }
        self.phase
            .try_set(if first { Phase::Loading } else { Phase::Refreshing });
        spawn_local(async move {
            let read = if first {
                let read = self.read_first(&client, generation).await;
                self.at_hand.try_set_value(false);
                read
            } else {
                self.read_aside(&client, generation, was_whole).await
            };
            if !self.is_current(generation) {
                return;
            }
            match read {
                Ok(()) => {
                    self.as_of.try_set(Some(clock::now_ms()));
                    self.phase.try_set(Phase::Ready);
                }
                Err(problem) => {
                    // Rows that came before the end are kept, and a further try is made aside.
                    let nothing_came = first && matches!(problem, Problem::Failed(_));
                    self.problem.try_set(Some(problem));
                    self.phase
                        .try_set(if nothing_came { Phase::Idle } else { Phase::Ready });
                }
            }
        });
    }

    /// Decodes into the list that is on screen.
    async fn read_first(self, client: &Client, generation: u32) -> Result<(), Problem> {
        let stream = client.users().await.map_err(Problem::Failed)?;
        // A list that is there already would be read in the turn of the event loop that draws the frame of the console.
        self.at_hand.try_set_value(true);
        clock::yield_now().await;
        let mut shown_at = clock::ticks_ms();
        let mut frames = 0;
        let read = self
            .read(stream, self.store, generation, |rows| {
                let is_first_screen = frames < FIRST_FRAMES;
                let due = if is_first_screen {
                    rows >= FIRST_ROWS
                } else {
                    clock::ticks_ms() - shown_at >= SHOW_EVERY_MS
                };
                if due && (frames == 0 || !is_first_screen) {
                    self.loaded.try_set(rows);
                    self.publish_as_they_come();
                    self.at_hand.try_set_value(false);
                    shown_at = clock::ticks_ms();
                }
                frames += usize::from(due && is_first_screen);
                // The first rows are on screen before the rest is decoded: a plain yield would go on ahead of painting.
                due && is_first_screen
            })
            .await;
        if !self.is_current(generation) {
            return Err(Problem::Failed(ApiError::aborted()));
        }
        self.write_again(self.store, 0).await;
        let rows = self.store.try_with_value(Store::len).unwrap_or_default();
        self.loaded.try_set(rows);
        if rows > 0
            && let Some(order) = self.sort_aside(self.store).await
        {
            clock::yield_now().await;
            if self.is_current(generation) {
                self.publish(Rc::new(order));
            }
        }
        read.map_err(|error| {
            if rows == 0 {
                Problem::Failed(error)
            } else {
                Problem::Incomplete { rows, error }
            }
        })
    }

    /// Decodes into a list of its own, compares it with the one on screen if that `was_whole`, sorts it, and swaps it in.
    async fn read_aside(self, client: &Client, generation: u32, was_whole: bool) -> Result<(), Problem> {
        let stream = client.users().await.map_err(Problem::Failed)?;
        let aside = StoredValue::new_local(Store::new());
        let read = self.read(stream, aside, generation, |_| false).await;
        if let Err(error) = read {
            aside.dispose();
            return Err(Problem::Failed(error));
        }
        let mut written = self.write_again(aside, 0).await;
        let known = self.news.try_get_value().unwrap_or_default();
        // Without its part there is no news, and the list is as good as ever.
        let news = match compare_in_part(self.store, aside, known).await {
            Ok(comparing) if was_whole => comparing.await,
            _ => Vec::new(),
        };
        let order = loop {
            let order = self.sort_aside(aside).await;
            let now = self.write_again(aside, written).await;
            if now == written {
                break order;
            }
            written = now;
        };
        let store = aside.try_update_value(std::mem::take);
        aside.dispose();
        if let (Some(order), Some(store)) = (order, store)
            && self.is_current(generation)
        {
            self.loaded.try_set(store.len());
            self.swap(store, order, news);
            // What one has done oneself is no news.
            self.write_again(self.store, 0).await;
        }
        Ok(())
    }

    /// Decodes a body into `store` in slices of a few milliseconds. `progress` is told the number of rows and says
    /// whether to wait for the next frame and be told again.
    async fn read(
        self,
        mut stream: BodyStream,
        store: StoredValue<Store, LocalStorage>,
        generation: u32,
        mut progress: impl FnMut(usize) -> bool,
    ) -> Result<(), ApiError> {
        let mut decoder = Decoder::new();
        let mut slice = Slice::spent();
        let broken = |error: DecodeError| ApiError::decode(&error);
        while let Some(piece) = stream.next().await? {
            // Nothing goes into a list that was begun anew meanwhile: its rows would be there twice.
            if !self.is_current(generation) {
                return Err(ApiError::aborted());
            }
            decoder.push(piece);
            loop {
                let step = store.try_update_value(|store| decoder.step(store, STEP_ROWS));
                let Some(step) = step else { return Ok(()) };
                let step = step.map_err(broken)?;
                if slice.is_over() {
                    slice = slice.rest().await;
                }
                // A list that came in one piece is sorted before it is drawn at all.
                while self.is_current(generation) && !decoder.has_ended() && progress(decoder.rows()) {
                    clock::next_frame().await;
                    slice = Slice::begin();
                }
                if !self.is_current(generation) {
                    return Err(ApiError::aborted());
                }
                if step != Step::Full {
                    break;
                }
            }
        }
        store
            .try_update_value(|store| decoder.finish(store))
            .unwrap_or(Ok(()))
            .map_err(broken)
    }
}

/// What is news in `new`, found in slices.
async fn compare(old: Held<Store>, new: Held<Store>, known: Vec<(RowId, News)>) -> Vec<(RowId, News)> {
    let mut comparison = Comparison::new();
    let mut slice = Slice::begin();
    loop {
        let step = old
            .try_with_value(|old| new.try_with_value(|new| comparison.step(old, new, &known, COMPARE_ROWS)))
            .flatten();
        match step {
            // One of the lists is gone, and nobody waits for this any more.
            None => return Vec::new(),
            Some(true) => return comparison.into_news(),
            Some(false) if slice.is_over() => slice = slice.rest().await,
            Some(false) => {}
        }
    }
}

impl Client {
    /// The list of all users as a stream; the one that was started before the program, if it is for this session.
    async fn users(&self) -> Result<BodyStream, ApiError> {
        self.open_stream(users::list()).await
    }
}
