//! Every address of the console: the only place that reads or writes a URL path.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::domain::list_query::ListQuery;
use crate::domain::settings::Section;
use crate::domain::user::UserId;

/// Everything but the unreserved characters of RFC 3986: an id can hold anything and must stay one segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Names a person in the query of a page that shows one of many.
const PERSON: &str = "user=";

/// A page of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The list of people, as its address says.
    Users(ListQuery),
    /// The list of service users, as its address says.
    ServiceUsers(ListQuery),
    /// One user, a person or a service user.
    User(UserId),
    /// The invitations, with the query as `domain::invite::InviteQuery` writes it: a first visit does not read it.
    Invitations(String),
    /// Who waits for approval, and whom of them one looks at.
    Approvals(Option<UserId>),
    /// One page of the account's settings.
    Settings(Section),
    /// The signed-in user.
    Profile,
    /// Where somebody invited chooses a password.
    Invite,
    /// Where the first owner of a server is made.
    Setup,
    /// What is reachable and what not, for who has to find out why.
    Diagnostics,
    /// Where one signs in after a sign-out or an error.
    SignIn,
    /// Where the identity provider sends back to.
    Callback,
}

impl Route {
    /// The list as it opens.
    pub fn users() -> Self {
        Self::Users(ListQuery::default())
    }

    /// The list of service users as it opens.
    pub fn service_users() -> Self {
        Self::ServiceUsers(ListQuery::default())
    }

    /// The address below the deployment's base path, with a leading slash: `/users?q=ada`.
    pub fn to_path(&self) -> String {
        match self {
            Self::Users(query) => list("/users", query),
            Self::ServiceUsers(query) => list("/service-users", query),
            // A URL parser climbs with these two even when they are escaped, so no address can hold them as a segment.
            Self::User(id) if matches!(id.as_str(), "" | "." | "..") => Self::Users(ListQuery {
                text: id.0.clone(),
                ..ListQuery::default()
            })
            .to_path(),
            Self::User(id) => format!("/users/{}", utf8_percent_encode(id.as_str(), SEGMENT)),
            Self::Invitations(query) if query.is_empty() => "/invitations".to_owned(),
            Self::Invitations(query) => ["/invitations?", query].concat(),
            Self::Approvals(None) => "/approvals".to_owned(),
            Self::Approvals(Some(id)) => format!("/approvals?{PERSON}{}", utf8_percent_encode(id.as_str(), SEGMENT)),
            Self::Settings(section) => ["/settings/", section.as_str()].concat(),
            Self::Profile => "/profile".to_owned(),
            Self::Invite => "/invite".to_owned(),
            Self::Setup => "/setup".to_owned(),
            Self::Diagnostics => "/diagnostics".to_owned(),
            Self::SignIn => "/sign-in".to_owned(),
            Self::Callback => "/callback".to_owned(),
        }
    }

    /// Below which address everything belongs to the same place of the navigation: all pages of the settings are one.
    pub fn place(&self, base: &str) -> String {
        match self {
            Self::Settings(_) => [base.trim_end_matches('/'), "/settings"].concat(),
            _ => self.href(base),
        }
    }

    /// The whole address in a deployment whose base path is `base` (`/`, `/admin/`).
    pub fn href(&self, base: &str) -> String {
        format!("{}{}", base.trim_end_matches('/'), self.to_path())
    }

