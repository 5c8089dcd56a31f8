//! Errors that readers see. Internal causes are logged where they are converted and never sent.

use leptos::{prelude::*, server_fn::codec::JsonEncoding};
use serde::{Deserialize, Serialize};

use crate::text::{Locale, date};

/// Maximum length of a problem with arguments, in characters: it may repeat an argument.
const MAX_PROBLEM_LENGTH: usize = 200;

/// An error that a page answers with instead of its contents. It is serialized to the browser, so it carries no internals.
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
    /// The database is unreachable, or nothing has been published yet.
    #[error("the data cannot be reached right now")]
    Unavailable,
    /// The server is overloaded: admission control shed the request, or it timed out.
    #[error("too much is asked for at a time")]
    Busy,
    /// The client's network exceeded its rate limit.
    #[error("asked too often")]
    TooOften,
    /// The address is too long, contains invalid bytes or names no host.
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

/// A query parameter that is unknown, repeated or has an invalid value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{parameter}={value}: {problem:?}")]
pub struct QueryError {
    pub parameter: String,
    pub value: String,
    pub problem: QueryProblem,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QueryProblem {
    /// The page has no such parameter; `known` lists those it has.
    UnknownParameter { known: Vec<String> },
    /// The parameter is repeated but may occur only once.
    Repeated,
    /// The value is not one of `allowed`.
    NotAllowed { allowed: Vec<String> },
    /// The value is defined by a standard but not supported by this site; `offered` lists those that are.
    NotOffered { offered: Vec<String> },
    /// Nothing of that name exists.
    NothingThere,
    /// The text is longer than `most` characters.
    TooLong { most: u32 },
    /// The font of pictures lacks these characters of the text.
    NotDrawable { characters: String },
    /// The parameter occurs more than `most` times.
    TooMany { most: u32 },
    /// The parameter cannot be combined with `other`.
    NotWith { other: String },
    /// The query would have to scan more than `most` observations.
    TooMuch { most: u32 },
    /// The value is not a calendar day.
    NotADay,
    /// The value is not a month.
    NotAMonth,
    /// The value is not a year.
    NotAYear,
    /// The value is neither a revision number nor a day.
    NotAState,
    /// No revision has that number, or none was published by that day.
    NoSuchState {
        first: i32,
        /// The day on which the first revision was published.
        since: chrono::NaiveDate,
        newest: i32,
    },
    /// The value is not an integer from 1 to `most`.
    NotANumber { most: u32 },
    /// The value is not an amount of money of at most `most` digits.
    NotMoney { most: u32 },
    /// The value is not a period.
    NotAPeriod,
    /// The value is not a formula: at character `at`, from 1, stands `found` (`None` is the end) where `wanted` is allowed.
    NotAFormula { at: u32, found: Option<char>, wanted: FormulaPart },
    /// A required parameter is missing.
    Missing,
    /// The parameter has no value.
    Empty,
}

/// What a formula allows at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormulaPart {
    /// A letter, a number or an opening parenthesis.
    Operand,
    Operator,
    ClosingParenthesis,
    /// A number of fewer digits, with at most one point.
    Number,
    FewerParentheses,
    /// At least one letter.
    Series,
}

impl FormulaPart {
    fn name(self, locale: Locale) -> &'static str {
        match self {
            FormulaPart::Operand => locale.pick(
                "a letter from a to e (the chosen series in their order), a number or “(”",
                "字母a至e（依次代表所选序列）、数字或“(”",
            ),
            FormulaPart::Operator => locale.pick(
                "one of + - * / or the end; in a typed address + is written %2B",
                "+ - * /之一或结尾；在地址栏中+须写作%2B",
            ),
            FormulaPart::ClosingParenthesis => locale.pick("one of + - * / or “)”", "+ - * /之一或“)”"),
            FormulaPart::Number => locale.pick(
                "a number such as 100 or 0.5, of at most 12 characters",
                "如100或0.5的数字，最多12个字符",
            ),
            FormulaPart::FewerParentheses => {
                locale.pick("at most 8 parentheses within each other", "最多8层括号")
            }
            FormulaPart::Series => locale.pick(
                "at least one letter from a to e, for one of the chosen series",
                "至少一个字母a至e，代表所选序列之一",
            ),
        }
    }
}

impl AppError {
    /// Returns the HTTP status of the response.
    pub fn status(&self) -> u16 {
        match self {
            AppError::NotFound => 404,
            AppError::Query(QueryError { problem: QueryProblem::NotOffered { .. }, .. }) => 501,
            AppError::Query(_) | AppError::Arguments { .. } | AppError::NoAddress => 400,
            AppError::Method => 405,
            AppError::NotAcceptable { .. } => 406,
            AppError::TooOften => 429,
            AppError::Unavailable | AppError::Busy => 503,
            AppError::Internal => 500,
        }
    }

