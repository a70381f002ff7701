//! Owns the kinds of faults: their names, and what each does.

use serde::{Deserialize, Serialize};

use super::transform::Transform;

/// How a call goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An error of the API, or any status with any body.
    Status,
    /// 200 and JSON that is none.
    Garbage,
    /// 200 and a page, as a captive portal answers.
    Html,
    /// 200 and nothing.
    Empty,
    /// The real answer, ending in the middle.
    Truncated,
    /// No answer, ever.
    Hang,
    /// The connection is reset, nothing was done.
    ResetBefore,
    /// The connection is reset, everything was done.
    ResetAfter,
    /// The real answer, which no page of another origin may read.
    NoCors,
    /// The real answer with wrong JSON types.
    WrongTypes,
    /// The real answer with fields of a later version.
    ExtraFields,
    /// The real answer with `null` in place of lists.
    NullArrays,
    /// The real answer with roles and statuses of a later version.
    UnknownValues,
    /// The real answer with ids that occur twice.
    DuplicateIds,
    /// The real answer, and right after it somebody else changes something.
    Change,
    /// The real answer, after `delay_ms`.
    Delay,
}

impl Kind {
    /// Every kind with what it does, in the order of the page.
    pub const ALL: [(Self, &'static str); 16] = [
        (Self::Status, "Answer with a status"),
        (Self::Delay, "Answer late"),
        (Self::ResetBefore, "Reset the connection, nothing done"),
        (Self::ResetAfter, "Reset the connection, everything done"),
        (Self::Hang, "Never answer"),
        (Self::Truncated, "Break off in the middle"),
        (Self::Empty, "Answer with nothing"),
        (Self::Garbage, "Answer with broken JSON"),
        (Self::Html, "Answer with a page"),
        (Self::WrongTypes, "Wrong JSON types"),
        (Self::ExtraFields, "Unknown fields everywhere"),
        (Self::NullArrays, "Null in place of lists"),
        (Self::UnknownValues, "Unknown roles and statuses"),
        (Self::DuplicateIds, "Ids that occur twice"),
        (Self::NoCors, "No CORS headers"),
        (Self::Change, "Somebody else changes something"),
    ];

    /// Its name in JSON.
    pub fn name(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|name| name.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    pub fn is_reset(self) -> bool {
        matches!(self, Self::ResetBefore | Self::ResetAfter)
    }

    /// What it makes of the real answer.
    pub fn transform(self) -> Option<Transform> {
        match self {
            Self::WrongTypes => Some(Transform::WrongTypes),
            Self::ExtraFields => Some(Transform::ExtraFields),
            Self::NullArrays => Some(Transform::NullArrays),
            Self::UnknownValues => Some(Transform::UnknownValues),
            Self::DuplicateIds => Some(Transform::DuplicateIds),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_offers_every_kind() {
        for (kind, _) in Kind::ALL {
            let read: Kind = serde_json::from_value(kind.name().into()).unwrap();
            assert_eq!(read, kind);
        }
    }
}
