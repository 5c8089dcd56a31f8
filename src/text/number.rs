//! Number formatting in each language, without rounding.
//!
//! Scales follow CLDR's compact forms. Thousand is not abbreviated. English scales by million and billion, Chinese by 万 (10⁴) and 亿 (10⁸).
//! A scaled number keeps every digit: 50,440,000,000 is `50.44 billion`, `504.4亿`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Locale, Period, units};

/// Unit of an indicator's values. Values are stored in this unit, without a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// An amount of money, with its ISO 4217 code.
    Money(String),
    /// Per cent: 34.9 means 34.9 %.
    Percent,
    People,
    /// Countable items, with the name of one in each language: `titles`, `部`.
    Count {
        en: String,
        zh: String,
    },
    /// A multiple, without a unit.
    Ratio,
    /// An exchange rate, such as `CNY per USD`.
    Rate(String),
    /// Percentage points: a difference of shares.
    Points,
    /// An index that is 100 in this period.
    Index(Period),
}

/// A formatted number in parts, so that a page can set the figure in large type and its unit in small type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// Prefix: `CNY`, or empty.
    pub before: String,
    /// The figure itself: `50.44`, `1,234`, `-3.5`.
    pub figure: String,
    /// Suffix, with a leading space if the language requires one: ` billion`, `亿元`, `%`, ` people`.
    pub after: String,
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.before.is_empty() {
            write!(f, "{} ", self.before)?;
        }
        write!(f, "{}{}", self.figure, self.after)
    }
}

/// A power of ten and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    pub exponent: u32,
    pub en: &'static str,
    pub zh: &'static str,
}

const ONES: Scale = Scale { exponent: 0, en: "", zh: "" };
const SCALES_EN: [Scale; 4] = [
    Scale { exponent: 12, en: "trillion", zh: "" },
    Scale { exponent: 9, en: "billion", zh: "" },
    Scale { exponent: 6, en: "million", zh: "" },
    ONES,
];
const SCALES_ZH: [Scale; 4] = [
    Scale { exponent: 12, en: "", zh: "万亿" },
    Scale { exponent: 8, en: "", zh: "亿" },
    Scale { exponent: 4, en: "", zh: "万" },
    ONES,
];

impl Scale {
    /// Largest scale of the language in which the number is at least one.
    pub fn of(value: Decimal, locale: Locale) -> Scale {
        let scales = locale.pick(SCALES_EN, SCALES_ZH);
        scales
            .into_iter()
            .find(|scale| value.abs() >= Decimal::from(10u64.pow(scale.exponent)))
            .unwrap_or(ONES)
    }

    pub fn name(self, locale: Locale) -> &'static str {
        locale.pick(self.en, self.zh)
    }

    /// Converts a number to this scale. Exact, because a power of ten only moves the decimal point.
    pub fn apply(self, value: Decimal) -> Decimal {
        let mut scaled = value.normalize();
        match scaled.set_scale(scaled.scale() + self.exponent) {
            Ok(()) => scaled.normalize(),
            Err(_) => value / Decimal::from(10u64.pow(self.exponent)),
        }
    }

    /// Formats a number in this scale, without the scale's name. Before 万 and 亿, numbers below ten thousand are not grouped, as is usual
    /// in Chinese: `1000亿`.
    pub fn format(self, value: Decimal) -> String {
        let scaled = self.apply(value);
        separated(scaled, self.zh.is_empty() || scaled.abs() >= Decimal::from(10_000))
    }
}

/// Formats every digit, grouped by three: `1,234,567.89`. Both languages group alike. The minus sign is U+2212, as wide as a plus sign.
pub fn grouped(value: Decimal) -> String {
    separated(value, true)
}

