//! Owns the icons: one path each, drawn on a 16 by 16 grid without fill.

/// An icon: its path, and whether it points somewhere and so turns round in right-to-left text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// The `d` attribute of the path.
    pub path: &'static str,
    /// Mirrored in right-to-left text.
    pub mirrors: bool,
}

const fn still(path: &'static str) -> Glyph {
    Glyph { path, mirrors: false }
}

const fn turning(path: &'static str) -> Glyph {
    Glyph { path, mirrors: true }
}

/// `alert`.
pub const ALERT: Glyph = still("M2.25 8a5.75 5.75 0 1 0 11.5 0 5.75 5.75 0 1 0-11.5 0zM8 4.9v3.6M8 11v.01");
/// `approvals`.
pub const APPROVALS: Glyph = still("M2 9.25 4 3h8l2 6.25v3a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1zM2 9.25h3.5l1 2h3l1-2H14");
/// `ban`.
pub const BAN: Glyph = still("M2.25 8a5.75 5.75 0 1 0 11.5 0 5.75 5.75 0 1 0-11.5 0zM4 4l8 8");
/// `check`.
pub const CHECK: Glyph = still("m3 8.5 3.5 3.5L13 4.5");
/// `check-circle`.
pub const CHECK_CIRCLE: Glyph =
    still("M2.25 8a5.75 5.75 0 1 0 11.5 0 5.75 5.75 0 1 0-11.5 0zM5.5 8.25l1.75 1.75 3.25-3.75");
