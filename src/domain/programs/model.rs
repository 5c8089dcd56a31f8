//! A programme is one incentive measure, or a package (a notice) that has measures.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::lifecycle::{ClosingKind, Dates, ProgramStanding, ProgramStatus};
use crate::{
    domain::sources::model::SourceRef,
    text::{Bilingual, Locale, Named, PartialDate, Unit},
    vocabulary,
};

vocabulary! {
    /// Kind of support that a measure gives.
    pub enum Instrument {
        Grant = "grant", "Grant", "资助";
        Reward = "reward", "Reward", "奖励";
        Rebate = "rebate", "Rebate", "返还";
        LoanSupport = "loan-support", "Loan support", "融资支持";
        EquityFund = "equity-fund", "Equity fund", "股权基金";
        Facility = "facility", "Facility", "场地设施";
        Talent = "talent", "Talent", "人才";
        Visa = "visa", "Visa", "签证";
        WorkPermit = "work-permit", "Work permit", "工作许可";
        Settlement = "settlement", "Settlement", "薪酬结算";
        ExpoSubsidy = "expo-subsidy", "Expo subsidy", "参展补贴";
        IpIncentive = "ip-incentive", "IP incentive", "知识产权激励";
        Regulation = "regulation", "Regulation", "监管规定";
        Other = "other", "Other", "其他";
    }
}

vocabulary! {
    /// Meaning of a programme's amount. Amounts of different kinds are never compared.
    pub enum AmountKind {
        PerWork = "per-work", "per work", "每部作品";
        PerProject = "per-project", "per project", "每个项目";
        PerFirm = "per-firm", "per firm", "每家企业";
        PerYear = "per-year", "per year", "每年";
        FundPool = "fund-pool", "fund pool", "资金总额";
        ShareOfCost = "share-of-cost", "share of cost", "按费用比例";
        Other = "other", "other", "其他";
    }
}

vocabulary! {
    /// Level of government.
    pub enum GovernmentLevel {
        National = "national", "National", "国家级";
        Province = "province", "Province", "省级";
        City = "city", "City", "市级";
        District = "district", "District", "区县级";
        Abroad = "abroad", "Abroad", "境外";
    }
}

vocabulary! {
    /// Relation of a programme or a subsidy to micro-dramas.
    pub enum Scope {
        MicroDrama = "micro-drama", "made for micro-dramas", "专为微短剧";
        Includes = "includes", "wider, covers micro-dramas", "范围较宽，涵盖微短剧";
        General = "general", "general", "一般性";
    }
}

vocabulary! {
    /// Activity of a firm.
    pub enum Activity {
        Production = "production", "makes micro-dramas", "制作微短剧";
        Writing = "writing", "writes scripts or owns IP", "创作剧本或持有IP";
        Platform = "platform", "runs an app or platform", "运营应用或平台";
        Overseas = "overseas", "distributes abroad", "开展海外发行";
        Ai = "ai", "makes content with AI", "使用AI制作内容";
        Services = "services", "serves producers: sets, post-production, equipment", "为制作提供服务：基地、后期、设备";
        Games = "games", "makes games or runs esports", "从事游戏或电竞";
    }
}

vocabulary! {
    /// What a rate is a share of.
    pub enum RateBase {
        Cost = "cost", "cost", "费用";
        Income = "income", "income", "收入";
        Investment = "investment", "investment", "投资";
        Interest = "interest", "interest", "利息";
        Rent = "rent", "rent", "租金";
        Other = "other", "another base", "其他基数";
    }
}

/// A support measure or regulation, or a package of measures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub named: Named,
    /// Whether the Chinese name is official. Otherwise it is a translation made for this data set.
    pub official_name: bool,
    /// Package that the measure belongs to.
    pub package: Option<Named>,
    /// Number of known measures of the package. 0 if this is not a package.
    pub measures: i64,
    pub jurisdiction: Named,
    pub level: GovernmentLevel,
    pub doc_number: Option<String>,
    /// Issuing bodies, separated by `; `.
    pub agency: Bilingual,
    pub instrument: Instrument,
    pub objective: Bilingual,
    pub eligibility: Bilingual,
    /// A cap or a pool in yuan. `amount_kind` says which; amounts must not be summed.
    pub max_amount_cny: Option<Decimal>,
    pub amount_kind: Option<AmountKind>,
    pub amount_note: Bilingual,
    pub announced_on: Option<PartialDate>,
    pub effective_from: Option<PartialDate>,
    pub effective_to: Option<PartialDate>,
    pub status: ProgramStatus,
    pub source: SourceRef,
    pub note: Bilingual,
    /// Whom it is for. Empty if it is open to all, or if the source does not say.
    pub activities: Vec<Activity>,
    /// The latest application window that the source states.
    pub applications_open: Option<PartialDate>,
    pub applications_close: Option<PartialDate>,
    /// Ids of the earlier notices or rounds that it replaces or continues.
    pub supersedes: Vec<String>,
    /// `None` if not known.
    pub scope: Option<Scope>,
    /// Date of the newest source that shows the programme.
    pub last_confirmed_on: Option<PartialDate>,
    pub rate: Option<Rate>,
    /// Yearly cap per firm in yuan, beside a cap per work or project.
    pub max_per_year_cny: Option<Decimal>,
    /// Day from which a later notice, or one of its package, replaces it.
    pub superseded_from: Option<NaiveDate>,
}