fn separated(value: Decimal, in_groups: bool) -> String {
    let text = value.normalize().abs().to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::with_capacity(text.len() + text.len() / 3 + 3);
    if value.is_sign_negative() && !value.is_zero() {
        out.push('\u{2212}');
    }
    for (index, digit) in whole.chars().enumerate() {
        if in_groups && index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Rounds a number for reading: to three significant digits, unless it has four at most.
pub fn rounded(value: Decimal) -> Decimal {
    match value.round_sf(4) {
        Some(short) if short != value => value.round_sf(3).unwrap_or(value).normalize(),
        _ => value,
    }
}

/// Maximum number of digits of an amount of money that a reader types, including decimals.
pub const MAX_MONEY_DIGITS: usize = 15;

/// Reads an amount of money that a reader typed: digits with at most two decimals after a point, and without a sign or an exponent.
/// Full-width characters count as their plain ones. Thousands may be separated by commas or by spaces. `None` for anything else.
pub fn typed_money(text: &str) -> Option<Decimal> {
    let plain: String = text.chars().map(half_width).collect();
    let plain = plain.trim();
    let (whole, decimals) = match plain.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (plain, None),
    };
    let whole = without_separators(whole)?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&whole) || decimals.is_some_and(|decimals| !digits(decimals) || decimals.len() > 2) {
        return None;
    }
    let decimals = decimals.unwrap_or_default();
    if whole.len() + decimals.len() > MAX_MONEY_DIGITS {
        return None;
    }
    Some(Decimal::from_str_exact(&format!("{whole}.{decimals:0<1}")).ok()?.normalize())
}

/// Returns the plain form of a full-width character or of another space, and any other character unchanged.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Removes separators of thousands. `None` if the groups between them do not have three digits each.
fn without_separators(whole: &str) -> Option<String> {
    let separator = if whole.contains(',') { ',' } else { ' ' };
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&first.len()) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

/// Joins two formatted numbers as a range: `5–7`, or `−7 to −5` where a dash would read as another minus sign.
pub fn span(low: &str, high: &str, locale: Locale) -> String {
    match [low, high].iter().any(|end| end.starts_with('\u{2212}')) {
        true => locale.pick(format!("{low} to {high}"), format!("{low}至{high}")),
        false => format!("{low}–{high}"),
    }
}

impl Unit {
    /// Word for the unit in the data set: `CNY`, `percent`, `count`.
    pub fn word(&self) -> &str {
        match self {
            Unit::Money(code) => code,
            Unit::Percent => "percent",
            Unit::People => "people",
            Unit::Count { .. } => "count",
            Unit::Ratio => "ratio",
            Unit::Rate(name) => name,
            Unit::Points => "percentage points",
            Unit::Index(_) => "index",
        }
    }

    /// Formats a value with its unit, scaled for reading, with every digit: `CNY 50.44 billion`, `504.4亿元`.
    pub fn amount(&self, value: Decimal, locale: Locale) -> Amount {
        self.amount_in(value, self.scale_of(value, locale), locale)
    }

    /// Formats a value with its unit and without a scale: `CNY 50,440,000,000`, `50,440,000,000元`.
    pub fn exact(&self, value: Decimal, locale: Locale) -> Amount {
        self.amount_in(value, ONES, locale)
    }

    /// Formats a value with its unit, rounded for reading: `CNY 51.3 million`, `约5130万元`. What is cut shows in Chinese as `约`.
    pub fn rounded(&self, value: Decimal, locale: Locale) -> String {
        let short = rounded(value);
        let amount = self.amount(short, locale);
        match locale {
            Locale::Zh if short != value => format!("约{amount}"),
            _ => amount.to_string(),
        }
    }

    /// Formats a difference of two values. Shares differ by percentage points, ranks by places, all others by the unit itself.
    pub fn difference(&self, value: Decimal, locale: Locale) -> Amount {
        self.of_differences().amount(value, locale)
    }

    /// Unit of differences between values of this unit.
    pub fn of_differences(&self) -> Unit {
        match self {
            Unit::Percent => Unit::Points,
            unit if unit.is_rank() => Unit::Count { en: "places".to_owned(), zh: "位".to_owned() },
            unit => unit.clone(),
        }
    }

