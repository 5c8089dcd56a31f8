//! Quantities with uncertainty, and the propagation of uncertainty through arithmetic.
//!
//! All arithmetic is decimal. Only divisions and roots without a finite result are cut, at the 28 digits of a decimal.

use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive, ToPrimitive},
};

use crate::{
    domain::observations::model::{Observation, Qualifier},
    text::{Locale, Unit, number::grouped},
};

/// Origin of a quantity: that of the least certain number it is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuantityStatus {
    Reported,
    Estimate,
    Forecast,
}

/// An interval, with flags for values beyond its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    pub low: Decimal,
    /// Equal to `low` for a single number.
    pub high: Decimal,
    /// Whether the value may exceed `high`.
    pub more: bool,
    /// Whether the value may be below `low`.
    pub less: bool,
    /// Whether the value is approximate.
    pub about: bool,
    pub status: QuantityStatus,
}

/// Significant digits of a computed number on a page.
const SHOWN: u32 = 4;
/// Significant digits of a computed number in files and the API.
const WRITTEN: u32 = 12;

impl Quantity {
    pub fn exactly(value: Decimal) -> Quantity {
        Quantity {
            low: value,
            high: value,
            more: false,
            less: false,
            about: false,
            status: QuantityStatus::Reported,
        }
    }

    /// Returns the quantity that an observation states.
    pub fn of(row: &Observation) -> Quantity {
        Quantity {
            low: row.value.min(row.upper()),
            high: row.value.max(row.upper()),
            more: row.qualifier == Qualifier::AtLeast,
            less: row.qualifier == Qualifier::AtMost,
            about: matches!(row.qualifier, Qualifier::Approximately | Qualifier::Nearly),
            status: match row.qualifier {
                Qualifier::Forecast => QuantityStatus::Forecast,
                Qualifier::Estimate => QuantityStatus::Estimate,
                _ => QuantityStatus::Reported,
            },
        }
    }