/// Share of a base that a programme pays, in percent: 30, not 0.3. The upper end of a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub percent: Decimal,
    pub base: RateBase,
}

impl Rate {
    /// Formats the rate: `up to 30% of cost`.
    pub fn worded(&self, locale: Locale) -> String {
        let (percent, base) = (Unit::Percent.amount(self.percent, locale), self.base.name(locale));
        locale.pick(format!("up to {percent} of {base}"), format!("最高为{base}的{percent}"))
    }
}

impl Program {
    /// Formats the cap or pool: `up to CNY 3 million per work`. `None` if the source gives no amount.
    pub fn offered(&self, locale: Locale) -> Option<String> {
        let amount = Unit::Money("CNY".into()).amount(self.max_amount_cny?, locale);
        let kind = self.amount_kind.map(|kind| kind.name(locale)).unwrap_or_default();
        Some(match (self.amount_kind, locale) {
            (Some(AmountKind::FundPool), Locale::En) => format!("{kind} of {amount}"),
            (Some(AmountKind::FundPool), Locale::Zh) => format!("{kind}{amount}"),
            (Some(AmountKind::Other) | None, Locale::En) => format!("up to {amount}"),
            (Some(AmountKind::Other) | None, Locale::Zh) => format!("最高{amount}"),
            (_, Locale::En) => format!("up to {amount} {kind}"),
            (_, Locale::Zh) => format!("{kind}最高{amount}"),
        })
    }

    pub fn dates(&self) -> Dates {
        Dates::new(
            self.announced_on,
            self.effective_from,
            self.effective_to,
            self.applications_close,
            self.status,
            self.superseded_from,
        )
    }

    /// Standing of the programme on a day.
    pub fn standing(&self, day: NaiveDate) -> ProgramStanding {
        self.dates().standing(day)
    }

    /// Its next closing date on or after a day, as precise as the source.
    pub fn closing(&self, day: NaiveDate) -> Option<(ClosingKind, PartialDate)> {
        let kind = self.dates().closing(day)?.kind;
        let date = match kind {
            ClosingKind::Applications => self.applications_close,
            ClosingKind::Term => self.effective_to,
        };
        Some((kind, date?))
    }

    /// Whether this is a package. A package offers nothing itself; its measures do.
    pub fn is_package(&self) -> bool {
        self.measures > 0
    }
}

impl AmountKind {
    /// Explanation of the kind of amount for readers.
    pub fn explained(self, locale: Locale) -> &'static str {
        match self {
            AmountKind::PerWork => {
                locale.pick("The most that one work can get.", "一部作品最多可获得的金额。")
            }
            AmountKind::PerProject => locale.pick(
                "The most that one project, event, park or base can get.",
                "一个项目、活动、园区或基地最多可获得的金额。",
            ),
            AmountKind::PerFirm => {
                locale.pick("The most that one firm can get.", "一家企业最多可获得的金额。")
            }
            AmountKind::PerYear => {
                locale.pick("The most that can be had in one year.", "一年内最多可获得的金额。")
            }
            AmountKind::FundPool => locale.pick(
                "The size of the whole pool, shared by all recipients: not what one recipient can get.",
                "资金总规模，由所有获得者分享，并非单个获得者可得的金额。",
            ),
            AmountKind::ShareOfCost => locale.pick(
                "A share of cost, interest or income; the amount is its ceiling.",
                "按费用、利息或收入的比例给予；金额为其上限。",
            ),
            AmountKind::Other => {
                locale.pick("The wording of the source says what the amount is.", "金额的含义见其原文表述。")
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use super::*;
    use crate::text::Language;

    /// Sample grant of Pudong, announced on 5 December 2025, for tests to modify.
    pub fn program(id: &str) -> Program {
        let named = |id: &str| Named::new(id.into(), id.into(), Some(id.into()));
        Program {
            named: named(id),
            official_name: false,
            package: None,
            measures: 0,
            jurisdiction: named("shanghai-pudong"),
            level: GovernmentLevel::District,
            doc_number: None,
            agency: Bilingual::default(),
            instrument: Instrument::Grant,
            objective: Bilingual::default(),
            eligibility: Bilingual::default(),
            max_amount_cny: None,
            amount_kind: None,
            amount_note: Bilingual::default(),
            announced_on: "2025-12-05".parse().ok(),
            effective_from: None,
            effective_to: None,
            status: ProgramStatus::Announced,
            source: SourceRef {
                id: "s".into(),
                title: "A notice".into(),
                title_en: None,
                publisher: "Publisher".into(),
                publisher_zh: None,
                published_on: None,
                url: "https://example.org".into(),
                language: Language::English,
                official: true,
            },
            note: Bilingual::default(),
            activities: Vec::new(),
            applications_open: None,
            applications_close: None,
            supersedes: Vec::new(),
            scope: None,
            last_confirmed_on: None,
            rate: None,
            max_per_year_cny: None,
            superseded_from: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{samples::program, *};

    #[test]
    fn an_amount_says_what_it_is() {
        let offer = |kind, locale| {
            let program =
                Program { max_amount_cny: Some(3_000_000.into()), amount_kind: Some(kind), ..program("p") };
            program.offered(locale).unwrap()
        };
        assert_eq!(offer(AmountKind::PerWork, Locale::En), "up to CNY 3 million per work");
        assert_eq!(offer(AmountKind::FundPool, Locale::Zh), "资金总额300万元");
        assert_eq!(offer(AmountKind::Other, Locale::En), "up to CNY 3 million");
    }
}
