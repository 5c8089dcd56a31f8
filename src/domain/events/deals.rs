//! URL state of the page of deals: events about investments and listings, and the currency to which their amounts are converted.

use super::{
    model::{Event, EventKind},
    query::EventQuery,
};
use crate::{
    domain::{
        listing::{parameter::ListQuery, view::ListView},
        subsidies::query::INTO,
    },
    error::QueryError,
    text::{
        Period, PeriodLength,
        currency::Currency,
        query::{self, Query, as_query_string},
    },
};

/// Kinds of events that are deals.
const KINDS: [EventKind; 2] = [EventKind::Investment, EventKind::Listing];

impl Event {
    pub fn is_deal(&self) -> bool {
        KINDS.contains(&self.kind)
    }

    /// The period at whose exchange rate its amount is converted: the month in which it happened, or the year if no more is known.
    pub fn rate_period(&self) -> Option<Period> {
        let (first, last) = (self.date.first_day(), self.date.last_day());
        let month = Period::around(first, PeriodLength::Month)?;
        if last <= month.end { Some(month) } else { Period::around(first, PeriodLength::Year) }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DealQuery {
    /// Filters, and the page.
    pub events: EventQuery,
    /// Currency to which amounts are converted.
    pub into: Option<Currency>,
}

as_query_string!(DealQuery);

impl DealQuery {
    /// Parses a query string.
    ///
    /// # Errors
    ///
    /// If a parameter or value is unknown, or if the kind is not one of a deal.
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let given = Query::decode(raw);
        // The page has no timeline.
        let of_events = EventQuery::PARAMETERS.iter().map(|parameter| parameter.name);
        let of_events = of_events.filter(|name| *name != "timeline");
        given.only(&of_events.chain([INTO]).collect::<Vec<_>>())?;
        let kinds = KINDS.map(|kind| (kind.word(), kind));
        given.word("kind", &kinds)?;
        Ok(DealQuery {
            events: EventQuery::parse(&query::without(raw, INTO))?,
            into: given.word(INTO, Currency::WORDS)?,
        })
    }
}

impl ListView for DealQuery {
    type List = EventQuery;

    const PATH: &'static str = "deals";

    fn list(&self) -> &EventQuery {
        &self.events
    }

    fn of(&self, events: EventQuery) -> Self {
        DealQuery { events, into: self.into }
    }

    fn own_pairs(&self) -> Vec<(&'static str, String)> {
        self.into.map(|currency| (INTO, currency.word().to_owned())).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::QueryProblem, text::Locale};

    #[test]
    fn a_query_takes_the_kinds_of_deals() {
        let raw = "kind=listing&place=japan&year=2024&in=USD&after=x";
        let query = DealQuery::parse(raw).unwrap();
        assert_eq!(query.href(Locale::En), format!("/en/deals?{raw}"));
        assert_eq!(query.href_filtered(Locale::Zh, "/zh/events?year=2025"), "/zh/deals?year=2025&in=USD");
        let error = DealQuery::parse("kind=policy").unwrap_err();
        let allowed = vec!["investment".to_owned(), "listing".to_owned()];
        assert_eq!(error.problem, QueryProblem::NotAllowed { allowed });
        assert!(DealQuery::parse("in=EUR").is_err() && DealQuery::parse("x=1").is_err());
    }
}
