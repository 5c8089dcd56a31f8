//! Notices: what of a query is not shown, and why.

use super::{aggregate::Loss, combine::Unlike, measure::Unsummable, rule::Rule};
use crate::text::Locale;

/// Reason why something requested is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The series has no headline figure.
    NoHeadline(String),
    /// Nothing of the series had been published by the day of which the address asks what was known.
    NotYetKnown(String),
    /// Values of the series must not be summed to longer periods.
    NotAdditive(String),
    /// No values of this period length are known or can be summed.
    NoneOfLength(String),
    /// Values for periods of these lengths are not drawn.
    OtherLengths(String),
    /// Values of the series were made of values of shorter periods, or left out because some of those are missing.
    Aggregated(String, Loss),
    /// Values of the series are not amounts of whole months.
    NotPerMonth(String),
    /// The series has no values for periods of the length drawn.
    NoneAlike(String),
    /// No exchange rate matches any period of the series.
    NoRates(String),
    Share(Unsummable),
    Stack(Unsummable),
    Formula(Unlike),
    /// Some values are before store fees, others after, or do not say which.
    Bases,
    /// A chart holds one unit, so each unit gets its own panel.
    Units,
    /// A logarithmic axis holds only values above zero.
    Log,
    /// There are no two periods to compare.
    NoSlope,
    /// A ranking needs at least two lines with a value for the same period.
    NoRanking,
    /// Vintages are shown as published.
    VintagesPlain,
    /// No source of these observations is dated.
    NoVintages,
    /// No values lie in the chosen time range.
    NothingInRange,
}

impl Notice {
    pub fn sentence(&self, locale: Locale) -> String {
        match self {
            Notice::NoHeadline(name) => locale.pick(
                format!("{name}: none of its figures is a headline figure, so there is no line. “How estimates moved” shows all of them."),
                format!("{name}：没有主要数据，不作线。“估算的演变”可显示其全部数据。"),
            ),
            Notice::NotYetKnown(name) => locale.pick(
                format!("{name}: nothing had been published by this day."),
                format!("{name}：截至该日尚无已公布数据。"),
            ),
            Notice::NotAdditive(name) => locale.pick(
                format!("{name}: values of parts must not be summed (a stock, share, rate or average), and none is published for periods of this length. Under “What is not summed” choose the average or the end of each period."),
                format!("{name}：分时段数值不可加总（存量、占比、比率或平均值），且没有该长度时段的已公布数据。可在“不可加总的数值”中选择时段平均或期末值。"),
            ),
            Notice::Aggregated(name, loss) => loss.sentence(name, locale),
            Notice::NotPerMonth(name) => locale.pick(
                format!("{name}: has no values per month, because they are not amounts of a period (a stock, share, rate or average)."),
                format!("{name}：不是时段总量（为存量、占比、比率或平均值），没有月均值。"),
            ),
            Notice::NoneOfLength(name) => locale.pick(
                format!("{name}: nothing is published for periods of this length, and no parts cover one completely."),
                format!("{name}：没有该长度时段的已公布数据，也没有可完整覆盖的分时段数据。"),
            ),
            Notice::OtherLengths(lengths) => locale.pick(
                format!("One period length at a time: {lengths} values are not shown. Choose another under “Periods”; the pages of the indicators list all."),
                format!("每次只显示一种时段长度：未显示{lengths}数据。可在“时段长度”中另选；指标页列出全部数据。"),
            ),
            Notice::NoneAlike(name) => locale.pick(
                format!("{name}: not shown, because it has no values for periods of the length of the others."),
                format!("{name}：没有与其他序列时段长度相同的数据，故未显示。"),
            ),
            Notice::NoRates(name) => locale.pick(
                format!("{name}: not converted, because no exchange rate is published for exactly the same period as any of its values."),
                format!("{name}：未换算，因其各时段均无完全对应的已公布汇率。"),
            ),
            Notice::Share(why) => locale.pick(
                format!("Shares are not shown: {}.", why.reason(locale)),
                format!("未显示占比：{}。", why.reason(locale)),
            ),
            Notice::Stack(why) => locale.pick(
                format!("Not stacked: {}.", why.reason(locale)),
                format!("未堆积：{}。", why.reason(locale)),
            ),
            Notice::Formula(why) => locale.pick(
                format!("The formula is not applied: {}.", why.reason(locale)),
                format!("未套用算式：{}。", why.reason(locale)),
            ),
            Notice::Bases => locale
                .pick(
                    "Some of these values are before store fees, others after them or without saying which: differences between the lines may come from that alone.",
                    "部分数值为扣除商店佣金前，部分为扣除后或未注明：各线之间的差异可能仅源于此。",
                )
                .to_owned(),
            Notice::Units => locale
                .pick(
                    "The series are counted in different units, so each unit has a panel of its own.",
                    "各序列单位不同，每种单位各用一个分面。",
                )
                .to_owned(),
            Notice::Log => locale
                .pick(
                    "A logarithmic axis shows lines of values above zero only, so the axis is linear.",
                    "对数坐标仅适用于数值均大于零的折线，此处用线性坐标。",
                )
                .to_owned(),
            Notice::NoSlope => locale
                .pick(
                    "First and last need a line with values for two periods of one length, in one unit.",
                    "首末对比需要同一单位、同一长度的至少两个时段。",
                )
                .to_owned(),
            Notice::NoRanking => locale
                .pick(
                    "A ranking needs at least two lines in one unit with values for the same period.",
                    "排名需要至少两条同一单位、同一时段有数值的线。",
                )
                .to_owned(),
            Notice::VintagesPlain => locale
                .pick(
                    "“How estimates moved” shows values as published, without conversion, measure or formula.",
                    "“估算的演变”按原值显示，不换算、不变换。",
                )
                .to_owned(),
            Notice::NoVintages => locale
                .pick(
                    "No dated publication gives a figure for this period.",
                    "没有注明发布日期的来源给出该时段的数据。",
                )
                .to_owned(),
            Notice::NothingInRange => locale
                .pick("There is no data in the chosen time range.", "所选时间范围内没有数据。")
                .to_owned(),
        }
    }
}

