//! Which of the users a list shows, people or service users, and the words that differ.

use crate::domain::list_query::ListQuery;
use crate::i18n::t;
use crate::routes::Route;

/// What a list shows.
#[derive(Clone, Copy)]
pub struct Listed {
    /// Service users, else people.
    pub service: bool,
    /// Makes its words; they are asked for where they are needed, because they are many.
    pub wording: fn() -> Words,
}

/// The words in which the two lists differ.
#[derive(Clone, Copy)]
pub struct Words {
    /// the name of the page and of the table
    pub title: &'static str,
    /// how many there are
    pub count: fn(u64) -> String,
    /// how many of all are shown
    pub count_of: fn(u64, &str) -> String,
    /// nothing has come yet
    pub loading: &'static str,
    /// the name of the search
    pub search: &'static str,
    /// what it searches
    pub search_hint: &'static str,
    /// closes the sheet of filters
    pub show: fn(u64) -> String,
    /// the list broke off after so many
    pub incomplete: fn(u64) -> String,
    /// nobody matches a text
    pub no_match: fn(&str) -> String,
    /// nobody matches the filters
    pub no_filter_match: &'static str,
    /// there is nobody
    pub empty_title: &'static str,
    /// when somebody will be there
    pub empty_text: &'static str,
    /// opens one
    pub open: &'static str,
    /// blocks one
    pub block: &'static str,
    /// unblocks one
    pub unblock: &'static str,
    /// asks before one is deleted
    pub delete: &'static str,
}

impl Listed {
    /// People.
    pub fn people() -> Self {
        Self {
            service: false,
            wording: people_words,
        }
    }

    /// Its words.
    pub fn words(self) -> Words {
        (self.wording)()
    }

    /// The list's page with a query.
    pub fn route(self, query: ListQuery) -> Route {
        if self.service {
            Route::ServiceUsers(query)
        } else {
            Route::Users(query)
        }
    }
}

fn people_words() -> Words {
    Words {
        title: t().users_title(),
        count: |count| t().users_count(count),
        count_of: |count, total| t().users_of(count, total),
        loading: t().users_loading_start(),
        search: t().users_search(),
        search_hint: t().users_search_hint(),
        show: |count| t().users_show(count),
        incomplete: |count| t().users_incomplete_text(count),
        no_match: |text| t().users_no_match_title(text),
        no_filter_match: t().users_no_filter_match_title(),
        empty_title: t().users_empty_title(),
        empty_text: t().users_empty_text(),
        open: t().open_user(),
        block: t().block_user(),
        unblock: t().unblock_user(),
        delete: t().delete_user(),
    }
}