/// `chevron-down`.
pub const CHEVRON_DOWN: Glyph = still("m4 6 4 4 4-4");
/// `chevron-right`.
pub const CHEVRON_RIGHT: Glyph = turning("m6 4 4 4-4 4");
/// `clock`.
pub const CLOCK: Glyph = still("M2.25 8a5.75 5.75 0 1 0 11.5 0 5.75 5.75 0 1 0-11.5 0zM8 4.75V8l2.25 1.5");
/// `close`.
pub const CLOSE: Glyph = still("m4 4 8 8M12 4l-8 8");
/// `columns`.
pub const COLUMNS: Glyph = still(
    "M3.5 3h9a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5h-9a1.5 1.5 0 0 1-1.5-1.5v-7a1.5 1.5 0 0 1 1.5-1.5zM6.5 3v10M10.5 3v10",
);
/// `copy`.
pub const COPY: Glyph = still(
    "M7 5.5h5a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5h-5a1.5 1.5 0 0 1-1.5-1.5v-5a1.5 1.5 0 0 1 1.5-1.5zM10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5",
);
/// `download`.
pub const DOWNLOAD: Glyph = still("M8 2.5V10M4.75 7 8 10.25 11.25 7M2.5 13.5h11");
/// `eye`.
pub const EYE: Glyph = still(
    "M1.5 8S4 3.75 8 3.75 14.5 8 14.5 8 12 12.25 8 12.25 1.5 8 1.5 8zM6.25 8a1.75 1.75 0 1 0 3.5 0 1.75 1.75 0 1 0-3.5 0z",
);
/// `eye-off`.
pub const EYE_OFF: Glyph = still(
    "m2.5 2.5 11 11M6.2 4c.6-.17 1.2-.25 1.8-.25 4 0 6.5 4.25 6.5 4.25a11 11 0 0 1-1.9 2.3M4.2 5A10.6 10.6 0 0 0 1.5 8S4 12.25 8 12.25c1.1 0 2.1-.3 3-.75M6.75 6.8a1.75 1.75 0 0 0 2.45 2.45",
);
/// `filter`.
pub const FILTER: Glyph = still("M2 4h12M4.5 8h7M6.5 12h3");
/// `help`.
pub const HELP: Glyph = still(
    "M2.25 8a5.75 5.75 0 1 0 11.5 0 5.75 5.75 0 1 0-11.5 0zM6.25 6.25a1.75 1.75 0 1 1 2.6 1.55c-.55.3-.85.7-.85 1.2M8 11.1v.01",
);
/// `info`.
pub const INFO: Glyph = still("M2.25 8a5.75 5.75 0 1 0 11.5 0 5.75 5.75 0 1 0-11.5 0zM8 7.5V11M8 5v.01");
/// `invite`.
pub const INVITE: Glyph = still(
    "M3.25 3.25h9.5a1.5 1.5 0 0 1 1.5 1.5v6.5a1.5 1.5 0 0 1-1.5 1.5h-9.5a1.5 1.5 0 0 1-1.5-1.5v-6.5a1.5 1.5 0 0 1 1.5-1.5zM2.25 4.75l5.75 4 5.75-4",
);
/// `lock`.
pub const LOCK: Glyph = still(
    "M4.5 7h7a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1-1.5 1.5h-7a1.5 1.5 0 0 1-1.5-1.5v-4a1.5 1.5 0 0 1 1.5-1.5zM5.25 7V5a2.75 2.75 0 0 1 5.5 0v2",
);
/// `menu`.
pub const MENU: Glyph = still("M2 4h12M2 8h12M2 12h12");
/// `minus`.
pub const MINUS: Glyph = still("M3 8h10");
/// `more`.
pub const MORE: Glyph = still(
    "M2.85 8a.4 .4 0 1 0 .8 0 .4 .4 0 1 0-.8 0zM7.6 8a.4 .4 0 1 0 .8 0 .4 .4 0 1 0-.8 0zM12.35 8a.4 .4 0 1 0 .8 0 .4 .4 0 1 0-.8 0z",
);
/// `pause`.
pub const PAUSE: Glyph = still("M5.5 3.5v9M10.5 3.5v9");
/// `plus`.
pub const PLUS: Glyph = still("M8 3v10M3 8h10");
/// `refresh`.
pub const REFRESH: Glyph = still("M13.25 8A5.25 5.25 0 1 1 11.6 4.2M13.25 2v3.25H10");
/// `search`.
pub const SEARCH: Glyph = still("M2.5 7a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0zM10.5 10.5l3.5 3.5");
/// `service`.
pub const SERVICE: Glyph = still(
    "M5.5 4h5a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5h-5a1.5 1.5 0 0 1-1.5-1.5v-5a1.5 1.5 0 0 1 1.5-1.5zM6.5 4V1.75M9.5 4V1.75M6.5 14.25V12M9.5 14.25V12M4 6.5H1.75M4 9.5H1.75M14.25 6.5H12M14.25 9.5H12",
);
/// `settings`.
pub const SETTINGS: Glyph = still(
    "M2 4.5h6M11.5 4.5H14M2 11.5h2.5M8 11.5h6M8 4.5a1.75 1.75 0 1 0 3.5 0 1.75 1.75 0 1 0-3.5 0zM4.5 11.5a1.75 1.75 0 1 0 3.5 0 1.75 1.75 0 1 0-3.5 0z",
);
/// `shield`.
pub const SHIELD: Glyph = still("M8 1.75 13.25 3.75V7.5c0 3.2-2.2 5.7-5.25 6.75C4.95 13.2 2.75 10.7 2.75 7.5V3.75z");
/// `sign-out`.
pub const SIGN_OUT: Glyph = turning("M6 2.5H3.5a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1H6M10.5 5l3 3-3 3M13.5 8H6");
/// `sort`.
pub const SORT: Glyph = still("M8 13V3.5M4 7l4-4 4 4");
/// `to`.
pub const TO: Glyph = turning("M2.5 8h10.5M9 4l4 4-4 4");
/// `token`.
pub const TOKEN: Glyph = still("M2.25 10.75a3 3 0 1 0 6 0 3 3 0 1 0-6 0zM7.5 8.5l6-6M11 5l2 2");
/// `trash`.
pub const TRASH: Glyph =
    still("M2.5 4.25h11M6 4.25V2.5h4v1.75M4 4.25l.6 8.3a1 1 0 0 0 1 .95h4.8a1 1 0 0 0 1-.95l.6-8.3");
/// `triangle`.
pub const TRIANGLE: Glyph = still("M8 2.25 14.25 13.25H1.75zM8 6.5v3M8 11.35v.01");
/// `undo`.
pub const UNDO: Glyph = turning("M5.5 3 2.5 6l3 3M2.5 6h7a3.75 3.75 0 0 1 0 7.5H6");
/// `user`.
pub const USER: Glyph =
    still("M5.25 5a2.75 2.75 0 1 0 5.5 0 2.75 2.75 0 1 0-5.5 0zM2.75 14c0-2.9 2.3-4.75 5.25-4.75S13.25 11.1 13.25 14");
/// `users`.
pub const USERS: Glyph = still(
    "M3.5 5.25a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0zM1.5 13.5c0-2.6 2-4.25 4.5-4.25s4.5 1.65 4.5 4.25M10.5 2.9a2.5 2.5 0 0 1 0 4.7M12.4 9.6c1.3.7 2.1 2 2.1 3.9",
);