impl Unsummable {
    fn reason(self, locale: Locale) -> &'static str {
        match self {
            Unsummable::One => locale.pick("at least two lines are needed", "至少需要两条线"),
            Unsummable::Indicators => {
                locale.pick("the lines measure different things", "各线所计不是同一指标")
            }
            Unsummable::Producers => locale.pick(
                "the lines come from different producers, who do not count alike",
                "各线出自不同数据方，口径不同",
            ),
            Unsummable::Bases => locale.pick(
                "the lines differ in basis or in the length of their periods",
                "各线口径或时段长度不同",
            ),
            Unsummable::NotAdditive => {
                locale.pick("values of this indicator must not be summed", "该指标的数值不可加总")
            }
            Unsummable::Overlap => locale.pick("one line is part of another", "其中一条线包含另一条"),
            Unsummable::Ranges => locale.pick("some values are ranges", "部分数值为区间"),
            Unsummable::Negative => locale.pick("some values are below zero", "部分数值小于零"),
        }
    }
}

impl Unlike {
    fn reason(&self, locale: Locale) -> String {
        match self {
            Unlike::NoSeries(letter) => locale.pick(
                format!("no series {letter} is drawn"),
                format!("图中没有序列{letter}"),
            ),
            Unlike::Units(part) => locale.pick(
                format!("the units do not allow “{part}”; bring amounts to one currency first, and divide per cent by 100"),
                format!("单位不允许“{part}”；金额请先换算为同一币种，百分数请先除以100"),
            ),
            Unlike::NotAdditive(part) => locale.pick(
                format!("“{part}” adds values that must not be summed (stocks, shares, rates, averages or changes)"),
                format!("“{part}”中有不可加总的数值（存量、占比、比率、平均值或变化）"),
            ),
            Unlike::Overlap(part) => locale.pick(
                format!("“{part}” counts something twice: one series is part of the other, or both count the same"),
                format!("“{part}”有重复计算：一个序列包含另一个，或两者所计相同"),
            ),
            Unlike::Bases => locale
                .pick("one series is before store fees, another after", "一个序列为扣除商店佣金前，另一个为扣除后")
                .to_owned(),
            Unlike::Lengths => locale
                .pick("the series have no periods of the same length", "各序列没有同一长度的时段")
                .to_owned(),
        }
    }
}

impl Loss {
    fn sentence(&self, name: &str, locale: Locale) -> String {
        let rule = self.rule.name(locale);
        let parts = |count: usize| match self.parts {
            Some(length) => length.counted(count, locale),
            None => {
                locale.pick(format!("{count} values of shorter periods"), format!("{count}项较短时段的数据"))
            }
        };
        let (made, left_out) =
            (self.length.counted(self.made, locale), self.length.counted(self.left_out, locale));
        let full = self.length.months().zip(self.parts.and_then(|parts| parts.months()));
        let full = full.map(|(whole, part)| (whole / part) as usize);
        let why = match (self.rule, full) {
            (Rule::EndOfPeriod, _) => locale.pick("without a value at their end", "缺期末数值").to_owned(),
            (_, Some(full)) => {
                let full = parts(full);
                locale.pick(format!("with fewer than {full}"), format!("不足{full}"))
            }
            (_, None) => locale.pick("of which not all parts are known", "分时段数据不全").to_owned(),
        };
        let (are, turn) = (
            if self.left_out == 1 { "is" } else { "are" },
            if self.used == 1 { "becomes" } else { "become" },
        );
        let used = parts(self.used);
        match (self.made, self.left_out, locale) {
            (0, _, Locale::En) => format!("{name}: {left_out} {why} {are} left out."),
            (0, _, Locale::Zh) => format!("{name}：{left_out}因{why}未列出。"),
            (_, 0, Locale::En) => format!("{name}: {used} {turn} {made} ({rule})."),
            (_, 0, Locale::Zh) => format!("{name}：{used}合并为{made}（{rule}）。"),
            (_, _, Locale::En) => {
                format!("{name}: {used} {turn} {made} ({rule}); {left_out} {why} {are} left out.")
            }
            (_, _, Locale::Zh) => format!("{name}：{used}合并为{made}（{rule}）；{left_out}因{why}未列出。"),
        }
    }
}
