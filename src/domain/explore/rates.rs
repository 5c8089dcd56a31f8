//! Conversion between currencies, by published exchange rates of exactly the period of an amount.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    model::{Input, Missing},
    quantity::Quantity,
};
use crate::{
    domain::{indicators::model::Topic, observations::model::Qualifier},
    text::{Period, Unit, units},
};

/// Currencies through which an amount is converted where no rate of the two is published.
const THROUGH: [&str; 2] = ["CNY", "USD"];

/// A rate is the price of one unit of the second currency in the first.
type Pair = (String, String);

/// Published exchange rates, each of two currencies and for its own period.
#[derive(Clone, Debug, Default)]
pub struct Rates(BTreeMap<(Pair, Period), Arc<Input>>);

/// One step of a conversion: an amount in one currency is multiplied with a rate, or divided by it.
#[derive(Clone, Debug)]
pub struct Leg {
    pub rate: Arc<Input>,
    pub divides: bool,
    pub from: String,
    pub to: String,
}

impl Leg {
    /// Converts an amount. `None` if the result overflows a decimal.
    pub fn apply(&self, amount: &Quantity) -> Option<Quantity> {
        let rate = self.rate.observation.value;
        if self.divides { amount.over(&Quantity::exactly(rate)) } else { amount.times(rate) }
    }

    pub fn sign(&self) -> &'static str {
        if self.divides { "÷" } else { "×" }
    }
}

impl Rates {
    /// Selects the published exchange rates among observations. Rates that a source derived from two amounts are excluded.
    pub fn of(figures: impl IntoIterator<Item = Arc<Input>>) -> Rates {
        let rate = |input: Arc<Input>| {
            let row = &input.observation;
            let published = row.qualifier == Qualifier::Exact && row.headline && row.high.is_none();
            let Unit::Rate(unit) = &input.indicator.unit else { return None };
            let (price, of) = units::rate(unit)?;
            let pair = (price.to_owned(), of.to_owned());
            (input.indicator.topic == Topic::Fx && published).then(|| ((pair, row.period), input.clone()))
        };
        Rates(figures.into_iter().filter_map(rate).collect())
    }

    /// The rates by which an amount of a period is converted: one, or two through yuan or dollars.
    ///
    /// # Errors
    ///
    /// [`Missing::NoRate`] if no such rates are published for exactly this period.
    pub fn legs(&self, from: &str, to: &str, period: Period) -> Result<Vec<Leg>, Missing> {
        if let Some(leg) = self.leg(from, to, period) {
            return Ok(vec![leg]);
        }
        let through = |by: &&str| Some(vec![self.leg(from, by, period)?, self.leg(by, to, period)?]);
        THROUGH.iter().find_map(through).ok_or(Missing::NoRate)
    }

    fn leg(&self, from: &str, to: &str, period: Period) -> Option<Leg> {
        let rate = |price: &str, of: &str| self.0.get(&((price.to_owned(), of.to_owned()), period)).cloned();
        let leg = |rate, divides| Leg { rate, divides, from: from.to_owned(), to: to.to_owned() };
        match rate(to, from) {
            Some(rate) => Some(leg(rate, false)),
            None => Some(leg(rate(from, to)?, true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            indicators::model::{DefaultChart, Frequency, Indicator},
            observations::model::samples::observation,
        },
        text::{Bilingual, Named},
    };

    fn rate(unit: &str, code: &str, value: i64) -> Arc<Input> {
        let indicator = Indicator {
            named: Named::new("fx".into(), "Rate".into(), None),
            topic: Topic::Fx,
            unit: Unit::Rate(unit.into()),
            frequency: Frequency::Annual,
            same_as: None,
            additive: false,
            default_chart: DefaultChart::Line,
            description: Bilingual::default(),
        };
        let mut observation = observation("central-bank", value, Qualifier::Exact);
        observation.period = Period::from_code(code).unwrap();
        Arc::new(Input { indicator: Arc::new(indicator), observation })
    }

    fn converted(rates: &Rates, from: &str, to: &str, code: &str) -> Result<(Quantity, usize), Missing> {
        let legs = rates.legs(from, to, Period::from_code(code).unwrap())?;
        let start = Quantity::exactly(12_000.into());
        let end = legs.iter().try_fold(start, |amount, leg| leg.apply(&amount));
        Ok((end.ok_or(Missing::TooLarge)?, legs.len()))
    }

    #[test]
    fn amounts_are_converted_at_the_rate_of_exactly_their_period() {
        let rates = Rates::of([rate("CNY per USD", "2024", 6), rate("KRW per USD", "2024", 1_200)]);
        assert_eq!(converted(&rates, "CNY", "USD", "2024"), Ok((Quantity::exactly(2_000.into()), 1)));
        assert_eq!(converted(&rates, "USD", "CNY", "2024"), Ok((Quantity::exactly(72_000.into()), 1)));
        assert_eq!(converted(&rates, "CNY", "USD", "2025"), Err(Missing::NoRate));
        assert_eq!(converted(&rates, "CNY", "USD", "2024-S1"), Err(Missing::NoRate));
    }

    #[test]
    fn two_rates_of_the_period_lead_through_dollars_or_not_at_all() {
        let rates = Rates::of([
            rate("CNY per USD", "2024", 6),
            rate("KRW per USD", "2024", 1_200),
            rate("CNY per USD", "2023", 6),
        ]);
        // 12,000 KRW ÷ 1,200 = 10 USD; × 6 = 60 CNY.
        assert_eq!(converted(&rates, "KRW", "CNY", "2024"), Ok((Quantity::exactly(60.into()), 2)));
        assert_eq!(converted(&rates, "KRW", "CNY", "2023"), Err(Missing::NoRate), "one leg alone");
        assert_eq!(converted(&rates, "MOP", "CNY", "2024"), Err(Missing::NoRate));
    }
}
