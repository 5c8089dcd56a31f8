//! Parameters of a list, each declared once: parser, canonical address, facet, window title and API documentation come from it.

use chrono::NaiveDate;

use super::facet::Facet;
use crate::{
    error::QueryError,
    text::{
        Locale, PartialDate,
        query::{self, Query, State},
        vocabulary::Word,
    },
};

/// URL state of a list.
pub trait ListQuery: Clone + Default + Send + Sync + 'static {
    /// Path of the list below the language.
    const PATH: &'static str;

    /// Every parameter, in the order of the canonical address.
    const PARAMETERS: &'static [Parameter<Self>];

    /// A row, as filters see it.
    type Entry: 'static;

    /// The list that entries belong to, with what their numbers mean.
    type List: 'static;

    /// Parses a query string.
    ///
    /// # Errors
    ///
    /// If a parameter is unknown, repeated, or its value is not one that it takes. Ids may not exist: see
    /// [`Filter::new`](super::filter::Filter::new).
    fn parse(raw: &str) -> Result<Self, QueryError> {
        let given = Query::decode(raw);
        given.only(&Self::PARAMETERS.iter().map(|parameter| parameter.name).collect::<Vec<_>>())?;
        let mut query = Self::default();
        for parameter in Self::PARAMETERS {
            parameter.field.read(parameter.name, &given, &mut query)?;
        }
        Ok(query)
    }

    /// Name and value of each parameter that differs from its default, in canonical order.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let value = |parameter: &Parameter<Self>| Some((parameter.name, parameter.value(self)?));
        Self::PARAMETERS.iter().filter_map(value).collect()
    }

    fn href(&self, locale: Locale) -> String {
        query::href(&format!("/{locale}/{}", Self::PATH), self.pairs())
    }

    /// Returns the query with `change` applied, reset to the first page.
    fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = self.on_page(None);
        change(&mut query);
        query
    }

    /// Returns the query of the page after the row with the id `after`; of the first page without one.
    fn on_page(&self, after: Option<String>) -> Self {
        let mut query = self.clone();
        for parameter in Self::PARAMETERS {
            if let Field::Cursor(cursor) = parameter.field {
                *cursor(&mut query) = after.clone();
            }
        }
        query
    }

    /// The search text.
    fn text(&self) -> Option<String> {
        let text = Self::PARAMETERS.iter().find(|parameter| matches!(parameter.field, Field::Text(_)))?;
        text.value(self)
    }

    /// The pairs of the first page without any filter: the order, and settings such as a currency, stay.
    fn unfiltered_pairs(&self) -> Vec<(&'static str, String)> {
        let settings = Self::PARAMETERS
            .iter()
            .filter(|parameter| !parameter.is_filter() && !matches!(parameter.field, Field::Cursor(_)));
        settings.filter_map(|parameter| Some((parameter.name, parameter.value(self)?))).collect()
    }

    /// Address of the first page with another value of one parameter, or without it.
    fn href_with(&self, locale: Locale, name: &'static str, value: Option<&str>) -> String {
        let own = self.with(|_| ());
        let pairs = Self::PARAMETERS.iter().filter_map(|parameter| {
            let value = if parameter.name == name { value.map(str::to_owned) } else { parameter.value(&own) };
            Some((parameter.name, value?))
        });
        query::href(&format!("/{locale}/{}", Self::PATH), pairs)
    }

    /// Whether any filter is set. Sort order and page are not filters.
    fn is_filtered(&self) -> bool {
        Self::PARAMETERS.iter().any(|parameter| parameter.is_filter() && parameter.value(self).is_some())
    }
}

/// Facet of the list with the query `Q`.
pub type FacetOf<Q> = Facet<Q, <Q as ListQuery>::List, <Q as ListQuery>::Entry>;

/// Declaration of a parameter of the list with the query `Q`.
pub struct Parameter<Q: ListQuery> {
    /// Name in the address.
    pub name: &'static str,
    /// Name in window titles, in English and Chinese.
    pub label: (&'static str, &'static str),
    /// Description in the documentation of the API.
    pub about: &'static str,
    pub field: Field<Q>,
    /// How the parameter filters rows and how the page offers its values. `None` if it does neither.
    pub facet: Option<FacetOf<Q>>,
}

impl<Q: ListQuery> Parameter<Q> {
    /// The search text, `q`.
    pub const fn text(field: fn(&mut Q) -> &mut Option<String>) -> Self {
        Parameter {
            name: "q",
            label: ("text", "文字"),
            about: "Words in names, titles and notes, in either language.",
            field: Field::Text(field),
            facet: None,
        }
    }

    /// The sort order, `sort`.
    pub const fn order(field: fn(&mut Q) -> &mut dyn WordField) -> Self {
        Parameter {
            name: "sort",
            label: ("sorted by", "排序"),
            about: "The order.",
            field: Field::Order(field),
            facet: None,
        }
    }

    /// The pagination cursor, `after`: the id of the last row of the previous page.
    pub const fn cursor(field: fn(&mut Q) -> &mut Option<String>) -> Self {
        Parameter {
            name: "after",
            label: ("after", "之后"),
            about: "The id of the last row of the previous page.",
            field: Field::Cursor(field),
            facet: None,
        }
    }

    /// Value as it stands in an address. `None` if it is unset or the default.
    pub fn value(&self, query: &Q) -> Option<String> {
        // Fields are reached through one accessor, which is mutable.
        let mut query = query.clone();
        match &self.field {
            Field::Text(field) | Field::Id(_, field) | Field::Currency(field) | Field::Cursor(field) => {
                field(&mut query).clone()
            }
            Field::Year(field) => field(&mut query).map(|year| year.to_string()),
            Field::Day(field) => field(&mut query).map(|day| day.to_string()),
            Field::State(field) => field(&mut query).map(|state| state.to_string()),
            Field::Month(field) => field(&mut query).map(|month| month.to_string()),
            Field::Word(field) | Field::Order(field) => field(&mut query).word().map(str::to_owned),
        }
    }