    /// Returns the value of `Retry-After` in seconds, for errors that are worth a retry.
    pub fn again_after(&self) -> Option<u32> {
        match self {
            AppError::Unavailable => Some(10),
            AppError::Busy => Some(3),
            AppError::TooOften => Some(2),
            AppError::NotFound
            | AppError::Query(_)
            | AppError::Arguments { .. }
            | AppError::NoAddress
            | AppError::Method
            | AppError::NotAcceptable { .. }
            | AppError::Internal => None,
        }
    }

    pub fn title(&self, locale: Locale) -> &'static str {
        match self {
            AppError::NotFound => locale.pick("Page not found", "页面不存在"),
            AppError::Query(_) | AppError::Arguments { .. } => {
                locale.pick("This address asks for something we do not have", "地址中的条件无法识别")
            }
            AppError::Unavailable => locale.pick("The data cannot be reached right now", "数据暂时无法读取"),
            AppError::Busy => locale.pick("Too many readers at this moment", "此刻访问者过多"),
            AppError::TooOften => {
                locale.pick("Too many requests from your network", "您所在网络的请求过于频繁")
            }
            AppError::NoAddress => locale.pick("This address is not valid", "这不是有效的地址"),
            AppError::Method => locale.pick("This site is read-only", "本站仅供阅读"),
            AppError::NotAcceptable { .. } => {
                locale.pick("Not available in a format that you accept", "没有您可接受的格式")
            }
            AppError::Internal => locale.pick("Something went wrong on our side", "我们这边出了问题"),
        }
    }

    /// Explains to readers what is wrong, where, and what to do.
    pub fn explanation(&self, locale: Locale) -> String {
        match self {
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
                    "It is longer than 8,000 characters, has characters that no address has, or names no host. Please shorten or correct it.",
                    "地址超过8000个字符、含有无效字符或没有主机名。请缩短或更正。",
                )
                .to_owned(),
            AppError::Method => locale
                .pick(
                    "Nothing here can be changed or deleted from outside. Please ask with GET or HEAD.",
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
            AppError::Internal => locale
                .pick(
                    "The fault has been recorded. Please try again; if it stays, tell us the address of this page.",
                    "故障已记录。请重试；若仍然出现，请把本页地址告诉我们。",
                )
                .to_owned(),
        }
    }
}

impl QueryError {
    pub fn new(parameter: &str, value: &str, problem: QueryProblem) -> Self {
        QueryError { parameter: parameter.to_owned(), value: value.chars().take(80).collect(), problem }
    }