    /// Sign printed before the number.
    pub fn sign(&self) -> &'static str {
        match (self.more, self.less, self.about) {
            (true, false, _) => "≥",
            (false, true, _) => "≤",
            (true, true, _) | (_, _, true) => "≈",
            (false, false, false) => "",
        }
    }

    pub fn is_range(&self) -> bool {
        self.low != self.high
    }

    fn with(&self, other: &Quantity, ends: (Decimal, Decimal), more: bool, less: bool) -> Quantity {
        Quantity {
            low: ends.0,
            high: ends.1,
            more,
            less,
            about: self.about || other.about,
            status: self.status.max(other.status),
        }
    }

    /// Sum. `None` if it overflows a decimal.
    pub fn plus(&self, other: &Quantity) -> Option<Quantity> {
        let ends = (self.low.checked_add(other.low)?, self.high.checked_add(other.high)?);
        Some(self.with(other, ends, self.more || other.more, self.less || other.less))
    }

    /// Difference. Its upper end is the upper end of `self` minus the lower end of `other`. `None` if it overflows a decimal.
    pub fn minus(&self, other: &Quantity) -> Option<Quantity> {
        let ends = (self.low.checked_sub(other.high)?, self.high.checked_sub(other.low)?);
        Some(self.with(other, ends, self.more || other.less, self.less || other.more))
    }

    /// Product with a factor greater than zero. `None` if it overflows a decimal.
    pub fn times(&self, factor: Decimal) -> Option<Quantity> {
        Some(Quantity { low: self.low.checked_mul(factor)?, high: self.high.checked_mul(factor)?, ..*self })
    }

    /// Product. `None` if it overflows a decimal. Where a side may be below zero, a bound of either leaves both directions open.
    pub fn product(&self, other: &Quantity) -> Option<Quantity> {
        let mut ends = [
            self.low.checked_mul(other.low)?,
            self.low.checked_mul(other.high)?,
            self.high.checked_mul(other.low)?,
            self.high.checked_mul(other.high)?,
        ];
        ends.sort();
        let (more, less) = (self.more || other.more, self.less || other.less);
        let negative = self.low < Decimal::ZERO || other.low < Decimal::ZERO;
        let open = negative && (more || less);
        Some(self.with(other, (ends[0], ends[3]), more || open, less || open))
    }

    /// Quotient. `None` if the lower end of the divisor is not greater than zero, or if the result overflows a decimal.
    pub fn over(&self, divisor: &Quantity) -> Option<Quantity> {
        if divisor.low <= Decimal::ZERO {
            return None;
        }
        let mut ends = [
            self.low.checked_div(divisor.low)?,
            self.low.checked_div(divisor.high)?,
            self.high.checked_div(divisor.low)?,
            self.high.checked_div(divisor.high)?,
        ];
        ends.sort();
        // A smaller divisor increases a positive quotient and decreases a negative one.
        let (positive, negative) = (self.high > Decimal::ZERO, self.low < Decimal::ZERO);
        let more = self.more || positive && divisor.less || negative && divisor.more;
        let less = self.less || positive && divisor.more || negative && divisor.less;
        Some(self.with(divisor, (ends[0], ends[3]), more, less))
    }

    /// Subtracts an exact number. `None` if the result overflows a decimal.
    pub fn less_than_by(&self, number: Decimal) -> Option<Quantity> {
        Some(Quantity { low: self.low.checked_sub(number)?, high: self.high.checked_sub(number)?, ..*self })
    }

    /// Power with the exponent `over / under`. `None` if the lower end is not greater than zero, or if the result overflows a decimal.
    pub fn power(&self, over: u32, under: u32) -> Option<Quantity> {
        Some(Quantity { low: power(self.low, over, under)?, high: power(self.high, over, under)?, ..*self })
    }

    /// Natural logarithm. `None` if the lower end is not greater than zero.
    pub fn ln(&self) -> Option<Quantity> {
        Some(Quantity { low: ln(self.low)?, high: ln(self.high)?, ..*self })
    }

    /// Formats a computed number for a page: four significant digits, always with its uncertainty.
    pub fn worded(&self, unit: &Unit, locale: Locale) -> String {
        let amount = |value: Decimal| unit.amount(shown(value), locale).to_string();
        let mut text = match self.is_range() {
            false => amount(self.low),
            true => locale.pick(
                format!("{} to {}", amount(self.low), amount(self.high)),
                format!("{}至{}", amount(self.low), amount(self.high)),
            ),
        };
        if !self.sign().is_empty() {
            text = format!("{} {text}", self.sign());
        }
        let mut words = Vec::new();
        match self.status {
            QuantityStatus::Reported => {}
            QuantityStatus::Estimate => words.push(locale.pick("estimate", "估算")),
            QuantityStatus::Forecast => words.push(locale.pick("forecast", "预测")),
        }
        if self.more && self.less {
            words.push(locale.pick("from bounds, may be more or less", "由上下限算得，可能偏高或偏低"));
        }
        match (words.is_empty(), locale) {
            (true, _) => text,
            (false, Locale::En) => format!("{text} ({})", words.join(", ")),
            (false, Locale::Zh) => format!("{text}（{}）", words.join("，")),
        }
    }

    /// Formats the number for arithmetic: every digit, or twelve digits and an ellipsis.
    pub fn figures(&self) -> String {
        match self.is_range() {
            false => figures(self.low),
            true => format!("{}–{}", figures(self.low), figures(self.high)),
        }
    }
}

/// Formats a number for arithmetic: every digit, or twelve digits and an ellipsis.
pub fn figures(value: Decimal) -> String {
    let short = written(value);
    let cut = if short == value { "" } else { "…" };
    format!("{}{cut}", grouped(short))
}

/// Rounds a computed number to twelve significant digits, for files and the API.
pub fn written(value: Decimal) -> Decimal {
    rounded(value, WRITTEN)
}

/// Rounds a computed number to four significant digits, for pages.
pub fn shown(value: Decimal) -> Decimal {
    rounded(value, SHOWN)
}

fn rounded(value: Decimal, digits: u32) -> Decimal {
    value.round_sf(digits).unwrap_or(value).normalize()
}

