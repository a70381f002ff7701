//! Invite links: what one is, how long one works, and which of them a list shows (`contract` 2.9).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::role::Role;

/// An invitation's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteId(pub String);

/// An invitation by link. Its secret is not in it: the server says that once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// Opaque id.
    pub id: InviteId,
    /// Whom it is for.
    pub email: String,
    /// Their name.
    pub name: String,
    /// The role they get; the server keeps any word.
    pub role: Role,
    /// Ids of the groups they get; may hold ids that no group has.
    pub auto_groups: Vec<String>,
    /// When it was made, in seconds since 1970.
    pub created_at: Option<i64>,
    /// When its link stops working, in seconds since 1970.
    pub ends_at: Option<i64>,
    /// The same as the server wrote it: another text is another link.
    pub ends_as_sent: String,
    /// Whether the server says that it has ended.
    pub expired: bool,
}

impl Invite {
    /// Whether its link works no more, as far as is known now.
    pub fn is_over(&self, now: i64) -> bool {
        self.expired || self.ends_at.is_some_and(|end| end <= now)
    }

    /// The best name there is.
    pub fn display_name(&self) -> &str {
        if self.name.trim().is_empty() {
            &self.email
        } else {
            &self.name
        }
    }
}

/// The unit of how long a link works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LifeUnit {
    /// hours
    Hours,
    /// days
    #[default]
    Days,
}

impl LifeUnit {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Hours, Self::Days];

    /// What the program calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
        }
    }

    /// The unit of that name; days for any other.
    pub fn parse(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|unit| unit.as_str() == name)
            .unwrap_or_default()
    }

    fn seconds(self) -> u64 {
        match self {
            Self::Hours => 3_600,
            Self::Days => 86_400,
        }
    }

    /// The most of it that the server can count: it counts nanoseconds in 63 bits.
    pub fn most(self) -> u64 {
        i64::MAX.unsigned_abs() / 1_000_000_000 / self.seconds()
    }
}

/// What is wrong with how long a link shall work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifeProblem {
    /// It is no whole number.
    NotANumber,
    /// Less than one: the server would take it for three days.
    TooShort,
    /// More than [`LifeUnit::most`].
    TooLong,
}

/// Seconds of so many hours or days. Half a day is twelve hours: only whole numbers are taken.
///
/// # Errors
/// What is wrong with the number.
pub fn life_seconds(amount: &str, unit: LifeUnit) -> Result<u64, LifeProblem> {
    let digits = amount.trim();
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(LifeProblem::NotANumber);
    }
    match digits.parse::<u64>() {
        Ok(0) => Err(LifeProblem::TooShort),
        Ok(number) if number <= unit.most() => Ok(number * unit.seconds()),
        // More digits than a number has.
        _ => Err(LifeProblem::TooLong),
    }
}

/// How much time is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// none
    Over,
    /// so many minutes, at least one
    Minutes(u64),
    /// so many hours
    Hours(u64),
    /// so many days, up to thirty
    Days(u64),
    /// longer: say the date
    Long,
}

/// The span from now to a moment, in seconds since 1970, in whole hours or days that are nearest: a link made for three
/// days a minute ago works three days more.
pub fn left(end: i64, now: i64) -> Left {
    let seconds = u64::try_from(end.saturating_sub(now)).unwrap_or(0);
    match seconds {
        0 => Left::Over,
        1..3_600 => Left::Minutes((seconds / 60).max(1)),
        3_600..86_400 => Left::Hours((seconds + 1_800) / 3_600),
        _ if seconds <= 30 * 86_400 => Left::Days((seconds + 43_200) / 86_400),
        _ => Left::Long,
    }
}

/// What the list of invitations can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InviteColumn {
    /// name, then e-mail
    Name,
    /// those that have ended apart
    Status,
    /// the role's name
    Role,
    /// when it ends
    Ends,
    /// when it was made
    #[default]
    Created,
}

impl InviteColumn {
    const ALL: [Self; 5] = [Self::Name, Self::Status, Self::Role, Self::Ends, Self::Created];

    /// The column's name in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Status => "status",
            Self::Role => "role",
            Self::Ends => "ends",
            Self::Created => "created",
        }
    }

    /// The column of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.as_str() == name)
    }
}

/// Search and sort of the list of invitations, as its address says them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteQuery {
    /// What was typed.
    pub text: String,
    /// By what.
    pub sort: InviteColumn,
    /// Largest first.
    pub descending: bool,
}

impl Default for InviteQuery {
    /// The newest first.
    fn default() -> Self {
        Self {
            text: String::new(),
            sort: InviteColumn::Created,
            descending: true,
        }
    }
}

/// Everything but the unreserved characters of RFC 3986.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl InviteQuery {
    /// Reads a query string, with or without `?`. What it does not understand it leaves out.
    pub fn parse(query: &str) -> Self {
        let mut out = Self::default();
        for pair in query.trim_start_matches('?').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match name {
                "q" => {
                    let spaces = value.replace('+', " ");
                    out.text = percent_decode_str(&spaces).decode_utf8_lossy().into_owned();
                }
                "sort" => {
                    let (name, descending) = value.strip_prefix('-').map_or((value, false), |name| (name, true));
                    if let Some(column) = InviteColumn::parse(name) {
                        (out.sort, out.descending) = (column, descending);
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// The query string, without `?`; empty for the list as it opens.
    pub fn to_query(&self) -> String {
        let opens = Self::default();
        let mut parts: Vec<String> = Vec::new();
        if !self.text.is_empty() {
            parts.push(["q=", &utf8_percent_encode(&self.text, QUERY).to_string()].concat());
        }
        if (self.sort, self.descending) != (opens.sort, opens.descending) {
            parts.push(["sort=", if self.descending { "-" } else { "" }, self.sort.as_str()].concat());
        }
        parts.join("&")
    }

    /// After a click on a column's head: ascending, then descending.
    #[must_use]
    pub fn sorted_by(&self, sort: InviteColumn) -> Self {
        Self {
            text: self.text.clone(),
            sort,
            descending: self.sort == sort && !self.descending,
        }
    }

    /// The invitations to show, in order. `words` says what else one can find an invitation by: the names of its role
    /// and groups. Equal ones keep the order of their ids, so that a refresh changes nothing.
    pub fn visible(&self, invites: &[Invite], now: i64, words: impl Fn(&Invite) -> String) -> Vec<Invite> {
        let wanted: Vec<String> = self.text.split_whitespace().map(str::to_lowercase).collect();
        let mut found: Vec<Invite> = invites
            .iter()
            .filter(|invite| {
                let text = [&invite.name, &invite.email, &words(invite)]
                    .map(|text| text.to_lowercase())
                    .join("\n");
                wanted.iter().all(|word| text.contains(word))
            })
            .cloned()
            .collect();
        let name = |invite: &Invite| (invite.display_name().to_lowercase(), invite.email.to_lowercase());
        found.sort_by(|a, b| {
            let order = match self.sort {
                InviteColumn::Name => name(a).cmp(&name(b)),
                InviteColumn::Status => a.is_over(now).cmp(&b.is_over(now)),
                InviteColumn::Role => a.role.as_str().cmp(b.role.as_str()),
                InviteColumn::Ends => a.ends_at.cmp(&b.ends_at),
                InviteColumn::Created => a.created_at.cmp(&b.created_at),
            };
            let order = if self.descending { order.reverse() } else { order };
            order
                .then_with(|| name(a).cmp(&name(b)))
                .then_with(|| a.id.0.cmp(&b.id.0))
        });
        found
    }
}

#[cfg(test)]
#[path = "invite_tests.rs"]
mod tests;
