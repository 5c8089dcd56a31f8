//! The finding of an indicator: one sentence, made by rule from its observations.

use super::{
    breaks::SeriesBreak,
    disagree::rounds_to,
    headline::lead_or_forecast,
    model::{Observation, Qualifier},
};
use crate::{
    domain::indicators::model::{Frequency, Indicator},
    text::{Locale, Period, PeriodLength, Unit},
};

/// What an indicator's page says first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding<'a> {
    /// The figure that represents the indicator.
    pub lead: &'a Observation,
    /// The earlier figure of the same line that it is compared with, where one is comparable.
    pub since: Option<&'a Observation>,
    /// Whether the line has earlier figures, none of which is comparable.
    pub incomparable: bool,
}

/// Finds the figure that represents the indicator, and where the line stood before. Of months, quarters and half-years that
/// is the same period of the year before, or the previous one; otherwise the first one that is comparable. Where all headline rows are
/// forecasts, it is the earliest forecast of a period. `breaks` are those of the indicator.
pub fn finding<'a>(
    rows: &'a [Observation],
    breaks: &[SeriesBreak],
    frequency: Frequency,
) -> Option<Finding<'a>> {
    let lead = lead_or_forecast(rows, frequency)?;
    let earlier: Vec<&Observation> = rows
        .iter()
        .filter(|row| row.headline && row.period.end < lead.period.end && are_of_one_line(row, lead))
        .collect();
    let comparable = || earlier.iter().copied().filter(|row| are_comparable(row, lead, breaks));
    let previous = comparable().max_by_key(|row| row.period);
    let since = match lead.period.length() {
        PeriodLength::Month | PeriodLength::Quarter | PeriodLength::Half => {
            comparable().find(|row| is_a_year_before(row.period, lead.period)).or(previous)
        }
        _ => comparable().min_by_key(|row| row.period),
    };
    Some(Finding { lead, since, incomparable: since.is_none() && !earlier.is_empty() })
}

fn are_of_one_line(one: &Observation, other: &Observation) -> bool {
    one.entity.id == other.entity.id
        && one.producer.named.id == other.producer.named.id
        && one.basis == other.basis
        && one.period.length() == other.period.length()
}

/// Whether the change from one figure of a line to another is a change of what is measured: neither is a bound, a range or a forecast, no
/// break lies between them, and they are not one value in different words.
fn are_comparable(one: &Observation, other: &Observation, breaks: &[SeriesBreak]) -> bool {
    let divided = breaks.iter().any(|each| {
        each.entity.id == one.entity.id
            && each.producer.id == one.producer.named.id
            && each.divides(one.period, other.period)
    });
    // “Nearly 47” and 46.93 may be one value.
    let alike = one.qualifier != other.qualifier && rounds_to(one.value, other.value);
    one.is_one_number() && other.is_one_number() && !divided && !alike
}

fn is_a_year_before(one: Period, other: Period) -> bool {
    use chrono::Months;
    one.start.checked_add_months(Months::new(12)) == Some(other.start)
}

