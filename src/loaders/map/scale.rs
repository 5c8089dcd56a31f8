//! Scale of the amounts in tiles.

use rust_decimal::Decimal;

use crate::{
    domain::map::{
        model::{MapLevel, MapRow},
        query::MapMeasure,
        values::{CURRENCY, MapValues},
    },
    text::{Locale, Unit, number::Scale},
};

/// Scale in which amounts are written in tiles, the same for all.
pub fn scale(values: &MapValues, rows: &[&MapRow], locale: Locale) -> Option<Scale> {
    let most = rows.iter().filter_map(|row| row.number()).max()?;
    (values.query.by == MapMeasure::Paid).then(|| Scale::of(most, locale))
}

/// Unit of the amounts in the tiles of a level: `CNY million`, `亿元`.
pub fn paid_unit(values: &MapValues, level: MapLevel, locale: Locale) -> String {
    let rows: Vec<&MapRow> = values.rows.iter().filter(|row| row.level == level).collect();
    let scale = scale(values, &rows, locale).unwrap_or(Scale::of(Decimal::ONE, locale));
    Unit::Money(CURRENCY.to_owned()).axis(scale, locale)
}
