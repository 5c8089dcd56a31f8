//! Worked amounts: what a programme pays at most for a stated cost, income, investment or rent, by its rate and caps.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::{
    domain::programs::model::{AmountKind, Program, RateBase},
    text::{Locale, Unit},
};

/// What a programme's rate gives for the figure of a firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Worked {
    Amount(WorkedAmount),
    /// The rate is a share of another base than the reader's figure.
    OtherBase {
        needed: RateBase,
        given: RateBase,
    },
    /// The rate is a share of the prime rate, not of an amount of interest.
    PrimeRate,
    /// The base is not stated, or is none that a reader can give.
    BaseNotStated,
}

/// Most that a programme pays, in yuan, with the steps that lead to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkedAmount {
    pub percent: Decimal,
    pub base: Decimal,
    /// Share of the base, in whole fen.
    pub share: Decimal,
    /// Whether the share was rounded down to whole fen.
    pub rounded: bool,
    /// Cap on one payment, with its kind.
    pub cap: Option<(Decimal, Option<AmountKind>)>,
    /// Size of a pool that all recipients share, which is no cap.
    pub pool: Option<Decimal>,
    /// Cap per firm and year.
    pub cap_per_year: Option<Decimal>,
    /// The smallest of the share and the caps.
    pub at_most: Decimal,
}

/// Works out what a programme pays at most if the firm's `base` is `amount` yuan. `None` if it states no rate.
pub fn worked(program: &Program, base: RateBase, amount: Decimal) -> Option<Worked> {
    let rate = program.rate.as_ref()?;
    Some(match rate.base {
        RateBase::Interest => Worked::PrimeRate,
        RateBase::Other => Worked::BaseNotStated,
        needed if needed != base => Worked::OtherBase { needed, given: base },
        _ => Worked::Amount(share(program, rate.percent, amount)?),
    })
}

/// `None` if the product exceeds the range of decimals.
fn share(program: &Program, percent: Decimal, base: Decimal) -> Option<WorkedAmount> {
    let exact = base.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?;
    let share = exact.round_dp_with_strategy(2, RoundingStrategy::ToZero);
    let is_pool = program.amount_kind == Some(AmountKind::FundPool);
    let cap = program.max_amount_cny.filter(|_| !is_pool);
    let cap_per_year = program.max_per_year_cny;
    let caps = cap.into_iter().chain(cap_per_year);
    Some(WorkedAmount {
        percent,
        base,
        share,
        rounded: share != exact,
        cap: cap.map(|cap| (cap, program.amount_kind)),
        pool: program.max_amount_cny.filter(|_| is_pool),
        cap_per_year,
        at_most: caps.fold(share, Decimal::min),
    })
}

/// Formats an amount in yuan with every digit: `CNY 1,500,000`, `CNY 0.10`.
fn yuan(amount: Decimal, locale: Locale) -> String {
    let mut exact = Unit::Money("CNY".into()).exact(amount, locale);
    if amount.normalize().scale() == 1 {
        exact.figure.push('0');
    }
    exact.to_string()
}

impl WorkedAmount {
    /// Formats the result: `at most CNY 300,000`.
    pub fn result(&self, locale: Locale) -> String {
        let amount = yuan(self.at_most, locale);
        locale.pick(format!("at most {amount}"), format!("最多{amount}"))
    }

