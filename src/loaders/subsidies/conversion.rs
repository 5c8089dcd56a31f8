//! Converts subsidies to another currency, by the rates with which explore converts observations.

use rust_decimal::Decimal;

use crate::{
    domain::{
        explore::{quantity::Quantity, rates::Rates},
        revisions::Snapshot,
        subsidies::{
            conversion::{Conversion, Converted, NotConverted, RateUsed},
            model::Subsidy,
        },
    },
    error::AppError,
    loaders::explore::loader,
    text::{Period, currency::Currency},
};

/// Adds to each amount of another currency what it is in the requested one, or why it is not converted.
pub async fn convert(
    snapshot: &Snapshot,
    rows: impl IntoIterator<Item = &mut Subsidy>,
    currency: Option<Currency>,
) -> Result<(), AppError> {
    let Some(currency) = currency else { return Ok(()) };
    let rates = loader::rates(snapshot).await?;
    for row in rows {
        let amount = (row.amount, row.high);
        row.conversion = conversion(amount, &row.currency, row.covers(), currency, &rates);
    }
    Ok(())
}

/// Converts an amount and the upper end of its range, at the rates of a period. `None` if the amount is in the requested currency.
pub fn conversion(
    amount: (Decimal, Option<Decimal>),
    from: &str,
    period: Option<Period>,
    into: Currency,
    rates: &Rates,
) -> Option<Conversion> {
    let currency = into.word();
    (from != currency).then(|| Conversion {
        currency: currency.to_owned(),
        result: converted(amount, from, period, currency, rates),
    })
}

fn converted(
    (low, high): (Decimal, Option<Decimal>),
    from: &str,
    period: Option<Period>,
    currency: &str,
    rates: &Rates,
) -> Result<Converted, NotConverted> {
    let period = period.ok_or(NotConverted::NoPeriod)?;
    let legs = rates.legs(from, currency, period).map_err(|_| NotConverted::NoRate)?;
    let convert = |amount: Decimal| {
        let start = Quantity::exactly(amount);
        let end = legs.iter().try_fold(start, |amount, leg| leg.apply(&amount));
        end.map(|amount| amount.low).ok_or(NotConverted::TooLarge)
    };
    let used = legs.iter().map(|leg| RateUsed {
        rate: leg.rate.observation.value,
        unit: leg.rate.indicator.unit.clone(),
        divides: leg.divides,
        period: leg.rate.observation.period,
        source: leg.rate.observation.source.clone(),
    });
    Ok(Converted { amount: convert(low)?, high: high.map(convert).transpose()?, rates: used.collect() })
}
