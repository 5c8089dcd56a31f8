//! Organizations, apps, people in office, and statements.

use serde::{Deserialize, Serialize};

use crate::{
    domain::sources::model::SourceRef,
    text::{Bilingual, Locale, Named, PartialDate},
    vocabulary,
};

vocabulary! {
    pub enum OrganizationKind {
        Company = "company", "Company", "企业";
        Fund = "fund", "Fund", "基金";
        Association = "association", "Association", "协会";
        Agency = "agency", "Agency", "政府部门";
    }
}

vocabulary! {
    /// Relation of an organization to Pudong, as far as known.
    pub enum PudongStatus {
        Headquartered = "headquartered", "Headquartered in Pudong", "总部在浦东";
        OverseasHqSigned = "overseas-hq-signed", "Signed for an overseas headquarters", "签约设立海外业务总部";
        Signed = "signed", "Signed to come", "签约入驻";
        Unit = "unit", "A unit in Pudong", "在浦东设有机构";
        Former = "former", "Formerly in Pudong", "曾在浦东";
        None = "none", "Elsewhere", "不在浦东";
        Unknown = "unknown", "Not known", "不详";
    }
}

impl Organization {
    /// Explains what is known and not known about the organization's presence in Pudong.
    pub fn pudong_explained(&self, locale: Locale) -> &'static str {
        match (self.pudong, self.pudong_date) {
            (PudongStatus::Headquartered, None) => locale.pick(
                "Its head or principal office is given as in Pudong. For which date is not known.",
                "载明其总部或主要办公地位于浦东，对应日期不详。",
            ),
            (status, _) => status.explained(locale),
        }
    }
}

impl PudongStatus {
    /// Explains what the status does and does not imply.
    pub fn explained(self, locale: Locale) -> &'static str {
        match self {
            PudongStatus::Headquartered => locale.pick(
                "Its head or principal office was in Pudong on the date given.",
                "在所示日期，其总部或主要办公地位于浦东。",
            ),
            PudongStatus::OverseasHqSigned => locale.pick(
                "It signed to set up the headquarters of its overseas business in Pudong. Whether that has opened is not known.",
                "已签约在浦东设立海外业务总部，是否启用不详。",
            ),
            PudongStatus::Signed => locale.pick(
                "It signed another agreement to come. Whether it came is not known.",
                "已签署其他入驻协议，是否入驻不详。",
            ),
            PudongStatus::Unit => locale.pick(
                "It has a unit, a tenancy or an operation in Pudong; its head office is elsewhere or not shown.",
                "在浦东设有机构、租户或业务，总部在别处或未载明。",
            ),
            PudongStatus::Former => {
                locale.pick("It moved out, or no longer exists.", "已迁出，或已不存在。")
            }
            PudongStatus::None => locale.pick("Nothing of it is known to be in Pudong.", "暂未查到其在浦东设点。"),
            PudongStatus::Unknown => locale.pick("Whether it is in Pudong is not known.", "暂未查到是否在浦东。"),
        }
    }
}

/// A company, fund, association or agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    pub named: Named,
    pub kind: OrganizationKind,
    pub parent: Option<Named>,
    /// Most precise known place of the head or principal office. For former firms, the last known one.
    pub seat: Option<Named>,
    pub pudong: PudongStatus,
    /// Date for which the status is known.
    pub pudong_date: Option<PartialDate>,
    /// Stock codes with their exchanges.
    pub ticker: Option<String>,
    pub founded: Option<PartialDate>,
    pub website: Option<String>,
    pub source: SourceRef,
    pub note: Bilingual,
    /// Other and former names, short forms and legal names, in any language.
    pub aliases: Vec<String>,
}

/// An app and its operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    pub named: Named,
    pub operator: Named,
    pub launched_on: Option<PartialDate>,
    /// Markets in which the app is offered.
    pub markets: Bilingual,
    pub source: SourceRef,
    pub note: Bilingual,
}

/// A person quoted in office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub named: Named,
    pub organization: Option<Named>,
    pub role: Bilingual,
    pub source: SourceRef,
    pub note: Bilingual,
}

vocabulary! {
    /// Topic of a statement.
    pub enum StatementTopic {
        Content = "content", "Content", "内容";
        Market = "market", "Market", "市场";
        Talent = "talent", "Talent", "人才";
        Policy = "policy", "Policy", "政策";
        Ecosystem = "ecosystem", "Ecosystem", "生态";
        Quality = "quality", "Quality", "品质";
    }
}

/// A qualitative statement or report, in the site's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub id: String,
    /// Subject of the statement.
    pub entity: Named,
    /// Speaker and office. `None` if the source itself makes the statement.
    pub person: Option<(Named, Bilingual)>,
    pub topic: StatementTopic,
    pub made_on: Option<PartialDate>,
    pub text: Bilingual,
    pub source: SourceRef,
}

/// A row about an organization that cites a source: its own details, an app, a person's office, or a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    pub kind: MentionKind,
    /// The organization, app or person. For a statement, its subject.
    pub named: Named,
    pub date: Option<PartialDate>,
    /// The note, the office or the statement.
    pub text: Bilingual,
}

crate::vocabulary! {
    pub enum MentionKind {
        Organization = "organization", "Organization", "机构";
        App = "app", "App", "应用";
        Person = "person", "Person", "人物";
        Statement = "statement", "Statement", "表述";
    }
}