    /// Whether the values are ranks, which are written as `rank 2`, `第2名`.
    pub fn is_rank(&self) -> bool {
        matches!(self, Unit::Count { en, .. } if en == "rank")
    }

    /// Scale in which a value of this unit is shown. Shares, ratios and rates have none.
    pub fn scale_of(&self, value: Decimal, locale: Locale) -> Scale {
        match self {
            Unit::Money(_) | Unit::People | Unit::Count { .. } => Scale::of(value, locale),
            Unit::Percent | Unit::Ratio | Unit::Rate(_) | Unit::Points | Unit::Index(_) => ONES,
        }
    }

    pub fn amount_in(&self, value: Decimal, scale: Scale, locale: Locale) -> Amount {
        let mut figure = scale.format(value);
        let name = scale.name(locale);
        if self.is_rank() && locale == Locale::Zh {
            figure.insert(0, '第');
        }
        let spaced = if name.is_empty() { String::new() } else { format!(" {name}") };
        let (before, after) = match (self, locale) {
            (Unit::Money(code), Locale::En) => (code.clone(), spaced),
            (Unit::Money(code), Locale::Zh) => (String::new(), format!("{name}{}", currency_zh(code))),
            (Unit::Percent, _) => (String::new(), "%".to_owned()),
            (Unit::People, Locale::En) => (String::new(), format!("{spaced} people")),
            (Unit::People, Locale::Zh) => (String::new(), format!("{name}人")),
            (Unit::Count { en, .. }, Locale::En) if self.is_rank() => (en.clone(), spaced),
            (Unit::Count { en, .. }, Locale::En) => (String::new(), format!("{spaced} {en}")),
            (Unit::Count { zh, .. }, Locale::Zh) => (String::new(), format!("{name}{zh}")),
            (Unit::Ratio, Locale::En) => (String::new(), " times".to_owned()),
            (Unit::Ratio, Locale::Zh) => (String::new(), "倍".to_owned()),
            (Unit::Rate(name), Locale::En) => (String::new(), format!(" {name}")),
            (Unit::Rate(name), Locale::Zh) => (String::new(), rate_zh(name)),
            (Unit::Points, _) => (String::new(), locale.pick(" percentage points", "个百分点").to_owned()),
            (Unit::Index(_), _) => (String::new(), String::new()),
        };
        Amount { before, figure, after }
    }

    /// Title of an axis in this unit and scale: `CNY billion`, `亿元`, `%`, `million people`.
    pub fn axis(&self, scale: Scale, locale: Locale) -> String {
        let name = scale.name(locale);
        match (self, locale) {
            (Unit::Money(code), Locale::En) if name.is_empty() => code.clone(),
            (Unit::Money(code), Locale::En) => format!("{code} {name}"),
            (Unit::Money(code), Locale::Zh) => format!("{name}{}", currency_zh(code)),
            (Unit::Percent, _) => "%".to_owned(),
            (Unit::People, Locale::En) => format!("{name} people").trim().to_owned(),
            (Unit::People, Locale::Zh) => format!("{name}人"),
            (Unit::Count { en, .. }, Locale::En) => format!("{name} {en}").trim().to_owned(),
            (Unit::Count { zh, .. }, Locale::Zh) => format!("{name}{zh}"),
            (Unit::Ratio, _) => locale.pick("times", "倍").to_owned(),
            (Unit::Rate(name), Locale::En) => name.clone(),
            (Unit::Rate(name), Locale::Zh) => rate_zh(name),
            (Unit::Points, _) => locale.pick("percentage points", "个百分点").to_owned(),
            (Unit::Index(base), Locale::En) => format!("index, {} = 100", base.label(locale)),
            (Unit::Index(base), Locale::Zh) => format!("指数，{}=100", base.label(locale)),
        }
    }
}