    fn explanation(&self, locale: Locale) -> String {
        let QueryError { parameter, value, problem } = self;
        match problem {
            QueryProblem::UnknownParameter { known } if known.is_empty() => locale.pick(
                format!("This page takes no parameters, but the address has “{parameter}”."),
                format!("本页不接受任何参数，而地址中有“{parameter}”。"),
            ),
            QueryProblem::UnknownParameter { known } => locale.pick(
                format!("This page has no parameter “{parameter}”. It has: {}.", known.join(", ")),
                format!("本页没有参数“{parameter}”。可用的参数：{}。", known.join("、")),
            ),
            QueryProblem::Repeated => locale.pick(
                format!("The parameter “{parameter}” may stand only once in the address."),
                format!("参数“{parameter}”在地址中只能出现一次。"),
            ),
            QueryProblem::NotAllowed { allowed } => locale.pick(
                format!("“{value}” is not a value of “{parameter}”. Allowed: {}.", allowed.join(", ")),
                format!("“{value}”不是“{parameter}”的可用值。可用值：{}。", allowed.join("、")),
            ),
            QueryProblem::NotOffered { offered } if offered.is_empty() => locale.pick(
                format!("“{parameter}” ({value}) is defined by the standard, but not offered here."),
                format!("标准规定了“{parameter}”（{value}），但本站不提供。"),
            ),
            QueryProblem::NotOffered { offered } => locale.pick(
                format!("“{value}” is not offered for “{parameter}” here. Offered: {}.", offered.join(", ")),
                format!("本站的“{parameter}”不提供“{value}”。可用值：{}。", offered.join("、")),
            ),
            QueryProblem::NothingThere => locale.pick(
                format!("There is nothing called “{value}” for “{parameter}” on this page."),
                format!("本页的“{parameter}”中没有“{value}”。"),
            ),
            QueryProblem::TooMany { most } => locale.pick(
                format!("“{parameter}” may stand at most {most} times in the address."),
                format!("参数“{parameter}”在地址中最多可出现{most}次。"),
            ),
            QueryProblem::NotWith { other } => locale.pick(
                format!("The address has both “{parameter}” and “{other}”; it may have one of them."),
                format!("地址中同时有“{parameter}”和“{other}”，只能保留其中之一。"),
            ),
            QueryProblem::TooMuch { most } => locale.pick(
                format!("“{parameter}” asks for more than {most} figures. Narrow it, or take the whole data set: /en/data."),
                format!("“{parameter}”涉及的数据超过{most}项。请缩小范围，或下载整个数据集：/zh/data。"),
            ),
            QueryProblem::NotADay => locale.pick(
                format!("“{value}” is not a day. Write it as year, month and day: {parameter}=2025-12-05."),
                format!("“{value}”不是有效日期。请按年月日书写：{parameter}=2025-12-05。"),
            ),
            QueryProblem::NotAMonth => locale.pick(
                format!("“{value}” is not a month. Write it as year and month: {parameter}=2025-12."),
                format!("“{value}”不是有效月份。请按年月书写：{parameter}=2025-12。"),
            ),
            QueryProblem::NotAYear => locale.pick(
                format!("“{value}” is not a year. Write four digits: {parameter}=2025."),
                format!("“{value}”不是有效年份。请写四位数字：{parameter}=2025。"),
            ),
            QueryProblem::NotAState => locale.pick(
                format!("“{value}” names no state of the data. Write the number of a revision, as in {parameter}=1, or a day as YYYY-MM-DD."),
                format!("“{value}”不是有效的数据版本。请写版本号（如{parameter}=1）或YYYY-MM-DD格式的日期。"),
            ),
            QueryProblem::NoSuchState { first, since, newest } => {
                let day = date::day(*since, locale);
                locale.pick(
                    format!("There is no state of the data for “{value}”. Revisions begin with {first}, published {day}; the newest is {newest}. Write {parameter}={first}, or a day from {since} on."),
                    format!("“{value}”没有对应的数据版本。最早为版本{first}（{day}发布），最新为版本{newest}。请写{parameter}={first}，或{since}及以后的日期。"),
                )
            }
            QueryProblem::NotANumber { most } => locale.pick(
                format!("“{value}” is not a whole number from 1 to {most}."),
                format!("“{value}”不是1至{most}之间的整数。"),
            ),
            QueryProblem::NotMoney { most } => locale.pick(
                format!("“{value}” is not an amount in yuan. Write it out in digits, at most {most}, with a point and at most two decimals if needed: 1500000 or 1500000.50."),
                format!("“{value}”不是有效的人民币金额。请用数字写出以元为单位的金额，最多{most}位，小数不超过两位：1500000或1500000.50。"),
            ),
            QueryProblem::NotAPeriod => locale.pick(
                format!("“{value}” is not a period. Write it as 2025, 2025-S1, 2025-Q1, 2025-04 or 2025-12-08."),
                format!("“{value}”不是有效时段。请写作2025、2025-S1、2025-Q1、2025-04或2025-12-08。"),
            ),
            QueryProblem::NotAFormula { at, found, wanted } => {
                let wanted = wanted.name(locale);
                let found = match found {
                    Some(found) => locale.pick(format!("stands “{found}”"), format!("为“{found}”")),
                    None => locale.pick("it ends", "已结束").to_owned(),
                };
                locale.pick(
                    format!("“{value}” is not a formula: at character {at} {found}; allowed is {wanted}. Example: (a+b)/c."),
                    format!("“{value}”不是有效算式：第{at}个字符处{found}；此处可用{wanted}。示例：(a+b)/c。"),
                )
            }
            QueryProblem::Missing => locale.pick(
                format!("The address needs the parameter “{parameter}”."),
                format!("地址中缺少参数“{parameter}”。"),
            ),
            QueryProblem::Empty => locale.pick(
                format!("The parameter “{parameter}” has no value. Leave it away, or give it one."),
                format!("参数“{parameter}”没有值。请去掉该参数，或给出取值。"),
            ),
            QueryProblem::NotDrawable { characters } => locale.pick(
                format!("Pictures cannot show these characters of “{parameter}”: {characters}"),
                format!("图片无法显示“{parameter}”中的这些字符：{characters}"),
            ),
            QueryProblem::TooLong { most } => locale.pick(
                format!("The value of “{parameter}” is too long; at most {most} characters."),
                format!("“{parameter}”的值过长，最多{most}个字符。"),
            ),
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

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "a query failed");
        match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => AppError::Unavailable,
            // <https://www.postgresql.org/docs/current/errcodes-appendix.html>
            sqlx::Error::Database(error) => match error.code().as_deref() {
                // The database is shutting down, has crashed, or does not accept connections yet.
                Some("57P01" | "57P02" | "57P03") => AppError::Unavailable,
                // A statement timed out; all connections are in use.
                Some("57014" | "53300") => AppError::Busy,
                _ => AppError::Internal,
            },
            _ => AppError::Internal,
        }
    }
}