    /// Reads an address below the base path; `None` for a page that does not exist. `/` is the users list.
    pub fn parse(address: &str) -> Option<Self> {
        let address = address.split('#').next().unwrap_or_default();
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let mut segments = path.strip_prefix('/')?.split('/');
        let route = match (segments.next(), segments.next()) {
            (Some("" | "users"), None) => Self::Users(ListQuery::parse(query)),
            (Some("service-users"), None) => Self::ServiceUsers(ListQuery::parse(query)),
            (Some("users"), Some(id)) if !id.is_empty() => Self::User(UserId(decode(id)?)),
            (Some("invitations"), None) => Self::Invitations(query.to_owned()),
            (Some("approvals"), None) => Self::Approvals(person(query)),
            (Some("settings"), None) => Self::Settings(Section::Authentication),
            (Some("settings"), Some(section)) => Self::Settings(Section::parse(section)?),
            (Some("profile"), None) => Self::Profile,
            (Some("invite"), None) => Self::Invite,
            (Some("setup"), None) => Self::Setup,
            (Some("diagnostics"), None) => Self::Diagnostics,
            (Some("sign-in"), None) => Self::SignIn,
            (Some("callback"), None) => Self::Callback,
            _ => return None,
        };
        segments.next().is_none().then_some(route)
    }

    /// Whether somebody may be sent back to this address after signing in: only to a page of the console.
    pub fn is_return_target(address: &str) -> bool {
        Self::parse(address).is_some_and(|route| !route.is_public())
    }

    /// Whether the page needs nobody to be signed in.
    pub fn is_public(&self) -> bool {
        matches!(
            self,
            Self::Invite | Self::Setup | Self::Diagnostics | Self::SignIn | Self::Callback
        )
    }
}

fn list(path: &str, query: &ListQuery) -> String {
    match query.to_query() {
        text if text.is_empty() => path.to_owned(),
        text => format!("{path}?{text}"),
    }
}

/// Whom a query names. In a query, unlike in a path, every id can stand.
fn person(query: &str) -> Option<UserId> {
    let id = query.split('&').find_map(|pair| pair.strip_prefix(PERSON))?;
    decode(id).filter(|id| !id.is_empty()).map(UserId)
}

