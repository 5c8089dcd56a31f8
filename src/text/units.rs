//! Units of figures: currencies by their international codes, exchange rates, and units that are not money.

/// Units that are not money.
pub const PLAIN: [&str; 4] = ["percent", "people", "count", "ratio"];

/// Active codes of ISO 4217, sorted.
pub const CURRENCIES: [&str; 164] = [
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BHD", "BIF", "BMD",
    "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW", "CLF",
    "CLP", "CNY", "COP", "COU", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB",
    "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF",
    "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW",
    "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT",
    "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD",
    "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD",
    "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS",
    "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS",
    "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

/// Returns whether a text is an active ISO 4217 code.
pub fn is_currency(code: &str) -> bool {
    CURRENCIES.binary_search(&code).is_ok()
}

/// Returns the two currencies of an exchange rate: `CNY per USD` is the price of one US dollar in yuan.
pub fn rate(unit: &str) -> Option<(&str, &str)> {
    let (price, of) = unit.split_once(" per ")?;
    (is_currency(price) && is_currency(of)).then_some((price, of))
}

/// Returns whether a text is a unit of an indicator.
pub fn is_unit(unit: &str) -> bool {
    PLAIN.contains(&unit) || is_currency(unit) || rate(unit).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_for_the_search() {
        assert!(CURRENCIES.is_sorted());
    }

    #[test]
    fn units_are_plain_money_or_rates() {
        for unit in ["count", "CNY", "INR", "CNY per USD"] {
            assert!(is_unit(unit), "{unit}");
        }
        for unit in ["cny", "RMB", "CNY per", "CNY per people", "CNY per CNY per USD", ""] {
            assert!(!is_unit(unit), "{unit}");
        }
    }
}
