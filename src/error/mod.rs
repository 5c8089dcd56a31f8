//! Errors that readers see.

mod database;
mod query;

use leptos::{prelude::*, server_fn::codec::JsonEncoding};
use serde::{Deserialize, Serialize};

pub use database::DatabaseError;
pub use query::{FormulaPart, QueryError, QueryProblem};

use crate::text::Locale;

/// Maximum length of a problem with arguments, in characters: it may repeat an argument.
const MAX_PROBLEM_LENGTH: usize = 200;

/// An error that a page answers with instead of its contents. Its title and explanation are sent to readers; `Display` is for the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AppError {
    /// No page, or no entity, exists at this address.
    #[error("there is no such page")]
    NotFound,
    /// The query string is invalid.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// Arguments of a server function are missing or malformed. `problem` says which and why, in English.
    #[error("invalid arguments: {problem}")]
    Arguments { problem: String },
    /// A statement failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The database is unreachable, or nothing has been published yet.
    #[error("the data cannot be reached right now")]
    Unavailable,
    /// The server is overloaded: admission control shed the request, or it timed out.
    #[error("too many requests at a time")]
    Busy,
    /// The client's network exceeded its rate limit.
    #[error("asked too often")]
    TooOften,
    /// The address is longer than the server reads.
    #[error("address too long")]
    AddressTooLong,
    /// The body of a request is larger than the server reads.
    #[error("body too large")]
    BodyTooLarge,
    /// The body of a request is no form and no plain text.
    #[error("unsupported media type")]
    MediaType,
    /// A form was sent from a page of another site.
    #[error("form of another site")]
    ForeignForm,
    /// The address contains invalid bytes or names no host.
    #[error("no address")]
    NoAddress,
    /// No address of this site supports the method.
    #[error("no such method")]
    Method,
    /// The client accepts none of the offered media types.
    #[error("not acceptable, offered: {offered:?}")]
    NotAcceptable { offered: Vec<String> },
    #[error("something went wrong on our side")]
    Internal,
}

impl AppError {
    /// Returns the error as readers see it: without the cause of a failed statement.
    pub fn as_seen(&self) -> &AppError {
        match self {
            AppError::Database(error) => error.as_seen(),
            error => error,
        }
    }

    /// Returns the HTTP status of the response.
    pub fn status(&self) -> u16 {
        match self.as_seen() {
            AppError::NotFound => 404,
            AppError::ForeignForm => 403,
            AppError::Query(QueryError { problem: QueryProblem::NotOffered { .. }, .. }) => 501,
            AppError::Query(_) | AppError::Arguments { .. } | AppError::NoAddress => 400,
            AppError::Method => 405,
            AppError::NotAcceptable { .. } => 406,
            AppError::BodyTooLarge => 413,
            AppError::AddressTooLong => 414,
            AppError::MediaType => 415,
            AppError::TooOften => 429,
            AppError::Unavailable | AppError::Busy => 503,
            AppError::Internal | AppError::Database(_) => 500,
        }
    }

    /// Returns the value of `Retry-After` in seconds, for errors that are worth a retry.
    pub fn again_after(&self) -> Option<u32> {
        match self.as_seen() {
            AppError::Unavailable => Some(10),
            AppError::Busy => Some(3),
            AppError::TooOften => Some(2),
            AppError::NotFound
            | AppError::Query(_)
            | AppError::Arguments { .. }
            | AppError::NoAddress
            | AppError::AddressTooLong
            | AppError::BodyTooLarge
            | AppError::MediaType
            | AppError::ForeignForm
            | AppError::Method
            | AppError::NotAcceptable { .. }
            | AppError::Internal
            | AppError::Database(_) => None,
        }
    }

