//! Compares a number as written with a figure as held.

use rust_decimal::Decimal;

use super::number::{Bound, Measure, WrittenNumber};
use crate::domain::observations::model::{Observation, Qualifier};

/// How a written number agrees with a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    Agrees,
    /// The value agrees, but a word of the text contradicts the qualifier of the source.
    Contradicts,
    /// One of both is a range and the other is not, or not the same, though it lies within.
    InRange,
    Differs,
}

/// Compares a number with a figure in the same unit. `negative` says that the text speaks of a loss or a fall.
pub fn compare(number: &WrittenNumber, figure: &Observation, negative: bool) -> Agreement {
    let sign = |value: Decimal| if negative { -value } else { value };
    let (low, high) = match number.high {
        Some(high) if negative => (sign(high), Some(sign(number.value))),
        high => (sign(number.value), high.map(sign)),
    };
    match (high, figure.high) {
        (Some(high), Some(held)) => {
            let same = |a: Decimal, b: Decimal| (a - b).abs() <= half(number.step);
            if same(low, figure.value) && same(high, held) { Agreement::Agrees } else { Agreement::Differs }
        }
        (Some(high), None) if low <= figure.value && figure.value <= high => Agreement::InRange,
        (None, Some(held)) => {
            let within = figure.value <= low && low <= held;
            let is_end = (low - held).abs() <= half(number.step) && number.bound == Bound::AtMost
                || (low - figure.value).abs() <= half(number.step) && number.bound == Bound::AtLeast;
            match (is_end, within) {
                (true, _) => Agreement::Agrees,
                (_, true) => Agreement::InRange,
                _ => Agreement::Differs,
            }
        }
        (Some(_), None) => Agreement::Differs,
        (None, None) => one(number, low, figure),
    }
}

fn half(step: Decimal) -> Decimal {
    step / Decimal::TWO
}

/// Compares one number with one value. Sizes are compared, so that bounds mean the same for losses.
fn one(number: &WrittenNumber, written: Decimal, figure: &Observation) -> Agreement {
    use Bound::{About, AtLeast, AtMost, LessThan, MoreThan, Nearly, Plain};

    let held = figure.value;
    if written.is_sign_negative() != held.is_sign_negative() && !held.is_zero() && !written.is_zero() {
        return Agreement::Differs;
    }
    let (written, held) = (written.abs(), held.abs());
    // `1亿` for 134 million is within the rounding, and yet not what anybody would print.
    let is_close = !number.is_scaled || (written - held).abs() <= held * Decimal::new(6, 2);
    let equal = (written - held).abs() <= half(number.step) && is_close;
    let exactly = written == held;
    // How far a round number may be from the value that it stands for.
    let about = half(number.significant).min(written * Decimal::new(2, 2)).max(half(number.step));
    let above = held > written
        && held < written + number.significant.min(written * Decimal::new(16, 2)).max(number.step);
    let nearness = Decimal::new(if number.measure == Measure::Percent { 5 } else { 4 }, 2);
    let below = held < written && held >= written - number.significant.min(written * nearness);
    let agrees = |yes: bool| if yes { Agreement::Agrees } else { Agreement::Differs };
    let contradicts = |value: bool| if value { Agreement::Contradicts } else { Agreement::Differs };
    match (number.bound, figure.qualifier) {
        (Plain, _) => agrees(equal),
        (About, _) => agrees(equal || (written - held).abs() <= about),
        (MoreThan | AtLeast, Qualifier::AtLeast) if equal => Agreement::Agrees,
        (MoreThan | AtLeast, Qualifier::Nearly | Qualifier::AtMost) => contradicts(equal),
        (MoreThan, _) if above => Agreement::Agrees,
        (AtLeast, _) if above || exactly => Agreement::Agrees,
        (MoreThan | AtLeast, _) => contradicts(equal || exactly),
        (Nearly, Qualifier::Nearly) => agrees(equal || below),
        (Nearly, Qualifier::AtLeast) => contradicts(equal || below),
        (Nearly, _) if below => Agreement::Agrees,
        (Nearly, _) => contradicts(equal),
        (LessThan | AtMost, Qualifier::AtMost | Qualifier::Nearly) if equal => Agreement::Agrees,
        (LessThan | AtMost, Qualifier::AtLeast) => contradicts(equal || below),
        (LessThan, _) if below => Agreement::Agrees,
        (AtMost, _) if exactly => Agreement::Agrees,
        (LessThan | AtMost, _) => contradicts(equal),
    }
}

/// The power of ten by which a written number is too large (positive) or too small, if all its digits agree otherwise.
pub fn power_of_ten(number: &WrittenNumber, figure: &Observation) -> Option<i32> {
    let (mut written, held) = (number.value, figure.value.abs());
    if written.is_zero() || held.is_zero() || number.high.is_some() || figure.high.is_some() {
        return None;
    }
    let mut power = 0;
    let ten = Decimal::TEN;
    let near = |written: Decimal| (written - held).abs() <= held * Decimal::new(6, 3);
    while written < held && !near(written) && power > -10 {
        written = written.checked_mul(ten)?;
        power -= 1;
    }
    while written > held && !near(written) && power < 10 {
        written /= ten;
        power += 1;
    }
    (power != 0 && near(written)).then_some(power)
}
