//! Rules by which values are computed, each with its formula.

use crate::{text::Locale, vocabulary};

vocabulary! {
    /// Computation rules, in the order in which they apply.
    pub enum Rule {
        Sum = "sum", "Sum of parts", "分时段加总";
        Currency = "currency", "Other currency", "币种换算";
        Change = "change", "Change", "增量";
        PercentChange = "percent-change", "% change", "环比增速";
        PercentYear = "percent-year", "% from a year ago", "同比增速";
        AnnualRate = "annual-rate", "Compound annual rate", "复合年增长率";
        Index = "index", "Index", "指数";
        Share = "share", "Share of the total", "占合计比重";
        Ratio = "ratio", "Ratio", "比值";
        Percentage = "percentage", "Percentage", "百分比";
        Difference = "difference", "Difference", "差值";
    }
}

impl Rule {
    /// Formula as printed beside the results.
    pub fn formula(self, locale: Locale) -> &'static str {
        match self {
            Rule::Sum => locale.pick(
                "sum of the values of the parts, where they cover the period without gap or overlap",
                "各部分数值之和（各部分须完整覆盖该时段，不缺不重）",
            ),
            Rule::Currency => locale.pick(
                "value × rate or value ÷ rate, at the published rate of exactly the same period; where the two currencies have none, \
                 through CNY or USD by two such rates",
                "数值×汇率或数值÷汇率，采用与该时段完全相同时段的已公布汇率；两种货币之间无汇率时，经人民币或美元以两个此类汇率换算",
            ),
            Rule::Change => {
                locale.pick("value − value of the period before", "本期数值−上一时段数值")
            }
            Rule::PercentChange => locale.pick(
                "(value ÷ value of the period before − 1) × 100",
                "（本期数值÷上一时段数值−1）×100",
            ),
            Rule::PercentYear => locale.pick(
                "(value ÷ value of the same period a year before − 1) × 100",
                "（本期数值÷上年同期数值−1）×100",
            ),
            Rule::AnnualRate => locale.pick(
                "((value ÷ earlier value) ^ (12 ÷ months between) − 1) × 100",
                "（（本期数值÷较早数值）^（12÷间隔月数）−1）×100",
            ),
            Rule::Index => {
                locale.pick("value ÷ value of the base period × 100", "本期数值÷基期数值×100")
            }
            Rule::Share => locale.pick(
                "value ÷ sum of the series shown, same period × 100",
                "本期数值÷所示各序列同期之和×100",
            ),
            Rule::Ratio => locale.pick("first series ÷ second series, same period", "同期第一序列÷第二序列"),
            Rule::Percentage => locale.pick(
                "first series ÷ second series × 100, same period",
                "同期第一序列÷第二序列×100",
            ),
            Rule::Difference => {
                locale.pick("first series − second series, same period", "同期第一序列−第二序列")
            }
        }
    }
}