impl Finding<'_> {
    /// Tells the finding as a headline, without a full stop. The producer is always named, and every value has its qualifier.
    pub fn sentence(&self, indicator: &Indicator, locale: Locale) -> String {
        match locale {
            Locale::En => self.in_english(indicator),
            Locale::Zh => self.in_chinese(indicator),
        }
    }

    fn in_english(&self, indicator: &Indicator) -> String {
        let lead = self.lead;
        let measure = self.measure(indicator, Locale::En);
        let producer = lead.producer.named.name(Locale::En);
        let (all_estimates, values) = self.values_in_words(indicator, Locale::En);
        let when = |row: &Observation| {
            let on = match row.period.length() {
                PeriodLength::Point => "on",
                PeriodLength::Days => "over",
                _ => "in",
            };
            format!("{on} {}", row.period.label(Locale::En))
        };
        let by = match Attribution::of(lead) {
            Attribution::Itself => String::new(),
            Attribution::Nobody => ", producer not named".to_owned(),
            Attribution::Site => ", by our own calculation".to_owned(),
            Attribution::Producer if all_estimates => format!(", {producer} estimates"),
            Attribution::Producer if lead.qualifier == Qualifier::Forecast => {
                format!(", {producer} forecasts")
            }
            Attribution::Producer => format!(", according to {producer}"),
        };
        match (self.since, values.as_slice()) {
            (Some(since), [_, now]) if since.value == lead.value => {
                format!("{measure} came to {now} {}, as {}{by}", when(lead), when(since))
            }
            (Some(since), [before, now]) => {
                let verb = match (indicator.is_rank(), since.value < lead.value) {
                    (true, _) => "went",
                    (false, true) => "rose",
                    (false, false) => "fell",
                };
                format!("{measure} {verb} from {before} {} to {now} {}{by}", when(since), when(lead))
            }
            (_, values) => {
                let now = values.last().map(String::as_str).unwrap_or_default();
                let hedge = if self.incomparable { "; earlier figures are not comparable" } else { "" };
                let verb = if lead.qualifier == Qualifier::Forecast { "will come to" } else { "came to" };
                format!("{measure} {verb} {now} {}{by}{hedge}", when(lead))
            }
        }
    }

    fn in_chinese(&self, indicator: &Indicator) -> String {
        let lead = self.lead;
        let measure = self.measure(indicator, Locale::Zh);
        let producer = lead.producer.named.name(Locale::Zh);
        let (all_estimates, values) = self.values_in_words(indicator, Locale::Zh);
        let by = match Attribution::of(lead) {
            Attribution::Itself => String::new(),
            Attribution::Nobody => "数据方未注明：".to_owned(),
            Attribution::Site => format!("{producer}："),
            Attribution::Producer if all_estimates => format!("{producer}估算："),
            Attribution::Producer if lead.qualifier == Qualifier::Forecast => format!("{producer}预测："),
            Attribution::Producer => format!("{producer}："),
        };
        let when = |row: &Observation| row.period.label(Locale::Zh);
        match (self.since, values.as_slice()) {
            (Some(since), [_, now]) if since.value == lead.value => {
                format!("{by}{}{measure}为{now}，与{}持平", when(lead), when(since))
            }
            (Some(since), [before, now]) => {
                let verb = match (indicator.is_rank(), since.value < lead.value, &indicator.unit) {
                    (true, ..) => "变为",
                    (false, false, _) => "降至",
                    (false, true, Unit::Percent | Unit::Ratio | Unit::Rate(_)) => "升至",
                    (false, true, _) => "增至",
                };
                format!("{by}{measure}由{}的{before}{verb}{}的{now}", when(since), when(lead))
            }
            (_, values) => {
                let now = values.last().map(String::as_str).unwrap_or_default();
                let hedge = if self.incomparable { "，此前数字不可比" } else { "" };
                // “至少”, “约” need no verb.
                let verb = match lead.qualifier {
                    Qualifier::AtLeast | Qualifier::AtMost | Qualifier::Approximately | Qualifier::Nearly => {
                        ""
                    }
                    _ => "为",
                };
                format!("{by}{}{measure}{verb}{now}{hedge}", when(lead))
            }
        }
    }

    /// Returns what is measured, for whom, and on which basis.
    fn measure(&self, indicator: &Indicator, locale: Locale) -> String {
        let measure = indicator.named.name(locale);
        let entity = self.lead.entity.name(locale);
        // “Overseas monthly users” need no “Overseas (outside mainland China)”.
        let short = entity.split(" (").next().unwrap_or(entity).to_lowercase();
        let basis = self.lead.basis.map(|basis| basis.name(locale));
        let basis = basis.map(|basis| locale.pick(format!(" ({basis})"), format!("（{basis}）")));
        let known = measure.to_lowercase().contains(&short)
            || locale == Locale::Zh && entity == "中国" && measure.starts_with("国内");
        let subject = match (known, locale) {
            (true, _) => measure.to_owned(),
            (false, Locale::En) => {
                let kind = [" of an app", " of a company", " of a place", " of a title", " on a platform"];
                let of_kind = kind.iter().find(|kind| measure.contains(**kind));
                let own = of_kind.map_or(measure.to_owned(), |kind| measure.replacen(kind, "", 1));
                format!("{entity}: {own}")
            }
            (false, Locale::Zh) => {
                let kind = ["公司", "应用", "平台", "地区", "国家", "省份"];
                let own = kind.iter().find_map(|kind| measure.strip_prefix(kind)).unwrap_or(measure);
                format!("{entity}{own}")
            }
        };
        subject + &basis.unwrap_or_default()
    }

    /// Returns whether the sentence calls all its values estimates (or forecasts) at once, and the values in words, earlier first.
    fn values_in_words(&self, indicator: &Indicator, locale: Locale) -> (bool, Vec<String>) {
        let rows: Vec<&Observation> = self.since.into_iter().chain([self.lead]).collect();
        let all = |qualifier| rows.iter().all(|row| row.qualifier == qualifier);
        let at_once = all(Qualifier::Estimate) || all(Qualifier::Forecast);
        let is_said = at_once && Attribution::of(self.lead) == Attribution::Producer;
        let words = rows.iter().map(|row| {
            let plain = Observation {
                qualifier: if row.high.is_some() { Qualifier::Range } else { Qualifier::Exact },
                ..(*row).clone()
            };
            match (is_said, row.qualifier, locale) {
                (_, Qualifier::Exact, _) if indicator.is_rank() => {
                    locale.pick(format!("rank {}", row.value), format!("第{}名", row.value))
                }
                (true, ..) => plain.spoken(&indicator.unit, locale),
                (false, Qualifier::Estimate | Qualifier::Forecast, Locale::Zh) => {
                    row.worded(&indicator.unit, locale)
                }
                (false, ..) => row.spoken(&indicator.unit, locale),
            }
        });
        (all(Qualifier::Estimate), words.collect())
    }
}

/// Who gives a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribution {
    Producer,
    /// A body, about itself.
    Itself,
    /// The source does not name the producer.
    Nobody,
    /// Calculated from figures of one document.
    Site,
}

impl Attribution {
    fn of(row: &Observation) -> Attribution {
        match row.producer.named.id.as_str() {
            "unattributed" => Attribution::Nobody,
            "derived" => Attribution::Site,
            id if id == row.entity.id => Attribution::Itself,
            _ => Attribution::Producer,
        }
    }
}

#[cfg(test)]
mod tests;
