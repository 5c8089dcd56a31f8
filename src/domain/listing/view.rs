//! Pages that show the rows of a list in another form, such as deals for events, with parameters of their own.

use super::parameter::ListQuery;
use crate::text::{
    Locale,
    query::{Query, href},
};

/// Pairs of a list with those of a view of it: filters, the view's own, the page.
pub fn joined(
    list: Vec<(&'static str, String)>,
    own: Vec<(&'static str, String)>,
) -> Vec<(&'static str, String)> {
    let (after, filters): (Vec<_>, Vec<_>) = list.into_iter().partition(|(name, _)| *name == "after");
    filters.into_iter().chain(own).chain(after).collect()
}

/// URL state of a view of a list: the list's own filters and page, and what only the view has.
pub trait ListView {
    type List: ListQuery;

    /// Path of the view below the language.
    const PATH: &'static str;

    /// State of the list.
    fn list(&self) -> &Self::List;

    /// Returns the view of another state of the list.
    fn of(&self, list: Self::List) -> Self;

    /// Name and value of each parameter that the list does not have.
    fn own_pairs(&self) -> Vec<(&'static str, String)>;

    /// Name and value of each parameter that differs from its default, in canonical order.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        joined(self.list().pairs(), self.own_pairs())
    }

    fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/{}", Self::PATH), self.pairs())
    }

    /// Address of the view with the filters of an address of the list.
    fn href_filtered(&self, locale: Locale, list: &str) -> String {
        let filters = Query::decode(list.split_once('?').map_or("", |(_, raw)| raw));
        let filters = filters.pairs().map(|(name, value)| (name, value.to_owned()));
        let own: Vec<(&str, String)> = self.own_pairs();
        href(&format!("/{locale}/{}", Self::PATH), filters.chain(own))
    }
}
