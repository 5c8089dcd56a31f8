//! Currencies to which pages convert amounts.

use crate::vocabulary;

vocabulary! {
    /// Currency to which amounts are converted.
    pub enum Currency {
        Cny = "CNY", "CNY", "人民币";
        Usd = "USD", "USD", "美元";
    }
}
