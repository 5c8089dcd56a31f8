//! Language: one language per page, for text, numbers, money, periods and dates.
//!
//! Promises: nothing in this module rounds unless a caller asks for it ([`number::rounded`]), and nothing in it knows a noun of the product. Every sentence is written in both languages at
//! its place of use ([`Locale::pick`]), so that translators and reviewers see them side by side.

#[cfg(feature = "ssr")]
pub mod characters;
#[cfg(feature = "ssr")]
pub mod currency;
#[cfg(feature = "ssr")]
pub mod date;
#[cfg(feature = "ssr")]
pub mod formula;
#[cfg(feature = "ssr")]
pub mod html;
#[cfg(feature = "ssr")]
pub mod language;
pub mod locale;
#[cfg(feature = "ssr")]
pub mod name;
#[cfg(feature = "ssr")]
pub mod note;
#[cfg(feature = "ssr")]
pub mod number;
#[cfg(feature = "ssr")]
pub mod number_words;
#[cfg(feature = "ssr")]
pub mod period;
#[cfg(feature = "ssr")]
pub mod query;
#[cfg(feature = "ssr")]
pub mod spreadsheet;
#[cfg(feature = "ssr")]
pub mod tracking;
#[cfg(feature = "ssr")]
pub mod units;
#[cfg(feature = "ssr")]
pub mod vocabulary;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(feature = "ssr")]
pub use date::PartialDate;
#[cfg(feature = "ssr")]
pub use language::Language;
pub use locale::Locale;
#[cfg(feature = "ssr")]
pub use name::{Bilingual, Named};
#[cfg(feature = "ssr")]
pub use number::{Amount, Unit};
#[cfg(feature = "ssr")]
pub use period::{Period, PeriodLength};
