//! Which columns a list of users shows: as many as the page has room for, or those that the reader chose.

/// A column that can be left out. The name, the status and the row's menu are always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListColumn {
    /// role
    Role,
    /// auto groups
    Groups,
    /// number of devices
    Devices,
    /// last sign-in
    LastLogin,
    /// e-mail, in a column of its own
    Email,
    /// where they sign in
    Provider,
    /// where they come from
    Issued,
    /// id
    Id,
}

/// From how wide a page on a column is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// 768 px: a rail and the list
    Medium,
    /// 1024 px: the side bar and the list
    Large,
    /// 1360 px
    Largest,
}

impl Width {
    const ALL: [Self; 3] = [Self::Medium, Self::Large, Self::Largest];

    /// What a list has there beside the navigation, in tenths of a rem.
    fn room(self) -> u32 {
        match self {
            Self::Medium => 445,
            Self::Large => 490,
            Self::Largest => 700,
        }
    }
}

/// What the name, the status and the menu take at least, in tenths of a rem.
const ALWAYS: u32 = 225;

impl ListColumn {
    /// All, in the order in which they are drawn.
    pub const ALL: [Self; 8] = [
        Self::Role,
        Self::Groups,
        Self::Devices,
        Self::LastLogin,
        Self::Email,
        Self::Provider,
        Self::Issued,
        Self::Id,
    ];

    /// Those of a list. Service users sign in nowhere, and own no devices.
    pub fn of_list(service: bool) -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(move |column| !service || matches!(column, Self::Role | Self::Groups | Self::Issued | Self::Id))
    }

    /// The name in the browser's storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Groups => "groups",
            Self::Devices => "devices",
            Self::LastLogin => "last_login",
            Self::Email => "email",
            Self::Provider => "provider",
            Self::Issued => "issued",
            Self::Id => "id",
        }
    }

    /// From which width on it is shown while nobody has chosen; `None` if it is not.
    fn unasked(self, service: bool) -> Option<Width> {
        match self {
            Self::Role => Some(Width::Medium),
            Self::LastLogin => Some(Width::Large),
            Self::Groups if service => Some(Width::Large),
            Self::Groups | Self::Devices => Some(Width::Largest),
            Self::Email | Self::Provider | Self::Issued | Self::Id => None,
        }
    }

    /// What it takes at least, in tenths of a rem.
    fn least(self) -> u32 {
        match self {
            Self::Role | Self::Devices => 60,
            Self::LastLogin | Self::Issued => 70,
            Self::Groups | Self::Provider => 90,
            Self::Email | Self::Id => 100,
        }
    }
}

/// The reader's choice of columns; none = as many of the usual ones as there is room for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnChoice(Option<Vec<ListColumn>>);

impl ColumnChoice {
    /// Reads what was stored; anything unreadable is no choice.
    pub fn parse(text: &str) -> Self {
        let named = |name: &str| ListColumn::ALL.into_iter().find(|column| column.as_str() == name);
        if text.is_empty() {
            return Self(Some(Vec::new()));
        }
        Self(text.split(',').map(named).collect())
    }

    /// What to store; `None` = nothing.
    pub fn to_text(&self) -> Option<String> {
        let names: Vec<_> = self.0.as_ref()?.iter().map(|column| column.as_str()).collect();
        Some(names.join(","))
    }

    /// A choice of these. Those that are shown anyway are none, so that a wider page may show more later.
    pub fn of(columns: &[ListColumn], service: bool) -> Self {
        let usual = Self::default().columns(service);
        let is_usual = ListColumn::ALL
            .iter()
            .all(|column| columns.contains(column) == usual.iter().any(|(other, _)| other == column));
        Self((!is_usual).then(|| columns.to_vec()))
    }

    /// The columns to show, in their order, each with the width of the page from which on it is there. What was chosen
    /// is shown wherever it and all before it have room; on the widest pages always.
    pub fn columns(&self, service: bool) -> Vec<(ListColumn, Width)> {
        let Some(chosen) = &self.0 else {
            return ListColumn::of_list(service)
                .filter_map(|column| Some((column, column.unasked(service)?)))
                .collect();
        };
        let mut taken = ALWAYS;
        let place = |column: ListColumn| {
            taken += column.least();
            let fits = Width::ALL.into_iter().find(|width| taken <= width.room());
            (column, fits.unwrap_or(Width::Largest))
        };
        ListColumn::of_list(service)
            .filter(|column| chosen.contains(column))
            .map(place)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::ListColumn::{Devices, Email, Groups, Id, Issued, LastLogin, Provider, Role};
    use super::Width::{Large, Largest, Medium};
    use super::*;

    #[test]
    fn unasked_the_page_shows_what_look_has_decided() {
        let usual = ColumnChoice::default();
        assert_eq!(
            usual.columns(false),
            [
                (Role, Medium),
                (Groups, Largest),
                (Devices, Largest),
                (LastLogin, Large)
            ]
        );
        assert_eq!(usual.columns(true), [(Role, Medium), (Groups, Large)]);
    }

    #[test]
    fn what_is_chosen_shows_where_it_has_room() {
        let of = |columns: &[ListColumn]| ColumnChoice::of(columns, false).columns(false);
        assert_eq!(of(&[]), []);
        assert_eq!(of(&[Devices, Role]), [(Role, Medium), (Devices, Medium)]);
        assert_eq!(
            of(&[Groups, Role, Devices]),
            [(Role, Medium), (Groups, Medium), (Devices, Medium)]
        );
        assert_eq!(
            of(&[Role, Groups, Email, Id]),
            [(Role, Medium), (Groups, Medium), (Email, Large), (Id, Largest)]
        );
        let all = of(&ListColumn::ALL);
        assert_eq!(
            all.len(),
            ListColumn::ALL.len(),
            "on the widest page nothing is left out"
        );
        assert!(
            all.windows(2).all(|pair| pair[0].1 <= pair[1].1),
            "the first columns come first"
        );
        assert_eq!(
            ColumnChoice::of(&ListColumn::ALL, true)
                .columns(true)
                .iter()
                .map(|(column, _)| *column)
                .collect::<Vec<_>>(),
            [Role, Groups, Issued, Id]
        );
    }

    #[test]
    fn reads_what_it_stores_and_nothing_else() {
        for columns in [&[][..], &[Role][..], &[Id, Email, Provider][..], &ListColumn::ALL[..]] {
            let choice = ColumnChoice::of(columns, false);
            let text = choice.to_text().unwrap_or_default();
            assert_eq!(ColumnChoice::parse(&text), choice);
        }
        assert_eq!(ColumnChoice::parse("role,shoe"), ColumnChoice::default());
    }

    #[test]
    fn the_usual_columns_are_no_choice() {
        for service in [false, true] {
            let usual: Vec<_> = ColumnChoice::default()
                .columns(service)
                .into_iter()
                .map(|(column, _)| column)
                .collect();
            assert_eq!(ColumnChoice::of(&usual, service), ColumnChoice::default());
            assert_eq!(ColumnChoice::of(&usual, service).to_text(), None);
        }
    }
}
