//! Currencies to which pages convert amounts, and words for currencies.

use crate::vocabulary;

vocabulary! {
    /// Currency to which amounts are converted.
    pub enum Currency {
        Cny = "CNY", "CNY", "人民币";
        Usd = "USD", "USD", "美元";
    }
}

/// Where a word for a currency stands beside its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
    Either,
}

/// Words and signs for currencies, folded, with the ISO 4217 code, and where they stand beside a number. The only table of them.
pub const CURRENCY_WORDS: [(&str, &str, Side); 59] = [
    ("usd", "USD", Side::Either),
    ("us$", "USD", Side::Either),
    ("美元", "USD", Side::Either),
    ("美金", "USD", Side::Either),
    ("us dollars", "USD", Side::Either),
    ("us dollar", "USD", Side::After),
    ("u.s. dollar", "USD", Side::After),
    ("american dollar", "USD", Side::After),
    ("dollar", "USD", Side::After),
    ("dollars", "USD", Side::After),
    ("$", "USD", Side::Before),
    ("hkd", "HKD", Side::Either),
    ("港币", "HKD", Side::Either),
    ("hong kong dollar", "HKD", Side::After),
    ("港元", "HKD", Side::After),
    ("hk dollar", "HKD", Side::After),
    ("hk dollars", "HKD", Side::After),
    ("hk$", "HKD", Side::Before),
    ("jpy", "JPY", Side::Either),
    ("日元", "JPY", Side::Either),
    ("yen", "JPY", Side::After),
    ("jp¥", "JPY", Side::Before),
    ("krw", "KRW", Side::Either),
    ("won", "KRW", Side::After),
    ("韩元", "KRW", Side::After),
    ("원", "KRW", Side::After),
    ("₩", "KRW", Side::Before),
    ("eur", "EUR", Side::Either),
    ("euro", "EUR", Side::After),
    ("欧元", "EUR", Side::After),
    ("€", "EUR", Side::Before),
    ("gbp", "GBP", Side::Either),
    ("pound", "GBP", Side::After),
    ("英镑", "GBP", Side::After),
    ("£", "GBP", Side::Before),
    ("inr", "INR", Side::Either),
    ("rupee", "INR", Side::After),
    ("卢比", "INR", Side::After),
    ("印度卢比", "INR", Side::After),
    ("₹", "INR", Side::Before),
    ("mop", "MOP", Side::Either),
    ("澳门元", "MOP", Side::After),
    ("mop$", "MOP", Side::Before),
    ("myr", "MYR", Side::Either),
    ("ringgit", "MYR", Side::After),
    ("林吉特", "MYR", Side::After),
    ("yuan", "CNY", Side::Either),
    ("cny", "CNY", Side::Either),
    ("rmb", "CNY", Side::Either),
    ("renminbi", "CNY", Side::Either),
    ("人民币", "CNY", Side::Either),
    ("chinese yuan", "CNY", Side::After),
    ("元人民币", "CNY", Side::After),
    ("元", "CNY", Side::After),
    ("块", "CNY", Side::After),
    ("cn¥", "CNY", Side::Before),
    ("¥", "CNY", Side::Before),
    ("a$", "AUD", Side::Before),
    ("s$", "SGD", Side::Before),
];

/// Words that may follow a number, with the code of the currency.
pub fn after_numbers() -> impl Iterator<Item = (&'static str, &'static str)> {
    CURRENCY_WORDS.iter().filter(|(.., side)| *side != Side::Before).map(|(word, code, _)| (*word, *code))
}

/// Words that may precede a number, with the code of the currency.
pub fn before_numbers() -> impl Iterator<Item = (&'static str, &'static str)> {
    CURRENCY_WORDS.iter().filter(|(.., side)| *side != Side::After).map(|(word, code, _)| (*word, *code))
}
