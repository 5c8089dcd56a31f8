//! Errors of query strings.

use serde::{Deserialize, Serialize};

use crate::text::{Locale, date};

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
    /// The value is not a moment as HTTP writes it.
    NotAMoment,
    /// The value is neither a day nor a moment as RFC 3339 writes it.
    NotATime,
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
    /// On the day nothing had been published yet, or the day has not come.
    OutsideDays {
        /// The first day on which a source was published. `None` if no source is dated.
        first: Option<chrono::NaiveDate>,
        last: chrono::NaiveDate,
    },
    /// The day has not come.
    NotYet { today: chrono::NaiveDate },
    /// The value is not an integer from 1 to `most`.
    NotANumber { most: u32 },
    /// The value is not an amount of money of at most `most` digits.
    NotMoney { most: u32 },
    /// The value is not a period.
    NotAPeriod,
    /// The value is not a formula: at character `at`, from 1, is `found` (`None` is the end) where `wanted` is expected.
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

impl QueryError {
    pub fn new(parameter: &str, value: &str, problem: QueryProblem) -> Self {
        QueryError { parameter: parameter.to_owned(), value: value.chars().take(80).collect(), problem }
    }

    /// Explains to readers what is wrong with the parameter, and what it may be.
    pub fn explanation(&self, locale: Locale) -> String {
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
            QueryProblem::NotAMoment => locale.pick(
                format!("“{value}” is not a moment. Write it as HTTP does: Fri, 05 Dec 2025 08:00:00 GMT."),
                format!("“{value}”不是有效时间。请按HTTP格式书写：Fri, 05 Dec 2025 08:00:00 GMT。"),
            ),
            QueryProblem::NotAMonth => locale.pick(
                format!("“{value}” is not a month. Write it as year and month: {parameter}=2025-12."),
                format!("“{value}”不是有效月份。请按年月书写：{parameter}=2025-12。"),
            ),
            QueryProblem::NotAYear => locale.pick(
                format!("“{value}” is not a year. Write four digits: {parameter}=2025."),
                format!("“{value}”不是有效年份。请写四位数字：{parameter}=2025。"),
            ),
            QueryProblem::NotATime => locale.pick(
                format!("“{value}” is neither a day nor a time. Write “{parameter}” as 2025-12-08, or as 2025-12-08T09:00:00Z."),
                format!("“{value}”不是有效的日期或时间。“{parameter}”请写作2025-12-08，或2025-12-08T09:00:00Z。"),
            ),
            QueryProblem::NotAState => locale.pick(
                format!("“{value}” is not a state of the data. Write the number of a revision, as in {parameter}=1, or a day as YYYY-MM-DD."),
                format!("“{value}”不是有效的数据版本。请写版本号（如{parameter}=1）或YYYY-MM-DD格式的日期。"),
            ),
            QueryProblem::NoSuchState { first, since, newest } => {
                let day = date::day(*since, locale);
                locale.pick(
                    format!("There is no state of the data for “{value}”. Revisions begin with {first}, published {day}; the newest is {newest}. Write {parameter}={first}, or a day from {since} on."),
                    format!("“{value}”没有对应的数据版本。最早为版本{first}（{day}发布），最新为版本{newest}。请写{parameter}={first}，或{since}及以后的日期。"),
                )
            }
            QueryProblem::OutsideDays { first: None, .. } => locale.pick(
                format!("No source of this state of the data is dated, so “{parameter}” cannot be asked."),
                format!("本版本数据的来源均无日期，无法使用“{parameter}”。"),
            ),
            QueryProblem::OutsideDays { first: Some(first), last } => locale.pick(
                format!("“{value}” is outside the days of which it can be said what was known: {first} to {last}."),
                format!("“{value}”不在可查询的日期范围内：{first}至{last}。"),
            ),
            QueryProblem::NotYet { today } => locale.pick(
                format!("“{value}” has not come yet. The latest day for “{parameter}” is {today}."),
                format!("“{value}”尚未到来。“{parameter}”最晚可为{today}。"),
            ),
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
                    Some(found) => locale.pick(format!("it has “{found}”"), format!("为“{found}”")),
                    None => locale.pick("it ends", "已结束").to_owned(),
                };
                locale.pick(
                    format!("“{value}” is not a formula: at character {at} {found}; expected: {wanted}. Example: (a+b)/c."),
                    format!("“{value}”不是有效算式：第{at}个字符处{found}；此处可用{wanted}。示例：(a+b)/c。"),
                )
            }
            QueryProblem::Missing => locale.pick(
                format!("The address needs the parameter “{parameter}”."),
                format!("地址中缺少参数“{parameter}”。"),
            ),
            QueryProblem::Empty => locale.pick(
                format!("The parameter “{parameter}” has no value. Leave it out, or give it one."),
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
