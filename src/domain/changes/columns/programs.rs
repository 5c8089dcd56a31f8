//! Columns of programmes, subsidies and events.

use super::word;
use crate::{
    domain::{
        changes::declared::{
            About,
            CellWords::{Amount, Date, Id, Ids, In, Money, PartOf, Percent, Text, Word, Words, YesNo},
            Declared, ID, LinkCell, Referred, column, key, main,
        },
        events::model::EventKind,
        programs::{
            lifecycle::ProgramStatus,
            model::{Activity, AmountKind, GovernmentLevel, Instrument, RateBase, Scope},
        },
        subsidies::model::SubsidyKind,
    },
    text::Locale::{self, En, Zh},
};

/// Whether a Chinese name is that of the document.
fn name_kind(text: &str, locale: Locale) -> Option<String> {
    let (en, zh) = match text {
        "official" => ("official", "官方名称"),
        "translation" => ("translation", "译名"),
        _ => return None,
    };
    Some(locale.pick(en, zh).to_owned())
}

pub static PROGRAMS: Declared = Declared {
    table: "program",
    key: ID,
    links: &[LinkCell {
        cell: "supersedes",
        table: "program_predecessor",
        owner: "program_id",
        other: "predecessor_id",
    }],
    columns: &[
        key("id"),
        column("package_id", "Package", "政策包", Id(Referred::Program)),
        main("jurisdiction", "Place", "地区", Id(Referred::Entity)),
        column("level", "Level", "层级", Word(word::<GovernmentLevel>)),
        column("doc_number", "Document number", "文号", Text),
        column("name_en", "Name", "名称", In(En)),
        column("name_zh", "Name", "名称", In(Zh)),
        column("name_zh_kind", "Kind of Chinese name", "中文名称性质", Word(name_kind)),
        column("agency_en", "Issuing bodies", "发布部门", In(En)),
        column("agency_zh", "Issuing bodies", "发布部门", In(Zh)),
        main("instrument", "Instrument", "工具", Word(word::<Instrument>)),
        column("objective_en", "Objective", "目的", In(En)),
        column("objective_zh", "Objective", "目的", In(Zh)),
        column("eligibility_en", "Who is eligible", "申请条件", In(En)),
        column("eligibility_zh", "Who is eligible", "申请条件", In(Zh)),
        main("max_amount_cny", "Amount offered", "承诺金额", Money),
        main("amount_kind", "Kind of amount", "金额性质", Word(word::<AmountKind>)),
        column("amount_note_en", "Amount, wording", "金额表述", In(En)),
        column("amount_note_zh", "Amount, wording", "金额表述", In(Zh)),
        main("announced_on", "Announced on", "公布日期", Date),
        main("effective_from", "In force from", "生效日期", Date),
        main("effective_to", "In force to", "失效日期", Date),
        column("status", "Recorded status", "记录状态", Word(word::<ProgramStatus>)),
        column("source_id", "Source", "来源", Id(Referred::Source)),
        column("note_en", "Note", "说明", In(En)),
        column("note_zh", "Note", "说明", In(Zh)),
        column("activities", "For firms with", "面向业务", Words(word::<Activity>)),
        column("applications_open", "Applications from", "申报开始", Date),
        main("applications_close", "Applications to", "申报截止", Date),
        column("supersedes", "Replaces", "取代或延续", Ids(Referred::Program)),
        column("scope", "Scope", "范围", Word(word::<Scope>)),
        column("last_confirmed_on", "Last confirmed on", "最近核实日期", Date),
        column("rate_percent", "Share paid", "支持比例", Percent),
        column("rate_base", "Share of", "比例基数", Word(word::<RateBase>)),
        column("max_per_year_cny", "Most per firm and year", "每家企业每年上限", Money),
    ],
    about: About {
        places: &["jurisdiction"],
        programs: &["id", "package_id"],
        source: Some("source_id"),
        day: Some("announced_on"),
        organizations: &[],
        indicator: None,
        entity: None,
        producer: None,
    },
};

pub static SUBSIDIES: Declared = Declared {
    table: "subsidy",
    key: ID,
    links: &[],
    columns: &[
        key("id"),
        main("kind", "Kind", "类别", Word(word::<SubsidyKind>)),
        main("program_id", "Programme", "政策", Id(Referred::Program)),
        main("recipient_org_id", "Recipient", "受益机构", Id(Referred::Entity)),
        main("jurisdiction", "Place", "地区", Id(Referred::Entity)),
        main("amount", "Amount", "金额", Amount),
        column("amount_high", "Upper amount", "金额上限", PartOf("amount")),
        column("currency", "Currency", "币种", PartOf("amount")),
        main("period_start", "Period from", "时段起", Date),
        main("period_end", "Period to", "时段止", Date),
        column("disclosed_on", "Disclosed on", "披露日期", Date),
        column("source_id", "Source", "来源", Id(Referred::Source)),
        column("note_en", "Note", "说明", In(En)),
        column("note_zh", "Note", "说明", In(Zh)),
        column("part_of", "Part of", "所属金额", Id(Referred::Subsidy)),
        column("counted_elsewhere", "Counted elsewhere", "另行计入", YesNo),
        column("scope", "Scope", "范围", Word(word::<Scope>)),
    ],
    about: About {
        places: &["jurisdiction"],
        organizations: &["recipient_org_id"],
        programs: &["program_id"],
        source: Some("source_id"),
        day: Some("period_end"),
        indicator: None,
        entity: None,
        producer: None,
    },
};

pub static EVENTS: Declared = Declared {
    table: "event",
    key: ID,
    links: &[
        LinkCell {
            cell: "organization_ids",
            table: "event_organization",
            owner: "event_id",
            other: "organization_id",
        },
        LinkCell { cell: "program_ids", table: "event_program", owner: "event_id", other: "program_id" },
    ],
    columns: &[
        key("id"),
        main("date", "Date", "日期", Date),
        column("title_en", "Title", "标题", In(En)),
        column("title_zh", "Title", "标题", In(Zh)),
        main("kind", "Kind", "类别", Word(word::<EventKind>)),
        main("jurisdiction", "Place", "地区", Id(Referred::Entity)),
        column("organization_ids", "Organizations", "机构", Ids(Referred::Entity)),
        column("program_ids", "Programmes", "政策", Ids(Referred::Program)),
        main("amount", "Amount", "金额", Amount),
        column("currency", "Currency", "币种", PartOf("amount")),
        column("source_id", "Source", "来源", Id(Referred::Source)),
        column("note_en", "Note", "说明", In(En)),
        column("note_zh", "Note", "说明", In(Zh)),
    ],
    about: About {
        places: &["jurisdiction"],
        organizations: &["organization_ids"],
        programs: &["program_ids"],
        source: Some("source_id"),
        day: Some("date"),
        indicator: None,
        entity: None,
        producer: None,
    },
};