    /// Words that the parameter takes, with their labels, in display order. Empty if its values are not words.
    pub fn words(&self, locale: Locale) -> Vec<(&'static str, String)> {
        match &self.field {
            Field::Word(field) | Field::Order(field) => field(&mut Q::default()).words(locale),
            _ => Vec::new(),
        }
    }

    /// Value used where the address has none. `None` if every value passes then.
    pub fn default(&self) -> Option<&'static str> {
        match &self.field {
            Field::Word(field) | Field::Order(field) => field(&mut Q::default()).default_word(),
            _ => None,
        }
    }

    /// Type of the values, for documentation.
    pub fn takes(&self) -> Takes {
        match &self.field {
            Field::Text(_) => Takes::Text,
            Field::Id(noun, _) => Takes::Id(noun),
            Field::Cursor(_) => Takes::Id(Q::PATH),
            Field::Currency(_) => Takes::Currency,
            Field::Year(_) => Takes::Year,
            Field::Day(_) => Takes::Day,
            Field::State(_) => Takes::State,
            Field::Month(_) => Takes::Month,
            Field::Word(_) | Field::Order(_) => {
                Takes::Words(self.words(Locale::En).into_iter().map(|(word, _)| word).collect())
            }
        }
    }

    /// Whether it restricts the rows.
    pub fn is_filter(&self) -> bool {
        self.facet.is_some() || matches!(self.field, Field::Text(_))
    }
}

/// Field of a query that holds the value of a parameter, by type of value.
pub enum Field<Q> {
    /// Search text.
    Text(fn(&mut Q) -> &mut Option<String>),
    /// Id of a row of this noun.
    Id(&'static str, fn(&mut Q) -> &mut Option<String>),
    /// ISO 4217 code.
    Currency(fn(&mut Q) -> &mut Option<String>),
    Year(fn(&mut Q) -> &mut Option<i32>),
    Day(fn(&mut Q) -> &mut Option<NaiveDate>),
    /// A revision or a day.
    State(fn(&mut Q) -> &mut Option<State>),
    /// A month, such as `2025-12`.
    Month(fn(&mut Q) -> &mut Option<PartialDate>),
    /// Word of a vocabulary.
    Word(fn(&mut Q) -> &mut dyn WordField),
    /// Sort order: a word of a vocabulary, one of which is the default.
    Order(fn(&mut Q) -> &mut dyn WordField),
    /// Pagination cursor.
    Cursor(fn(&mut Q) -> &mut Option<String>),
}

impl<Q> Field<Q> {
    fn read(&self, name: &str, given: &Query, query: &mut Q) -> Result<(), QueryError> {
        match self {
            Field::Text(field) => *field(query) = given.text(name)?,
            Field::Id(_, field) | Field::Currency(field) | Field::Cursor(field) => {
                *field(query) = given.id(name)?;
            }
            Field::Year(field) => *field(query) = given.year(name)?,
            Field::Day(field) => *field(query) = given.day(name)?,
            Field::State(field) => *field(query) = given.state(name)?,
            Field::Month(field) => *field(query) = given.month(name)?,
            Field::Word(field) | Field::Order(field) => field(query).read(name, given)?,
        }
        Ok(())
    }
}

/// Type of the values that a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Text of at most 100 characters.
    Text,
    /// Id of a row of this noun.
    Id(&'static str),
    /// Ids of rows of this noun; the parameter may be repeated.
    Ids(&'static str),
    Year,
    Day,
    /// Number of a revision, or a day.
    State,
    Month,
    Words(Vec<&'static str>),
    Currency,
}

/// Field of a query that holds a word: `Option<SubsidyKind>`, or an order such as `SubsidyOrder`, which is never unset.
pub trait WordField {
    fn read(&mut self, name: &str, given: &Query) -> Result<(), QueryError>;

    /// The word. `None` if it is unset or the default.
    fn word(&self) -> Option<&'static str>;

    /// Every word with its label, in display order.
    fn words(&self, locale: Locale) -> Vec<(&'static str, String)>;

    /// Word used where the address has none.
    fn default_word(&self) -> Option<&'static str>;
}

impl<T: Word> WordField for Option<T> {
    fn read(&mut self, name: &str, given: &Query) -> Result<(), QueryError> {
        *self = given.word(name, &T::every())?;
        Ok(())
    }

    fn word(&self) -> Option<&'static str> {
        word(&T::every(), (*self)?)
    }

    fn words(&self, locale: Locale) -> Vec<(&'static str, String)> {
        labels::<T>(locale)
    }

    fn default_word(&self) -> Option<&'static str> {
        None
    }
}

impl<T: Word + Default> WordField for T {
    fn read(&mut self, name: &str, given: &Query) -> Result<(), QueryError> {
        *self = given.word(name, &T::every())?.unwrap_or_default();
        Ok(())
    }

    fn word(&self) -> Option<&'static str> {
        if *self == T::default() { None } else { word(&T::every(), *self) }
    }

    fn words(&self, locale: Locale) -> Vec<(&'static str, String)> {
        labels::<T>(locale)
    }

    fn default_word(&self) -> Option<&'static str> {
        word(&T::every(), T::default())
    }
}

fn word<T: PartialEq>(words: &[(&'static str, T)], value: T) -> Option<&'static str> {
    words.iter().find(|(_, known)| *known == value).map(|(word, _)| *word)
}

fn labels<T: Word>(locale: Locale) -> Vec<(&'static str, String)> {
    T::every().into_iter().map(|(word, value)| (word, value.label(locale))).collect()
}