    /// Formats the steps: `30% of CNY 1,500,000 = CNY 450,000; at most CNY 300,000 per work → CNY 300,000`.
    pub fn formula(&self, locale: Locale) -> String {
        let percent = Unit::Percent.amount(self.percent, locale);
        let (base, share) = (yuan(self.base, locale), yuan(self.share, locale));
        let rounded = match self.rounded {
            true => locale.pick(" (rounded down to the fen)", "（舍去不足一分的部分）"),
            false => "",
        };
        let mut steps = vec![locale.pick(
            format!("{percent} of {base} = {share}{rounded}"),
            format!("{base}的{percent}={share}{rounded}"),
        )];
        let mut so_far = self.share;
        if let Some((cap, kind)) = self.cap {
            let step = at_most(cap, kind, locale);
            steps.push(capped(step, cap, &mut so_far, locale));
        }
        if let Some(cap) = self.cap_per_year {
            let step = at_most_per_year(&yuan(cap, locale), locale);
            steps.push(capped(step, cap, &mut so_far, locale));
        }
        if let Some(pool) = self.pool {
            let pool = yuan(pool, locale);
            steps.push(locale.pick(
                format!("the pool of {pool} is for all recipients and caps no single payment"),
                format!("资金总额{pool}由所有获得者分享，不是单笔上限"),
            ));
        }
        steps.join(locale.pick("; ", "；"))
    }
}

/// Adds to the words of a cap whether it lowers the amount.
fn capped(step: String, cap: Decimal, so_far: &mut Decimal, locale: Locale) -> String {
    if cap < *so_far {
        *so_far = cap;
        format!("{step}{}{}", locale.pick(" → ", "→"), yuan(cap, locale))
    } else {
        format!("{step}{}", locale.pick(" (not reached)", "（未达上限）"))
    }
}

fn at_most(cap: Decimal, kind: Option<AmountKind>, locale: Locale) -> String {
    let cap = yuan(cap, locale);
    // The other kinds have no words of their own: the cap is for whatever the programme pays.
    let kind = kind.filter(|kind| !matches!(kind, AmountKind::Other | AmountKind::ShareOfCost));
    match kind.map(|kind| kind.name(locale)) {
        Some(kind) => locale.pick(format!("at most {cap} {kind}"), format!("{kind}最多{cap}")),
        None => locale.pick(format!("at most {cap}"), format!("最多{cap}")),
    }
}

fn at_most_per_year(cap: &str, locale: Locale) -> String {
    locale.pick(format!("at most {cap} per firm and year"), format!("每家企业每年最多{cap}"))
}

impl Worked {
    /// Most that is paid, in yuan. `None` if it is not worked out.
    pub fn at_most(&self) -> Option<Decimal> {
        match self {
            Worked::Amount(amount) => Some(amount.at_most),
            _ => None,
        }
    }

    /// Steps of the calculation, or the reason why there is none.
    pub fn explained(&self, locale: Locale) -> String {
        match self {
            Worked::Amount(amount) => amount.formula(locale),
            Worked::OtherBase { needed, given } => {
                let (needed, given) = (needed.name(locale), given.name(locale));
                locale.pick(
                    format!("Not calculated: the rate is a share of {needed}, and your figure is {given}."),
                    format!("未计算：比例基数为{needed}，而您填写的是{given}。"),
                )
            }
            Worked::PrimeRate => locale
                .pick(
                    "Not calculated: the rate is a share of the prime rate of a loan, not of an amount of interest.",
                    "未计算：比例以贷款市场报价利率为基数，而非利息金额。",
                )
                .to_owned(),
            Worked::BaseNotStated => locale
                .pick(
                    "Not calculated: what the rate is a share of is not stated, or is another base.",
                    "未计算：比例基数未说明，或为其他基数。",
                )
                .to_owned(),
        }
    }
}

/// Terms that a programme states in columns: rate, cap or pool, yearly cap. Empty if it states none.
pub fn terms(program: &Program, locale: Locale) -> Vec<String> {
    let rate = program.rate.as_ref().map(|rate| match rate.base {
        RateBase::Interest => {
            let percent = Unit::Percent.amount(rate.percent, locale);
            locale.pick(
                format!("up to {percent} of the prime rate"),
                format!("最高为贷款市场报价利率的{percent}"),
            )
        }
        _ => rate.worded(locale),
    });
    let cap = |cap: Decimal| Unit::Money("CNY".into()).amount(cap, locale).to_string();
    let per_year = program.max_per_year_cny.map(|most| at_most_per_year(&cap(most), locale));
    [rate, program.offered(locale), per_year].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
