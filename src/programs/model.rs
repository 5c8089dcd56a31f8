//! A programme is one incentive measure, or a package (a notice) that has measures.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    sources::model::SourceRef,
    text::{Bilingual, Locale, Named, PartialDate, Unit},
    vocabulary,
};

vocabulary! {
    /// What kind of support a measure gives.
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
    /// Where a programme stands on the day the data set was compiled.
    pub enum ProgramStatus {
        Announced = "announced", "announced", "已公布";
        InForce = "in-force", "in force", "施行中";
        Planned = "planned", "planned", "计划中";
        Expired = "expired", "expired", "已失效";
    }
}

vocabulary! {
    /// What a programme's amount is. Amounts of different kinds are never compared.
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

/// A programme as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub named: Named,
    pub jurisdiction: Named,
    pub instrument: Instrument,
    pub status: ProgramStatus,
    pub announced_on: Option<PartialDate>,
    /// A cap or a pool in yuan: read `amount_kind`, never add up.
    pub max_amount_cny: Option<Decimal>,
    pub amount_kind: Option<AmountKind>,
    pub amount_note: Bilingual,
    pub source: SourceRef,
    pub note: Bilingual,
}

impl Program {
    /// The cap or pool in words, `up to CNY 3 million per work`; nothing where the source gives no amount.
    pub fn offered(&self, locale: Locale) -> Option<String> {
        let amount = Unit::Money("CNY".into()).amount(self.max_amount_cny?, locale);
        let kind = self.amount_kind.map(|kind| kind.name(locale)).unwrap_or_default();
        Some(match (self.amount_kind, locale) {
            (Some(AmountKind::FundPool), Locale::En) => format!("{kind} of {amount}"),
            (Some(AmountKind::FundPool), Locale::Zh) => format!("{kind}{amount}"),
            (_, Locale::En) => format!("up to {amount} {kind}"),
            (_, Locale::Zh) => format!("{kind}最高{amount}"),
        })
    }
}