/// Chinese name of an exchange rate: `元/美元` for `CNY per USD`.
fn rate_zh(name: &str) -> String {
    match units::rate(name) {
        Some((of, per)) => format!("{}/{}", currency_zh(of), currency_zh(per)),
        None => name.to_owned(),
    }
}

/// Replaces spaces within amounts, so that no line breaks between a figure and its currency or scale.
pub fn unbroken(text: &str) -> String {
    const WORDS: [&str; 4] = ["thousand", "million", "billion", "trillion"];
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in letters.iter().enumerate() {
        let before_figure = *c == ' ' && at > 0 && letters[at - 1].is_ascii_uppercase() && digit(at + 1);
        let rest = || letters[at + 1..].iter().take(9).collect::<String>();
        let before_scale =
            *c == ' ' && at > 0 && digit(at - 1) && WORDS.iter().any(|word| rest().starts_with(word));
        let in_unit = "万亿元".contains(*c) && at > 0 && (digit(at - 1) || "万亿".contains(letters[at - 1]));
        match (before_figure || before_scale, in_unit) {
            (true, _) => out.push('\u{a0}'),
            (_, true) => out.extend(['\u{2060}', *c]),
            _ => out.push(*c),
        }
    }
    out
}

/// Name of a currency where no amount is shown with it: its code, `人民币`.
pub fn currency_name(code: &str, locale: Locale) -> &str {
    match (locale, code) {
        (Locale::Zh, "CNY") => "人民币",
        (Locale::Zh, code) => currency_zh(code),
        (Locale::En, code) => code,
    }
}

