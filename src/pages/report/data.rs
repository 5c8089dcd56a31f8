//! Data of the form, and what becomes of a report.

use leptos::prelude::use_context;

use crate::{
    components::location::{self, PostedForm},
    domain::subscriptions::model::{EmailAddress, ErrorReport, FollowedPage},
    error::{AppError, QueryError, QueryProblem},
    loaders::page_snapshot,
    outputs::{
        request_context::Contact,
        subscriptions::{Subscriptions, mail::written_report},
    },
    text::{
        Locale,
        query::{self, Query},
    },
};

/// Maximum length of a report, in characters.
pub const MAX_MESSAGE: usize = 2000;

/// Maximum length of what the reader saw and of the address of a source, in characters.
const MAX_FIELD: usize = 500;

/// View model of the page.
#[derive(Clone, Debug)]
pub struct ReportView {
    pub page: FollowedPage,
    /// What the reader saw: a figure with its key.
    pub row: Option<String>,
    pub filled: Filled,
    /// Whether reports are sent to the operator, and not by the reader.
    pub is_sent_here: bool,
    pub outcome: Option<Outcome>,
}

/// What the reader has filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    pub message: String,
    pub source: String,
    pub address: String,
}

/// What became of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// To be sent by the reader: the text, and the address that takes it, if the operator named one.
    Prepared {
        text: String,
        link: Option<String>,
    },
    MessageMissing,
    AddressWrong,
    SourceWrong,
    TooMany,
}

impl Outcome {
    pub fn status(&self) -> u16 {
        match self {
            Outcome::Sent | Outcome::Prepared { .. } => 200,
            Outcome::MessageMissing | Outcome::AddressWrong | Outcome::SourceWrong => 400,
            Outcome::TooMany => 429,
        }
    }
}

/// Returns the address of the form for a page, by its address within the site, and what the reader saw there.
pub fn href(locale: Locale, page: &str, row: Option<String>) -> String {
    let below = page.strip_prefix(&format!("/{locale}")).unwrap_or_default();
    let below = below.strip_prefix('/').unwrap_or(below);
    let page = (!below.is_empty()).then(|| ("page", below.to_owned()));
    query::href(&format!("/{locale}/report"), page.into_iter().chain(row.map(|row| ("row", row))))
}

/// Returns the empty form.
///
/// # Errors
///
/// If the query string is not valid.
pub async fn asked(locale: Locale, search: &str) -> Result<ReportView, AppError> {
    let query = Query::decode(search);
    query.only(&["page", "row"])?;
    view(locale, &query)
}

/// Sends or prepares a report.
///
/// # Errors
///
/// If the form has a field that it should not have, or the report cannot be stored.
pub async fn submitted(locale: Locale, form: &PostedForm) -> Result<ReportView, AppError> {
    let query = Query::decode(&form.query);
    query.only(&["page", "row", "message", "source", "address"])?;
    let mut view = view(locale, &query)?;
    let field = |name| query.one(name).map(|value| value.unwrap_or_default().trim().to_owned());
    view.filled = Filled { message: field("message")?, source: field("source")?, address: field("address")? };
    let outcome = outcome(&view, &form.network).await?;
    view.outcome = Some(outcome);
    Ok(view)
}

fn view(locale: Locale, query: &Query) -> Result<ReportView, AppError> {
    let below = query.one("page")?.unwrap_or_default();
    let separator = if below.is_empty() || below.starts_with('?') { "" } else { "/" };
    let nothing = || QueryError::new("page", below, QueryProblem::NothingThere);
    let page = FollowedPage::parse(&format!("/{locale}{separator}{below}")).ok_or_else(nothing)?;
    let row = query.text_up_to("row", MAX_FIELD)?;
    let is_sent_here =
        use_context::<Subscriptions>().is_some_and(|subscriptions| subscriptions.offers().reports);
    Ok(ReportView { page, row, filled: Filled::default(), is_sent_here, outcome: None })
}

async fn outcome(view: &ReportView, network: &str) -> Result<Outcome, AppError> {
    let Filled { message, source, address } = &view.filled;
    if message.is_empty() {
        return Ok(Outcome::MessageMissing);
    }
    let is_link = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    if !source.is_empty()
        && (!is_link(source) || source.chars().count() > MAX_FIELD || source.contains(char::is_whitespace))
    {
        return Ok(Outcome::SourceWrong);
    }
    let answer_to = EmailAddress::parse(address);
    if !address.is_empty() && answer_to.is_none() {
        return Ok(Outcome::AddressWrong);
    }
    let report = ErrorReport {
        locale: view.page.locale,
        page: view.page.to_string(),
        row: view.row.clone(),
        message: message.chars().take(MAX_MESSAGE).collect(),
        source: (!source.is_empty()).then(|| source.clone()),
        answer_to,
        revision: page_snapshot().await?.at.revision,
    };
    if view.is_sent_here {
        let subscriptions = use_context::<Subscriptions>().ok_or(AppError::Internal)?;
        let is_taken = subscriptions.report(&report, network).await?;
        return Ok(if is_taken { Outcome::Sent } else { Outcome::TooMany });
    }
    let text = written_report(&report, &location::origin());
    let contact = use_context::<Contact>().map(|Contact(address)| address);
    let link = contact.map(|address| match address.starts_with("mailto:") {
        true => query::href(&address, [("subject", view.page.to_string()), ("body", text.clone())]),
        false => address,
    });
    Ok(Outcome::Prepared { text, link })
}
