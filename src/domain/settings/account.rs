//! The account as the settings see it: a value for each field, and what this version does not know.

use super::field::{Field, Kind};
use crate::domain::time::Moment;

/// What a setting holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// absent or `null`
    #[default]
    Absent,
    /// on or off
    Flag(bool),
    /// a whole number
    Whole(i64),
    /// a text
    Text(String),
    /// ids or names
    List(Vec<String>),
    /// something else than the field holds, as JSON: shown, never changed
    Foreign(String),
}

impl Value {
    /// Whether it is on; what is absent is off.
    pub fn is_on(&self) -> bool {
        *self == Self::Flag(true)
    }

    /// The text; empty for all else.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Foreign(text) => text,
            _ => "",
        }
    }

    /// The items; none for all else.
    pub fn list(&self) -> &[String] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Whether it means the same in a field of this kind. What is absent is what the server takes it for: off, none,
    /// nothing; only an override that is absent is none of these. The order of groups means nothing.
    pub fn means(&self, other: &Self, kind: Kind) -> bool {
        match (self, other) {
            _ if kind == Kind::Override => self == other,
            (Self::List(one), Self::List(two)) => {
                one.iter().all(|item| two.contains(item)) && two.iter().all(|item| one.contains(item))
            }
            (Self::Absent, value) | (value, Self::Absent) => match value {
                Self::Absent => true,
                Self::Flag(on) => !on,
                Self::Whole(number) => *number == 0,
                Self::Text(text) => text.is_empty(),
                Self::List(items) => items.is_empty(),
                Self::Foreign(_) => false,
            },
            _ => self == other,
        }
    }

    /// Whether it is what a field of this kind holds.
    pub fn fits(&self, kind: Kind) -> bool {
        match self {
            Self::Absent => true,
            Self::Flag(_) => matches!(kind, Kind::Flag | Kind::Override | Kind::Mode),
            Self::Whole(_) => matches!(kind, Kind::Duration(_)),
            Self::Text(_) => matches!(kind, Kind::Text | Kind::Cidr(_) | Kind::Domain | Kind::Release),
            Self::List(_) => matches!(kind, Kind::Groups | Kind::GroupNames),
            Self::Foreign(_) => false,
        }
    }
}

/// The account whose settings are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Opaque id.
    pub id: String,
    /// Domain; may be empty.
    pub domain: String,
    /// What kind of domain: `private`, `public`, `unknown` or nothing.
    pub category: String,
    /// When it was made.
    pub created_at: Moment,
    /// Who made it; may be empty.
    pub created_by: String,
    /// A value for each field, in the order of the table.
    values: Vec<Value>,
    /// What this version has no field for: path and JSON, in the server's order.
    pub unknown: Vec<(String, String)>,
}

impl Account {
    /// An account with these values, one for each field in the order of the table.
    pub fn new(id: String, domain: String, values: Vec<Value>, unknown: Vec<(String, String)>) -> Self {
        Self {
            id,
            domain,
            category: String::new(),
            created_at: Moment::Never,
            created_by: String::new(),
            values,
            unknown,
        }
    }

    /// What a field holds.
    pub fn get(&self, field: Field) -> &Value {
        const NOTHING: &Value = &Value::Absent;
        self.values.get(field as usize).unwrap_or(NOTHING)
    }

    /// Whether a field holds something that means the same as `value`.
    pub fn has(&self, field: Field, value: &Value) -> bool {
        self.get(field).means(value, field.entry().kind)
    }

    /// The same account with another value of one field.
    #[must_use]
    pub fn with(mut self, field: Field, value: Value) -> Self {
        if let Some(place) = self.values.get_mut(field as usize) {
            *place = value;
        }
        self
    }
}