/// Name of a currency as a suffix of Chinese amounts, or its code if no name is known.
fn currency_zh(code: &str) -> &str {
    match code {
        "CNY" => "元",
        "USD" => "美元",
        "HKD" => "港元",
        "MOP" => "澳门元",
        "KRW" => "韩元",
        "MYR" => "林吉特",
        "JPY" => "日元",
        "EUR" => "欧元",
        "GBP" => "英镑",
        "INR" => "印度卢比",
        "IDR" => "印尼盾",
        "SGD" => "新加坡元",
        "THB" => "泰铢",
        "TWD" => "新台币",
        "VND" => "越南盾",
        "PHP" => "菲律宾比索",
        "AUD" => "澳大利亚元",
        "CAD" => "加拿大元",
        "NZD" => "新西兰元",
        "CHF" => "瑞士法郎",
        "RUB" => "俄罗斯卢布",
        "BRL" => "巴西雷亚尔",
        "MXN" => "墨西哥比索",
        "SAR" => "沙特里亚尔",
        "AED" => "阿联酋迪拉姆",
        "TRY" => "土耳其里拉",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_rounded_for_reading() {
        let cny = Unit::Money("CNY".into());
        for (value, en, zh) in [
            ("19800000", "CNY 19.8 million", "1980万元"),
            ("7375000", "CNY 7.375 million", "737.5万元"),
            ("109158339.15", "CNY 109 million", "约1.09亿元"),
            ("51318916.15", "CNY 51.3 million", "约5130万元"),
            ("999960", "CNY 1 million", "约100万元"),
        ] {
            let value: Decimal = value.parse().unwrap();
            assert_eq!(cny.rounded(value, Locale::En), en);
            assert_eq!(cny.rounded(value, Locale::Zh), zh);
        }
    }

    fn check(unit: &Unit, value: &str, en: &str, zh: &str) {
        let value: Decimal = value.parse().unwrap();
        assert_eq!(unit.amount(value, Locale::En).to_string(), en);
        assert_eq!(unit.amount(value, Locale::Zh).to_string(), zh);
    }

    #[test]
    fn money_is_scaled_by_language_and_keeps_every_digit() {
        let cny = Unit::Money("CNY".into());
        let usd = Unit::Money("USD".into());
        check(&cny, "50000000000", "CNY 50 billion", "500亿元");
        check(&cny, "50440000000", "CNY 50.44 billion", "504.4亿元");
        check(&usd, "1525000000", "USD 1.525 billion", "15.25亿美元");
        check(&usd, "990200000", "USD 990.2 million", "9.902亿美元");
        check(&cny, "19800000", "CNY 19.8 million", "1980万元");
        check(&cny, "1234567", "CNY 1.234567 million", "123.4567万元");
        check(&cny, "-240000000", "CNY −240 million", "−2.4亿元");
        check(&cny, "8500", "CNY 8,500", "8,500元");
        check(&cny, "0", "CNY 0", "0元");
    }

    #[test]
    fn no_line_ends_within_an_amount() {
        assert_eq!(unbroken("earned CNY 100 billion in China"), "earned CNY\u{a0}100\u{a0}billion in China");
        assert_eq!(unbroken("至少1000亿元，"), "至少1000\u{2060}亿\u{2060}元，");
        assert_eq!(unbroken("AI 2025 billions"), "AI\u{a0}2025\u{a0}billions");
    }

    #[test]
    fn money_is_read_as_typed_and_nothing_is_guessed() {
        for (text, expected) in [
            ("1500000", "1500000"),
            (" 1500000.5 ", "1500000.5"),
            ("1,500,000.25", "1500000.25"),
            ("1 500 000", "1500000"),
            ("1\u{202f}500\u{a0}000", "1500000"),
            ("１，５００，０００．２５", "1500000.25"),
            ("0", "0"),
            ("007", "7"),
            ("999999999999999", "999999999999999"),
            ("9999999999999.99", "9999999999999.99"),
        ] {
            assert_eq!(typed_money(text), Some(expected.parse().unwrap()), "{text}");
        }
        for text in [
            "",
            ".",
            ".5",
            "5.",
            "1.234",
            "-1",
            "+1",
            "1e6",
            "1E6",
            "0x10",
            "1,5",
            "1,50,000",
            "1500,000",
            ",500",
            "1,500 000",
            "1.500.000",
            "1.500,00",
            "150万",
            "CNY 5",
            "¥5",
            "5元",
            "NaN",
            "1'000",
            "1_000",
            "١٢٣",
            "9999999999999999",
            "99999999999999.99",
        ] {
            assert_eq!(typed_money(text), None, "{text}");
        }
    }

    #[test]
    fn other_units() {
        check(&Unit::Percent, "34.9", "34.9%", "34.9%");
        check(&Unit::People, "1330000", "1.33 million people", "133万人");
        check(&Unit::Count { en: "titles".into(), zh: "部".into() }, "33000", "33,000 titles", "3.3万部");
        let rank = Unit::Count { en: "rank".into(), zh: "名".into() };
        check(&rank, "2", "rank 2", "第2名");
        check(&rank.of_differences(), "2", "2 places", "2位");
        check(&Unit::Rate("CNY per USD".into()), "7.2464", "7.2464 CNY per USD", "7.2464元/美元");
        check(&Unit::Rate("MYR per USD".into()), "4.4", "4.4 MYR per USD", "4.4林吉特/美元");
        check(&Unit::Ratio, "1.50", "1.5 times", "1.5倍");
    }

    #[test]
    fn the_exact_form_has_no_scale() {
        let cny = Unit::Money("CNY".into());
        assert_eq!(cny.exact(Decimal::from(50_440_000_000u64), Locale::En).to_string(), "CNY 50,440,000,000");
    }

    #[test]
    fn axis_titles_name_unit_and_scale() {
        let billion = Scale::of(Decimal::from(5_000_000_000u64), Locale::En);
        assert_eq!(Unit::Money("CNY".into()).axis(billion, Locale::En), "CNY billion");
        let yi = Scale::of(Decimal::from(5_000_000_000u64), Locale::Zh);
        assert_eq!(Unit::Money("USD".into()).axis(yi, Locale::Zh), "亿美元");
    }
}
