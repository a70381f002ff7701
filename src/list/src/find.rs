//! One user out of a list, for the fresh read before a save: the API has no request for a single user.

use std::ops::ControlFlow;

use crate::decode::{Decoder, Sink, Step};
use crate::error::DecodeError;
use crate::user::UserRef;

/// Looks for one user in a body while it arrives and keeps nothing else.
#[derive(Debug)]
pub struct FindUser {
    decoder: Decoder,
    wanted: Wanted,
}

#[derive(Debug)]
struct Wanted {
    id: String,
    found: Option<UserRef<'static>>,
}

impl Sink for Wanted {
    fn take(&mut self, user: &UserRef<'_>) -> ControlFlow<()> {
        if user.id == self.id {
            self.found = Some(user.clone().into_owned());
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

impl FindUser {
    /// Looks for the user with this id. If the list holds it twice, the first one is taken.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            decoder: Decoder::new(),
            wanted: Wanted {
                id: id.into(),
                found: None,
            },
        }
    }

    /// Adds the next bytes of the body.
    pub fn push(&mut self, piece: &[u8]) {
        self.decoder.push(piece);
    }

    /// Goes through at most `max_rows` elements. With [`Step::Stopped`] the user is found and the rest of the body need
    /// not be read.
    ///
    /// # Errors
    /// As [`Decoder::step`].
    pub fn step(&mut self, max_rows: usize) -> Result<Step, DecodeError> {
        if self.wanted.found.is_some() {
            return Ok(Step::Stopped);
        }
        self.decoder.step(&mut self.wanted, max_rows)
    }

    /// The user, or `None` if the complete list does not hold it.
    ///
    /// # Errors
    /// The list is broken or incomplete and the user was not in the part before: whether it exists is not known.
    pub fn finish(mut self) -> Result<Option<UserRef<'static>>, DecodeError> {
        if self.wanted.found.is_none() {
            self.decoder.finish(&mut self.wanted)?;
        }
        Ok(self.wanted.found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"[{"id":"a"},{"id":"b|1","name":"B"},{"id":"b|1","name":"again"},{"id":"c"}]"#;

    #[test]
    fn the_first_match_ends_the_reading() {
        let mut find = FindUser::new("b|1");
        find.push(BODY);
        assert_eq!(find.step(1), Ok(Step::Full));
        assert_eq!(find.step(10), Ok(Step::Stopped));
        assert_eq!(find.step(10), Ok(Step::Stopped));
        assert_eq!(find.finish().unwrap().unwrap().name, "B");
    }

    #[test]
    fn finish_reads_what_was_not_stepped_through() {
        let mut find = FindUser::new("c");
        find.push(BODY);
        assert_eq!(find.finish().unwrap().unwrap().id, "c");
    }

    #[test]
    fn absent_is_known_only_from_a_complete_list() {
        let mut complete = FindUser::new("x");
        complete.push(BODY);
        assert_eq!(complete.finish(), Ok(None));
        let mut broken = FindUser::new("x");
        broken.push(BODY.strip_suffix(b"]").unwrap());
        assert_eq!(broken.finish(), Err(DecodeError::Incomplete { rows: 4 }));
        let mut found = FindUser::new("a");
        found.push(BODY.strip_suffix(b"]").unwrap());
        assert_eq!(found.finish().unwrap().unwrap().id, "a");
    }
}
