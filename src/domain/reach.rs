//! Why an API that should answer does not: as much as a page can find out. A browser tells a page neither of a name that
//! does not exist, nor of a refused certificate, nor of missing CORS headers; one question that asks for no answer it
//! may read tells some of them apart.

/// What was seen when the API was asked once more, without wanting to read its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The browser believes that there is a network.
    pub online: bool,
    /// The API has another origin than the page.
    pub elsewhere: bool,
    /// Something answered.
    pub answered: bool,
    /// The page's own policy forbade the question.
    pub forbidden: bool,
}

/// What is the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It answers by now.
    Answers,
    /// It answers, and the page may not read it: no CORS headers, or another path.
    NotReadable,
    /// It does not: its name, its certificate, or the server itself.
    Unreachable,
    /// This computer has no network.
    Offline,
    /// The page's policy does not name it.
    Forbidden,
}

impl Seen {
    /// What it comes to.
    pub fn finding(self) -> Finding {
        match self {
            Self { forbidden: true, .. } => Finding::Forbidden,
            Self {
                answered: true,
                elsewhere: true,
                ..
            } => Finding::NotReadable,
            Self { answered: true, .. } => Finding::Answers,
            Self { online: false, .. } => Finding::Offline,
            _ => Finding::Unreachable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_comes_to_a_cause() {
        let nothing = Seen {
            online: true,
            elsewhere: true,
            answered: false,
            forbidden: false,
        };
        assert_eq!(nothing.finding(), Finding::Unreachable);
        let answered = Seen {
            answered: true,
            ..nothing
        };
        assert_eq!(answered.finding(), Finding::NotReadable);
        let own = Seen {
            elsewhere: false,
            ..answered
        };
        assert_eq!(own.finding(), Finding::Answers, "a page may read its own origin");
        let offline = Seen {
            online: false,
            ..nothing
        };
        assert_eq!(offline.finding(), Finding::Offline);
        let forbidden = Seen {
            forbidden: true,
            online: false,
            ..nothing
        };
        assert_eq!(forbidden.finding(), Finding::Forbidden);
        // A browser that believes itself offline and gets an answer is wrong.
        let reached = Seen {
            online: false,
            ..answered
        };
        assert_eq!(reached.finding(), Finding::NotReadable);
    }
}