fn decode(segment: &str) -> Option<String> {
    percent_decode_str(segment)
        .decode_utf8()
        .ok()
        .map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every page once. A new one does not compile before it is named below, and belongs above as well.
    fn one_of_each() -> Vec<Route> {
        let id = || UserId("a".into());
        let all = vec![
            Route::users(),
            Route::service_users(),
            Route::User(id()),
            Route::Invitations(String::new()),
            Route::Approvals(Some(id())),
            Route::Settings(Section::Danger),
            Route::Profile,
            Route::Invite,
            Route::Setup,
            Route::Diagnostics,
            Route::SignIn,
            Route::Callback,
        ];
        for route in &all {
            match route {
                Route::Users(_)
                | Route::ServiceUsers(_)
                | Route::User(_)
                | Route::Invitations(_)
                | Route::Approvals(_)
                | Route::Settings(_)
                | Route::Profile
                | Route::Invite
                | Route::Setup
                | Route::Diagnostics
                | Route::SignIn
                | Route::Callback => {}
            }
        }
        all
    }

    /// What the start script asks early goes by how the addresses of pages begin, which it has to know by itself.
    #[test]
    fn the_start_script_knows_every_page_with_a_session() {
        let script = include_str!("../public/boot.mjs");
        let listed = |name: &str| -> Vec<String> {
            let (_, rest) = script.split_once(&format!("const {name} = [")).expect(name);
            let (list, _) = rest.split_once(']').expect(name);
            list.split(", ").map(|word| word.trim_matches('"').to_owned()).collect()
        };
        let about_users = listed("ABOUT_USERS");
        let mut known = [about_users.clone(), listed("OTHER_PAGES")].concat();
        for page in &known {
            let route = Route::parse(&format!("/{page}")).expect(page);
            assert!(!route.is_public(), "{page}");
            assert_eq!(matches!(route, Route::Users(_)), about_users.contains(page), "{page}");
        }
        let mut pages: Vec<String> = one_of_each()
            .iter()
            .filter(|route| !route.is_public())
            .map(|route| route.to_path().split(['/', '?']).nth(1).unwrap_or_default().to_owned())
            .collect();
        pages.push(String::new());
        for list in [&mut known, &mut pages] {
            list.sort();
            list.dedup();
        }
        assert_eq!(known, pages);
    }

    #[test]
    fn addresses_of_all_pages() {
        for (route, path) in [
            (Route::users(), "/users"),
            (
                Route::Users(ListQuery {
                    text: "ada".into(),
                    ..ListQuery::default()
                }),
                "/users?q=ada",
            ),
            (
                Route::User(UserId("google-oauth2|1".into())),
                "/users/google-oauth2%7C1",
            ),
            (Route::User(UserId("a/b?c#d".into())), "/users/a%2Fb%3Fc%23d"),
            (Route::service_users(), "/service-users"),
            (
                Route::ServiceUsers(ListQuery {
                    text: "ci".into(),
                    ..ListQuery::default()
                }),
                "/service-users?q=ci",
            ),
            (Route::Invitations(String::new()), "/invitations"),
            (
                Route::Invitations("q=x&sort=name".to_owned()),
                "/invitations?q=x&sort=name",
            ),
            (Route::Approvals(None), "/approvals"),
            (
                Route::Approvals(Some(UserId("google-oauth2|a/b+c&d=..".into()))),
                "/approvals?user=google-oauth2%7Ca%2Fb%2Bc%26d%3D..",
            ),
            (Route::Settings(Section::Authentication), "/settings/authentication"),
            (Route::Settings(Section::Danger), "/settings/danger"),
            (Route::Profile, "/profile"),
            (Route::Invite, "/invite"),
            (Route::Setup, "/setup"),
            (Route::Diagnostics, "/diagnostics"),
            (Route::SignIn, "/sign-in"),
            (Route::Callback, "/callback"),
        ] {
            assert_eq!(route.to_path(), path);
            assert_eq!(Route::parse(path), Some(route));
        }
    }

    #[test]
    fn the_pages_of_the_settings_are_one_place() {
        for section in [Section::Authentication, Section::Danger] {
            assert_eq!(Route::Settings(section).place("/admin/"), "/admin/settings");
        }
        assert_eq!(Route::users().place("/admin/"), "/admin/users");
        assert_eq!(Route::Approvals(None).place("/"), "/approvals");
    }

    #[test]
    fn an_id_that_no_address_can_hold_is_searched_for() {
        assert_eq!(Route::User(UserId("..".into())).to_path(), "/users?q=..");
        assert_eq!(Route::User(UserId(String::new())).to_path(), "/users");
    }

    #[test]
    fn nobody_in_the_query_is_the_whole_list() {
        for path in [
            "/approvals?",
            "/approvals?user=",
            "/approvals?x=1",
            "/approvals?user=%ff",
        ] {
            assert_eq!(Route::parse(path), Some(Route::Approvals(None)), "{path}");
        }
    }

    #[test]
    fn unknown_addresses_are_no_pages() {
        for path in [
            "",
            "users",
            "/users/",
            "/users/a/b",
            "/nope",
            "//users",
            "/users/%ff",
            "/sign-in/x",
            "/service-users/x",
            "/settings/",
            "/settings/nope",
            "/settings/network/x",
        ] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
        assert_eq!(Route::parse("/"), Some(Route::users()));
    }

    #[test]
    fn the_settings_begin_with_their_first_page_and_a_fragment_is_not_the_page() {
        assert_eq!(
            Route::parse("/settings"),
            Some(Route::Settings(Section::Authentication))
        );
        assert_eq!(
            Route::parse("/settings/network#dns_domain"),
            Some(Route::Settings(Section::Network))
        );
    }

    #[test]
    fn a_deployment_below_a_path_only_changes_the_start() {
        assert_eq!(Route::users().href("/"), "/users");
        assert_eq!(Route::users().href("/a/b/"), "/a/b/users");
    }

    #[test]
    fn only_pages_of_the_console_are_return_targets() {
        assert!(Route::is_return_target("/users?role=admin"));
        assert!(Route::is_return_target("/users/abc"));
        for address in [
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https:evil.example",
            "javascript:1",
            "/callback",
            "/invite",
            "/setup",
            "/diagnostics",
        ] {
            assert!(!Route::is_return_target(address), "{address}");
        }
    }
}
