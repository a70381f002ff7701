//! When a session is renewed, and how: decided from what is so at a moment, without doing anything.

use crate::config::Renewal;

/// The end is told so many seconds before it, and a renewal is due from then on.
const LEAD_S: i64 = 300;
/// A refresh token needs nobody's time: so much is enough.
const REFRESH_LEAD_S: i64 = 60;
/// A page that nobody has touched for so many seconds may leave for the provider and come back.
const IDLE_S: i64 = 20;
/// Who works on without a pause is told when so many seconds are left.
const LAST_CALL_S: i64 = 120;

/// What every state begins with whose answer comes in a window of its own.
const WINDOW_MARK: &str = "w.";

/// When the renewal of a session is due that ends at `end` and lasts `lifetime` seconds in all. Short ones get half of
/// their time.
pub fn due_at(end: i64, lifetime: i64, renewal: Renewal) -> i64 {
    let lead = if renewal == Renewal::RefreshToken {
        REFRESH_LEAD_S
    } else {
        LEAD_S
    };
    end.saturating_sub(lead.min(lifetime.max(0) / 2))
}

/// A state for a sign-in whose answer comes in a window of its own.
pub fn window_state(secret: &str) -> String {
    [WINDOW_MARK, secret].concat()
}

/// Whether the answer with this state came in a window of its own: it is for the tab that opened it.
pub fn is_for_window(state: &str) -> bool {
    state.starts_with(WINDOW_MARK)
}

/// What is so at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// how the configuration renews
    pub renewal: Renewal,
    /// seconds until the end; `None` = nobody knows
    pub left_s: Option<i64>,
    /// the API has refused the session
    pub refused: bool,
    /// the provider renews nothing without asking
    pub by_hand: bool,
    /// there is a refresh token, and nothing speaks against it
    pub can_refresh: bool,
    /// something would be lost with the page
    pub unsaved: bool,
    /// somebody can see the page
    pub visible: bool,
    /// seconds since the reader did anything; none when they have just come back
    pub idle_s: Option<i64>,
}

/// What is to be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing yet.
    Wait,
    /// Send the refresh token.
    Refresh,
    /// Leave for the provider and come back to this address. `silent`: it may ask nothing.
    Leave {
        /// whether the provider may ask nothing
        silent: bool,
    },
    /// Tell the reader, who decides.
    Tell,
    /// The sign-in page: there is no other way.
    End,
}

/// Decides.
pub fn step(now: Moment) -> Step {
    let over = now.refused || now.left_s.is_some_and(|left| left <= 0);
    if now.can_refresh {
        return Step::Refresh;
    }
    if now.unsaved {
        return Step::Tell;
    }
    if over {
        return match (now.visible, now.renewal) {
            // What nobody sees has time, and another tab may be quicker.
            (false, _) => Step::Wait,
            (true, Renewal::None) => Step::End,
            (true, _) => Step::Leave { silent: false },
        };
    }
    if now.by_hand || now.renewal != Renewal::Session {
        return Step::Tell;
    }
    if now.visible && now.idle_s.is_none_or(|idle| idle >= IDLE_S) {
        return Step::Leave { silent: true };
    }
    if now.left_s.is_some_and(|left| left <= LAST_CALL_S) {
        Step::Tell
    } else {
        Step::Wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: Moment = Moment {
        renewal: Renewal::Session,
        left_s: Some(250),
        refused: false,
        by_hand: false,
        can_refresh: false,
        unsaved: false,
        visible: true,
        idle_s: Some(60),
    };

    #[test]
    fn it_is_due_five_minutes_before_the_end_and_half_way_through_a_short_one() {
        assert_eq!(due_at(100_000, 86_400, Renewal::Session), 99_700);
        assert_eq!(due_at(1_060, 60, Renewal::Session), 1_030);
        assert_eq!(due_at(1_000, -5, Renewal::Session), 1_000);
        assert_eq!(due_at(10_000, 3_600, Renewal::RefreshToken), 9_940);
        assert_eq!(due_at(1_060, 60, Renewal::RefreshToken), 1_030);
    }

    #[test]
    fn a_clean_page_leaves_when_nobody_is_at_work_on_it() {
        let silent = Step::Leave { silent: true };
        assert_eq!(step(CALM), silent);
        assert_eq!(step(Moment { idle_s: None, ..CALM }), silent, "just shown again");
        assert_eq!(
            step(Moment {
                idle_s: Some(19),
                ..CALM
            }),
            Step::Wait
        );
        assert_eq!(step(Moment { visible: false, ..CALM }), Step::Wait);
        let last = Moment {
            idle_s: Some(0),
            left_s: Some(120),
            ..CALM
        };
        assert_eq!(step(last), Step::Tell, "who never pauses is told");
    }

    #[test]
    fn what_is_unsaved_never_leaves_by_itself() {
        let unsaved = Moment { unsaved: true, ..CALM };
        for left_s in [Some(300), Some(1), Some(0), Some(-500), None] {
            for refused in [false, true] {
                for renewal in [Renewal::Session, Renewal::RefreshToken, Renewal::None] {
                    let now = Moment {
                        renewal,
                        left_s,
                        refused,
                        ..unsaved
                    };
                    assert_eq!(step(now), Step::Tell, "{now:?}");
                }
            }
        }
    }

    #[test]
    fn the_default_never_refreshes() {
        // `can_refresh` is made from a refresh token, which the default never asks for.
        for idle_s in [None, Some(0), Some(100)] {
            assert_ne!(step(Moment { idle_s, ..CALM }), Step::Refresh);
        }
    }

    #[test]
    fn a_refresh_needs_nobody() {
        let now = Moment {
            renewal: Renewal::RefreshToken,
            can_refresh: true,
            unsaved: true,
            visible: false,
            ..CALM
        };
        assert_eq!(step(now), Step::Refresh);
        assert_eq!(step(Moment { refused: true, ..now }), Step::Refresh);
    }

    #[test]
    fn a_provider_that_wants_to_ask_is_a_matter_of_the_reader() {
        assert_eq!(step(Moment { by_hand: true, ..CALM }), Step::Tell);
        let none = Moment {
            renewal: Renewal::None,
            ..CALM
        };
        assert_eq!(step(none), Step::Tell);
        assert_eq!(
            step(Moment {
                left_s: Some(0),
                ..none
            }),
            Step::End
        );
    }

    #[test]
    fn what_is_over_signs_in_again_where_somebody_looks() {
        let over = Moment {
            refused: true,
            idle_s: Some(0),
            ..CALM
        };
        assert_eq!(step(over), Step::Leave { silent: false });
        assert_eq!(step(Moment { visible: false, ..over }), Step::Wait);
        assert_eq!(
            step(Moment {
                refused: false,
                left_s: Some(-1),
                by_hand: true,
                ..over
            }),
            Step::Leave { silent: false }
        );
    }

    #[test]
    fn the_answer_of_a_window_is_known_by_its_state() {
        assert!(is_for_window(&window_state("abc")));
        assert!(!is_for_window("abc"));
    }
}
