//! Following the pages of the provider, and of the outside providers behind it, as a browser does.

use crate::support::{Answer, Browser, Server, VERIFIER, authorize_path, exchange, form};

impl Browser {
    /// The last page that an address leads to.
    pub fn page(&mut self, server: &Server, path: &str) -> Answer {
        let answer = self.follow(server, path).pop().unwrap();
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer
    }

    /// Where the form of the login page goes that an authorization request leads to.
    pub fn login_page(&mut self, server: &Server, authorize: &str) -> String {
        form_action(&self.page(server, authorize))
    }

    /// Signs in at an outside provider: chooses it by name on the login page and says who one is on its page. Gives the
    /// last answer, which leads back to the application.
    pub fn sign_in_outside(&mut self, server: &Server, scope: &str, provider: &str, email: &str) -> Answer {
        let chooser = self.page(server, &authorize_path(scope, &[]));
        let page = self.page(server, &link(&chooser, provider));
        let sent = self.send(server, "POST", &form_action(&page), Some(&form(&[("email", email)])));
        assert_eq!(sent.status, 303, "{}", sent.text());
        self.send(server, "GET", sent.header("location"), None)
    }
}

/// Where the first form of a page goes.
pub fn form_action(page: &Answer) -> String {
    attribute(&page.text(), "action")
}

/// Where the link whose words contain `name` goes.
pub fn link(page: &Answer, name: &str) -> String {
    let text = page.text();
    let link = text
        .split("<a ")
        .skip(1)
        .find(|link| link.split("</a>").next().unwrap().contains(name));
    attribute(link.unwrap_or_else(|| panic!("no link with {name}: {text}")), "href")
}

/// The first attribute of that name.
fn attribute(html: &str, name: &str) -> String {
    let (_, value) = html.split_once(&format!("{name}=\"")).unwrap();
    value.split('"').next().unwrap().replace("&amp;", "&")
}

/// The `Authorization` header of somebody who signs in at an outside provider.
pub fn bearer_outside(server: &Server, provider: &str, email: &str) -> String {
    let answer = Browser::default().sign_in_outside(server, "openid profile email", provider, email);
    assert_eq!(answer.status, 303, "{email}: {}", answer.text());
    let tokens = exchange(server, answer.header("location"), VERIFIER).json();
    format!("Bearer {}", tokens["access_token"].as_str().unwrap())
}