    pub fn title(&self, locale: Locale) -> &'static str {
        match self.as_seen() {
            AppError::NotFound => locale.pick("Page not found", "页面不存在"),
            AppError::Query(_) | AppError::Arguments { .. } => {
                locale.pick("There is a problem with this address", "地址中的条件有误")
            }
            AppError::Unavailable => locale.pick("The data cannot be reached right now", "数据暂时无法读取"),
            AppError::Busy => locale.pick("The site is too busy right now", "当前访问人数过多"),
            AppError::TooOften => {
                locale.pick("Too many requests from your network", "您所在网络的请求过于频繁")
            }
            AppError::NoAddress => locale.pick("This address is not valid", "这不是有效的地址"),
            AppError::AddressTooLong => locale.pick("This address is too long", "地址过长"),
            AppError::BodyTooLarge => locale.pick("The text is too long", "文字过长"),
            AppError::MediaType => locale.pick("This kind of content is not read", "不支持此内容类型"),
            AppError::ForeignForm => locale.pick("This form was sent from another site", "表单来自其他网站"),
            AppError::Method => locale.pick("This site is read-only", "本站仅供阅读"),
            AppError::NotAcceptable { .. } => {
                locale.pick("Not available in a format that you accept", "没有您可接受的格式")
            }
            AppError::Internal | AppError::Database(_) => {
                locale.pick("Something went wrong on our side", "本站出现故障")
            }
        }
    }

    /// Explains to readers what is wrong, where, and what to do.
    pub fn explanation(&self, locale: Locale) -> String {
        match self.as_seen() {
            AppError::NotFound => locale
                .pick(
                    "The address may be mistyped, or nothing was ever published here. \
                     Nothing that was published is ever removed, so a link that worked before still works.",
                    "地址可能有误，或者这里从未发布过内容。已发布的内容不会撤下，曾经有效的链接仍然有效。",
                )
                .to_owned(),
            AppError::Query(error) => error.explanation(locale),
            AppError::Arguments { problem } => locale.pick(
                format!("The arguments are missing or not valid: {problem}."),
                format!("参数缺失或无效：{problem}。"),
            ),
            AppError::Unavailable => locale
                .pick(
                    "The database does not answer. Nothing is lost; please try again in a minute.",
                    "数据库没有响应。数据没有丢失，请稍后再试。",
                )
                .to_owned(),
            AppError::Busy => locale
                .pick(
                    "Too many pages are being made at the moment. Please try again in a few seconds.",
                    "同时请求过多，暂时无法处理。请几秒钟后重试。",
                )
                .to_owned(),
            AppError::TooOften => locale
                .pick(
                    "Please wait a few seconds. If you need everything, the whole data set is one file: see “Data”.",
                    "请稍候几秒。如需全部数据，可在“数据”页一次下载整个数据集。",
                )
                .to_owned(),
            AppError::NoAddress => locale
                .pick(
                    "It has characters that an address cannot have, or names no host. Please correct it.",
                    "地址含有无效字符或没有主机名。请更正。",
                )
                .to_owned(),
            AppError::AddressTooLong => locale
                .pick(
                    "It is longer than 8,000 bytes. Please shorten it; a long text to check can be sent by the form of the page.",
                    "地址超过8000字节，请缩短。较长的待核对文字可用页面上的表单提交。",
                )
                .to_owned(),
            AppError::BodyTooLarge => locale
                .pick(
                    "A text of at most 5,000 characters is checked at once. Please shorten it or check it in parts.",
                    "一次最多核对5000字符的文字。请缩短，或分段核对。",
                )
                .to_owned(),
            AppError::MediaType => locale
                .pick(
                    "Please send the text as a form (application/x-www-form-urlencoded) or as text/plain.",
                    "请以表单（application/x-www-form-urlencoded）或text/plain提交文字。",
                )
                .to_owned(),
            AppError::ForeignForm => locale
                .pick(
                    "Nothing was done. Please open the page on this site and send the form from there.",
                    "未执行任何操作。请在本站打开页面后提交表单。",
                )
                .to_owned(),
            AppError::Method => locale
                .pick(
                    "Nothing here can be changed or deleted from outside. Please use GET or HEAD.",
                    "本站内容不能从外部更改或删除。请使用GET或HEAD请求。",
                )
                .to_owned(),
            AppError::NotAcceptable { offered } => locale.pick(
                format!(
                    "None of the media types in the header Accept is offered. Offered: {}.",
                    offered.join(", ")
                ),
                format!("请求头Accept中的媒体类型均不提供。可用的媒体类型：{}。", offered.join("、")),
            ),
            AppError::Internal | AppError::Database(_) => locale
                .pick(
                    "The fault has been recorded. Please try again; if it persists, tell us the address of this page.",
                    "故障已记录。请重试；若仍然出现，请把本页地址告诉我们。",
                )
                .to_owned(),
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(problem)
            | ServerFnErrorErr::MissingArg(problem)
            | ServerFnErrorErr::Deserialization(problem) => {
                AppError::Arguments { problem: problem.chars().take(MAX_PROBLEM_LENGTH).collect() }
            }
            _ => AppError::Internal,
        }
    }
}
