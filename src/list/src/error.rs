//! What can be wrong with the body of `GET /users`.

use std::fmt;

/// Characters that are shown of a body that is no list.
const EXCERPT_CHARS: usize = 40;

/// Bytes that hold them, whatever they are.
pub(crate) const EXCERPT_BYTES: usize = 4 * EXCERPT_CHARS;

/// Why a list could not be read, or not to its end. Elements are counted from 1, as people count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The body is empty.
    Empty,
    /// The body is no list, but an error object or a page of HTML, for instance.
    NotAList {
        /// How it begins, at most 40 characters.
        start: String,
    },
    /// An element is broken or holds a wrong type.
    Element {
        /// Which one.
        number: usize,
        /// What is wrong with it, with the field's name where it is about one. At most 200 characters.
        detail: String,
    },
    /// An element is longer than [`crate::MAX_ELEMENT_BYTES`].
    ElementTooLong {
        /// Which one.
        number: usize,
    },
    /// After an element comes neither a comma nor the closing bracket.
    Separator {
        /// The element before it.
        number: usize,
    },
    /// Something comes after the closing bracket.
    Trailing,
    /// The body ends before the closing bracket: the rows are right but not all.
    Incomplete {
        /// Elements that were read.
        rows: usize,
    },
}

impl DecodeError {
    pub(crate) fn not_a_list(bytes: &[u8]) -> Self {
        // Four bytes a character are enough, so a long body is not converted for its first line.
        let start = String::from_utf8_lossy(bytes.get(..160).unwrap_or(bytes));
        Self::NotAList {
            start: start.chars().take(40).collect(),
        }
    }

    pub(crate) fn element(number: usize, error: &serde_json::Error) -> Self {
        Self::Element {
            number,
            detail: error.to_string().chars().take(200).collect(),
        }
    }
}

/// For the details of an error and for logs. What people read is worded where messages are.
impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the body is empty"),
            Self::NotAList { start } => write!(f, "the body is not a list; it begins with: {start}"),
            Self::Element { number, detail } => write!(f, "element {number}: {detail}"),
            Self::ElementTooLong { number } => write!(f, "element {number} is too long"),
            Self::Separator { number } => write!(f, "neither a comma nor ] after element {number}"),
            Self::Trailing => f.write_str("something follows the list"),
            Self::Incomplete { rows } => write!(f, "the list breaks off after {rows} elements"),
        }
    }
}

impl std::error::Error for DecodeError {}
