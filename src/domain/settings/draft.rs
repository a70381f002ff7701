//! What the forms hold: the raw input of each field that was touched. Whoever touches nothing changes nothing.

use super::account::{Account, Value};
use super::check::Problem;
use super::cidr::Cidr;
use super::duration::Amount;
use super::field::{Bound, Field, Kind};
use super::grammar;

/// Which version clients update to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// nothing was ever chosen; acts like [`Release::Disabled`]
    Unset,
    /// none
    Disabled,
    /// always the newest
    Latest,
    /// the one that is written beside it
    Version,
}

impl Release {
    /// All that can be chosen.
    pub const CHOICES: [Self; 3] = [Self::Disabled, Self::Latest, Self::Version];

    /// What the program calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unset => "",
            Self::Disabled => grammar::DISABLED,
            Self::Latest => grammar::LATEST,
            Self::Version => "version",
        }
    }

    /// The choice of that name.
    pub fn parse(name: &str) -> Self {
        match name {
            "" => Self::Unset,
            grammar::DISABLED => Self::Disabled,
            grammar::LATEST => Self::Latest,
            _ => Self::Version,
        }
    }
}

/// What a field holds while it is edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// a switch
    Flag(bool),
    /// on, off, or `None`: left to whoever reads it
    Override(Option<bool>),
    /// a number and its unit
    Amount(Amount),
    /// a text, as typed
    Text(String),
    /// a choice, and the version as typed
    Release(Release, String),
    /// ids or names, in the order of choosing
    List(Vec<String>),
}

impl Input {
    /// What a field opens with.
    pub fn of(kind: Kind, value: &Value) -> Self {
        match kind {
            Kind::Flag | Kind::Mode => Self::Flag(value.is_on()),
            Kind::Override => Self::Override(match value {
                Value::Flag(on) => Some(*on),
                _ => None,
            }),
            Kind::Duration(_) => Self::Amount(Amount::of(match value {
                Value::Whole(seconds) => *seconds,
                _ => 0,
            })),
            Kind::Text | Kind::Cidr(_) | Kind::Domain => Self::Text(value.text().to_owned()),
            Kind::Release => {
                let release = Release::parse(value.text());
                let version = if release == Release::Version { value.text() } else { "" };
                Self::Release(release, version.to_owned())
            }
            Kind::Groups | Kind::GroupNames => Self::List(value.list().to_vec()),
        }
    }

    /// The value it stands for.
    ///
    /// # Errors
    /// What is wrong with it by itself.
    pub fn read(&self, kind: Kind, peers: Option<usize>) -> Result<Value, Problem> {
        match (self, kind) {
            (Self::Flag(on) | Self::Override(Some(on)), _) => Ok(Value::Flag(*on)),
            (Self::Override(None), _) => Ok(Value::Absent),
            (Self::List(items), _) => Ok(Value::List(items.clone())),
            (Self::Amount(amount), Kind::Duration(bound)) => {
                let seconds = amount.seconds().ok_or(Problem::NotWhole)?;
                match (bound, seconds) {
                    (Bound::Login, ..3_600) => Err(Problem::TooShort),
                    (Bound::Login, 15_552_001..) => Err(Problem::TooLong),
                    (Bound::NotNegative, ..0) => Err(Problem::Negative),
                    _ => Ok(Value::Whole(seconds)),
                }
            }
            (Self::Release(Release::Version, version), _) => {
                let version = version.trim();
                if grammar::is_version(version) {
                    Ok(Value::Text(version.to_owned()))
                } else {
                    Err(Problem::Version)
                }
            }
            (Self::Release(release, _), _) => Ok(Value::Text(release.as_str().to_owned())),
            (Self::Text(text), Kind::Cidr(family)) => {
                let range = Cidr::check(text.trim(), family, peers).map_err(Problem::Cidr)?;
                Ok(Value::Text(range.stored()))
            }
            (Self::Text(text), Kind::Domain) => {
                let text = text.trim();
                if grammar::is_domain(text) {
                    Ok(Value::Text(text.to_owned()))
                } else {
                    Err(Problem::Domain)
                }
            }
            (Self::Text(text), _) => Ok(Value::Text(text.trim().to_owned())),
            (Self::Amount(_), _) => Err(Problem::NotWhole),
        }
    }
}

/// The edits of all forms. A field that is not in it shows what the server has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft(Vec<(Field, Input)>);

impl Draft {
    /// What a field shows.
    pub fn input(&self, account: &Account, field: Field) -> Input {
        let edited = self.0.iter().find(|(known, _)| *known == field);
        edited.map_or_else(
            || Input::of(field.entry().kind, account.get(field)),
            |(_, input)| input.clone(),
        )
    }

    /// Takes what was put into a field. What is as the server has it is no edit.
    pub fn set(&mut self, account: &Account, field: Field, input: Input) {
        self.put_back(field);
        if is_edit(account, field, &input) {
            self.0.push((field, input));
        }
    }

    /// Forgets what was put into a field.
    pub fn put_back(&mut self, field: Field) {
        self.0.retain(|(known, _)| *known != field);
    }

    /// Forgets what is no edit any more, now that the server has something else.
    pub fn settle(&mut self, account: &Account) {
        self.0.retain(|(field, input)| is_edit(account, *field, input));
    }

    /// Whether a field was edited.
    pub fn is_edited(&self, field: Field) -> bool {
        self.0.iter().any(|(known, _)| *known == field)
    }

    /// The fields that were edited, in the order of the table.
    pub fn edited(&self) -> Vec<Field> {
        Field::all().filter(|field| self.is_edited(*field)).collect()
    }

    /// Whether nothing was edited.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a field will hold after the save; what cannot be read leaves what is there.
    pub fn value(&self, account: &Account, field: Field) -> Value {
        let edited = self.0.iter().find(|(known, _)| *known == field);
        edited
            .and_then(|(_, input)| input.read(field.entry().kind, None).ok())
            .unwrap_or_else(|| account.get(field).clone())
    }

    /// What is to be sent, in the order of the table; what cannot be read is left out ([`super::problems`] says so).
    pub fn edits(&self, account: &Account) -> Vec<(Field, Value)> {
        let edited = self.edited().into_iter();
        edited.map(|field| (field, self.value(account, field))).collect()
    }
}

fn is_edit(account: &Account, field: Field, input: &Input) -> bool {
    let kind = field.entry().kind;
    let before = account.get(field);
    // As it opened, whatever that reads as: an inactivity time below zero is nobody's edit.
    if Input::of(kind, before) == *input {
        return false;
    }
    // A range that is stored as it was is none either.
    !input.read(kind, None).is_ok_and(|value| value.means(before, kind))
}
