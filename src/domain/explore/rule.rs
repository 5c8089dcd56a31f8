//! Rules by which values are computed, each with its formula.

use crate::{text::Locale, vocabulary};

vocabulary! {
    /// Computation rules, in the order in which they apply.
    pub enum Rule {
        Sum = "sum", "Sum of parts", "分时段加总";
        Average = "average", "Average of parts", "分时段平均";
        EndOfPeriod = "end", "End of period", "期末值";
        Currency = "currency", "Other currency", "币种换算";
        PerMonth = "per-month", "Per month", "月均";
        Change = "change", "Change", "增量";
        ChangeYear = "change-year", "Change from a year ago", "同比增量";
        PercentChange = "percent-change", "% change", "环比增速";
        PercentYear = "percent-year", "% from a year ago", "同比增速";
        AnnualRate = "annual-rate", "Compound annual rate", "复合年增长率";
        ContinuousRate = "continuous-rate", "Continuously compounded rate", "连续复利变化率";
        ContinuousAnnualRate = "continuous-annual-rate", "Continuously compounded annual rate", "连续复利年变化率";
        Index = "index", "Index", "指数";
        Share = "share", "Share of the total", "占合计比重";
        Formula = "formula", "Formula of several series", "多序列算式";
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
            Rule::Average => locale.pick(
                "mean of the values of the parts, all equally long, where they cover the period without gap or overlap",
                "各部分数值的平均值（各部分须等长并完整覆盖该时段，不缺不重）",
            ),
            Rule::EndOfPeriod => locale.pick(
                "the value of the part, or the day, that ends with the period",
                "期末那一分时段或当日的数值",
            ),
            Rule::Currency => locale.pick(
                "value × rate or value ÷ rate, at the published rate of exactly the same period; where the two currencies have none, \
                 through CNY or USD by two such rates",
                "数值×汇率或数值÷汇率，采用与该时段完全相同时段的已公布汇率；两种货币之间无汇率时，经人民币或美元以两个此类汇率换算",
            ),
            Rule::Change => {
                locale.pick("value − value of the period before", "本期数值−上一时段数值")
            }
            Rule::PerMonth => {
                locale.pick("value ÷ number of months of its period", "数值÷该时段月数")
            }
            Rule::ChangeYear => locale.pick(
                "value − value of the same period a year before",
                "本期数值−上年同期数值",
            ),
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
            Rule::ContinuousRate => locale.pick(
                "(ln value − ln value of the period before) × 100, as the Federal Reserve Bank of St. Louis defines it for FRED (cch)",
                "（ln本期数值−ln上一时段数值）×100，按圣路易斯联储FRED的定义（cch）",
            ),
            Rule::ContinuousAnnualRate => locale.pick(
                "(ln value − ln value of the period before) × 100 × 12 ÷ months between, as the Federal Reserve Bank of St. Louis defines it \
                 for FRED (cca)",
                "（ln本期数值−ln上一时段数值）×100×12÷间隔月数，按圣路易斯联储FRED的定义（cca）",
            ),
            Rule::Index => {
                locale.pick("value ÷ value of the base period × 100", "本期数值÷基期数值×100")
            }
            Rule::Share => locale.pick(
                "value ÷ sum of the series shown, same period × 100",
                "本期数值÷所示各序列同期之和×100",
            ),
            Rule::Formula => locale.pick(
                "the values of the same period in the formula shown, whose letters are the series in their order",
                "将同期数值代入所示算式，字母依次代表各序列",
            ),
        }
    }
}