/// Returns `base` to the power of `over / under`, to the precision of a decimal. Takes the root by Newton's method. `None` if `base` is not
/// greater than zero, if `under` is zero, or if the result overflows a decimal.
pub fn power(base: Decimal, over: u32, under: u32) -> Option<Decimal> {
    if base <= Decimal::ZERO || under == 0 {
        return None;
    }
    let divisor = common(over.max(1), under);
    let (over, under) = (over / divisor, under / divisor);
    let root = root(base, under)?;
    (0..over).try_fold(Decimal::ONE, |product, _| product.checked_mul(root))
}

/// Natural logarithm of 2.
const LN_2: Decimal = Decimal::from_parts(
    LN_2_DIGITS as u32,
    (LN_2_DIGITS >> 32) as u32,
    (LN_2_DIGITS >> 64) as u32,
    false,
    28,
);
const LN_2_DIGITS: u128 = 6_931_471_805_599_453_094_172_321_215;

/// Returns the natural logarithm, to some 26 digits. `None` if the number is not greater than zero.
///
/// With m between 2/3 and 4/3 and the number m × 2ⁿ, it is n ln 2 + 2 artanh z where z = (m − 1) ÷ (m + 1); the series of artanh is
/// z + z³/3 + z⁵/5 + …
pub fn ln(number: Decimal) -> Option<Decimal> {
    if number <= Decimal::ZERO {
        return None;
    }
    let limits = (Decimal::TWO / Decimal::from(3), Decimal::from(4) / Decimal::from(3));
    let (mut mantissa, mut twos) = (number, 0_i64);
    while mantissa > limits.1 {
        mantissa = mantissa.checked_div(Decimal::TWO)?;
        twos += 1;
    }
    while mantissa < limits.0 {
        mantissa = mantissa.checked_mul(Decimal::TWO)?;
        twos -= 1;
    }
    let z = (mantissa - Decimal::ONE).checked_div(mantissa + Decimal::ONE)?;
    let (square, mut power, mut sum) = (z * z, z, Decimal::ZERO);
    // z is at most 1/5, so that each term has at least one more zero than the one before.
    for odd in (1..60).step_by(2) {
        sum += power / Decimal::from(odd);
        power *= square;
    }
    (LN_2.checked_mul(Decimal::from(twos))?).checked_add(sum * Decimal::TWO)
}

fn common(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common(b, a % b) }
}

/// Newton's method, started from a floating-point estimate and stopped at the precision of a decimal.
fn root(base: Decimal, under: u32) -> Option<Decimal> {
    if under == 1 || base == Decimal::ONE {
        return Some(base);
    }
    let guess = base.to_f64()?.powf(1.0 / f64::from(under));
    let mut root = Decimal::from_f64(guess).filter(|guess| *guess > Decimal::ZERO)?;
    for _ in 0..4 {
        let before = (1..under).try_fold(Decimal::ONE, |product, _| product.checked_mul(root))?;
        let step = before.checked_mul(root)?.checked_sub(base)?.checked_div(before * Decimal::from(under))?;
        root -= step;
        if step.is_zero() {
            break;
        }
    }
    Some(root)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn bound(value: i64, more: bool, less: bool) -> Quantity {
        Quantity { more, less, ..Quantity::exactly(value.into()) }
    }

    #[test]
    fn uncertainty_is_propagated() {
        let at_least = bound(10, true, false);
        let exact = bound(5, false, false);
        let quotient = at_least.over(&exact).unwrap();
        assert_eq!((quotient.low, quotient.more, quotient.less), (2.into(), true, false));
        // Five divided by at least ten is at most one half.
        let share = exact.over(&at_least).unwrap();
        assert_eq!((share.more, share.less), (false, true));
        let both = at_least.over(&at_least).unwrap();
        assert_eq!(both.worded(&Unit::Ratio, Locale::En), "≈ 1 times (from bounds, may be more or less)");
        let loss = bound(-10, false, false).over(&at_least).unwrap();
        assert_eq!((loss.more, loss.less), (true, false), "a loss over more is a smaller loss");
    }

    #[test]
    fn ends_of_a_difference_cross_over() {
        let a = Quantity { high: 60.into(), ..Quantity::exactly(40.into()) };
        let b = Quantity { high: 20.into(), ..Quantity::exactly(10.into()) };
        let difference = a.minus(&b).unwrap();
        assert_eq!((difference.low, difference.high), (20.into(), 50.into()));
        let quotient = a.over(&b).unwrap();
        assert_eq!((quotient.low, quotient.high), (2.into(), 6.into()));
    }

    #[test]
    fn roots_are_decimal() {
        assert_eq!(power(number("2"), 1, 2).unwrap().round_dp(20), number("1.41421356237309504880"));
        assert_eq!(power(number("1.1"), 4, 1).unwrap(), number("1.4641"));
        assert_eq!(power(number("8"), 12, 36).unwrap().round_dp(24), number("2"));
        assert_eq!(power(number("-8"), 1, 3), None);
    }

    #[test]
    fn logarithms_are_decimal() {
        assert_eq!(ln(Decimal::ONE), Some(Decimal::ZERO));
        assert_eq!(ln(number("10")).unwrap().round_dp(24), number("2.302585092994045684017991"));
        assert_eq!(ln(number("0.1")).unwrap().round_dp(24), number("-2.302585092994045684017991"));
        assert_eq!(ln(number("1.35")).unwrap().round_dp(20), number("0.30010459245033808075"));
        assert!(ln(Decimal::MAX).is_some() && ln(Decimal::new(1, 28)).is_some());
        assert_eq!(ln(Decimal::ZERO), None);
    }

    #[test]
    fn bounds_of_a_product_go_where_its_sides_do() {
        let product = bound(3, true, false).product(&bound(2, false, false)).unwrap();
        assert_eq!((product.low, product.more, product.less), (6.into(), true, false));
        let loss = bound(-3, true, false).product(&bound(2, false, false)).unwrap();
        assert_eq!((loss.more, loss.less), (true, true));
    }

    #[test]
    fn a_number_of_ours_is_short_and_says_what_it_is() {
        let cny = Unit::Money("CNY".into());
        let value =
            Quantity { status: QuantityStatus::Forecast, ..Quantity::exactly(number("7009500000.123")) };
        assert_eq!(value.worded(&cny, Locale::En), "CNY 7.01 billion (forecast)");
        assert_eq!(value.worded(&cny, Locale::Zh), "70.1亿元（预测）");
        assert_eq!(figures(number("989916536.0123456789")), "989,916,536.012…");
        assert_eq!(figures(number("50440000000")), "50,440,000,000");
    }

    proptest! {
        /// Raising a root to its degree returns the radicand.
        #[test]
        fn a_root_raised_to_its_degree_is_the_radicand(value in 1_u64..1_000_000_000_000, under in 2_u32..24) {
            let base = Decimal::from(value) / Decimal::from(1000);
            let root = power(base, 1, under).unwrap();
            let back = power(root, under, 1).unwrap();
            prop_assert!(((back - base) / base).abs() < Decimal::new(1, 18), "{base} {back}");
        }

        /// Interval arithmetic: the result for any pair of numbers within two ranges lies within the computed range.
        #[test]
        fn an_interval_contains_the_result_of_any_pair(a in -1000_i64..1000, wide in 0_i64..500, b in 1_i64..1000, broad in 0_i64..500, at in 0_i64..=10) {
            let within = |low: i64, wide: i64| Decimal::from(low) + Decimal::from(wide * at) / Decimal::TEN;
            let (x, y) = (within(a, wide), within(b, broad));
            let range = |low: i64, wide: i64| Quantity { high: (low + wide).into(), ..Quantity::exactly(low.into()) };
            let (p, q) = (range(a, wide), range(b, broad));
            for (quantity, value) in [
                (p.plus(&q), x + y),
                (p.minus(&q), x - y),
                (p.product(&q), x * y),
                (p.over(&q), x / y),
            ] {
                let quantity = quantity.unwrap();
                prop_assert!(quantity.low <= value && value <= quantity.high);
            }
        }
    }
}
