//! Table schema of programmes.

use crate::{
    domain::{
        programs::matching::Match,
        table::{Cell, Column, ColumnType, TableSchema, ToRow, named},
    },
    loaders::programs::data::ProgramRow,
    outputs::files::sources::columns::{
        self, SOURCE_ID, SOURCE_PUBLISHED_ON, SOURCE_PUBLISHER, SOURCE_TITLE, SOURCE_URL,
    },
    text::Locale,
};

static PROGRAMS: TableSchema = TableSchema {
    name: "programs",
    en: "Programmes",
    zh: "政策",
    key: &["id"],
    columns: &[
        Column::new("id", ColumnType::Id, "Id", "编号"),
        Column::new("name", ColumnType::Text, "Name", "名称"),
        Column::new("package_id", ColumnType::Id, "Package id", "政策包编号")
            .about("The notice this measure belongs to.", "该措施所属的通知。"),
        Column::new("package", ColumnType::Text, "Package", "政策包"),
        Column::new("measures", ColumnType::Integer, "Measures", "措施数")
            .about("Of a package: how many of its measures are known.", "政策包中已知的措施数。"),
        Column::new("place_id", ColumnType::Id, "Place id", "地区编号"),
        Column::new("place", ColumnType::Text, "Place", "地区"),
        Column::new("level", ColumnType::Word, "Level", "层级代码"),
        Column::new("level_label", ColumnType::Text, "Level, in words", "层级"),
        Column::new("instrument", ColumnType::Word, "Instrument", "工具代码"),
        Column::new("instrument_label", ColumnType::Text, "Instrument, in words", "工具"),
        Column::new("status", ColumnType::Word, "Status", "状态代码")
            .about("As recorded on the day the data set was compiled.", "数据集编制之日的记录。"),
        Column::new("standing", ColumnType::Word, "Standing", "某日状态代码").about(
            "On the day in standing_on, as far as dates and the recorded status tell.",
            "在standing_on所示日期的状态，以日期和记录所载为限。",
        ),
        Column::new("standing_label", ColumnType::Text, "Standing, in words", "某日状态"),
        Column::new("standing_on", ColumnType::Day, "Standing on", "状态日期"),
        Column::new("announced_on", ColumnType::Date, "Announced on", "公布日期"),
        Column::new("effective_from", ColumnType::Date, "In force from", "生效日期"),
        Column::new("effective_to", ColumnType::Date, "In force to", "失效日期"),
        Column::new("max_amount", ColumnType::Number, "Amount offered", "承诺金额").about(
            "A cap or a pool: read amount_kind, and never add up.",
            "上限或资金规模：须与amount_kind一并阅读，不可加总。",
        ),
        Column::new("currency", ColumnType::Word, "Currency", "币种"),
        Column::new("amount_kind", ColumnType::Word, "Kind of amount", "金额性质代码"),
        Column::new("amount_kind_label", ColumnType::Text, "Kind of amount, in words", "金额性质"),
        Column::new("amount_note", ColumnType::Text, "Amount, wording", "金额表述"),
        Column::new("doc_number", ColumnType::Text, "Document number", "文号"),
        Column::new("agency", ColumnType::Text, "Issuing bodies", "发布部门"),
        Column::new("objective", ColumnType::Text, "Objective", "目的"),
        Column::new("eligibility", ColumnType::Text, "Who is eligible", "申请条件"),
        SOURCE_ID,
        SOURCE_TITLE,
        SOURCE_PUBLISHER,
        SOURCE_PUBLISHED_ON,
        SOURCE_URL,
        Column::new("note", ColumnType::Text, "Note", "说明"),
    ],
};

pub fn schema() -> &'static TableSchema {
    &PROGRAMS
}

impl ToRow for ProgramRow {
    fn schema() -> &'static TableSchema {
        &PROGRAMS
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let ProgramRow { program, standing, day } = self;
        let mut cells: Vec<Cell> = Vec::with_capacity(PROGRAMS.columns.len());
        cells.extend(named(Some(&program.named), locale));
        cells.extend(named(program.package.as_ref(), locale));
        cells.push(if program.is_package() { program.measures.into() } else { Cell::Empty });
        cells.extend(named(Some(&program.jurisdiction), locale));
        cells.extend([
            program.level.word().into(),
            program.level.name(locale).into(),
            program.instrument.word().into(),
            program.instrument.name(locale).into(),
            program.status.word().into(),
            standing.word().into(),
            standing.name(locale).into(),
            (*day).into(),
            program.announced_on.into(),
            program.effective_from.into(),
            program.effective_to.into(),
            program.max_amount_cny.into(),
            program.max_amount_cny.map(|_| "CNY").into(),
            program.amount_kind.map(|kind| kind.word()).into(),
            program.amount_kind.map(|kind| kind.name(locale)).into(),
            program.amount_note.get(locale).into(),
            program.doc_number.as_ref().into(),
            program.agency.get(locale).into(),
            program.objective.get(locale).into(),
            program.eligibility.get(locale).into(),
        ]);
        cells.extend(columns::cited(&program.source, locale));
        cells.push(program.note.get(locale).into());
        cells
    }
}

static MATCHES: TableSchema = TableSchema {
    name: "matches",
    en: "Programmes that fit or might",
    zh: "符合或可能符合的政策",
    key: &["id"],
    columns: &[
        Column::new("id", ColumnType::Id, "Id", "编号"),
        Column::new("name", ColumnType::Text, "Name", "名称"),
        Column::new("fits", ColumnType::YesNo, "Fits", "符合").about(
            "Whether the row answers every question with a yes; otherwise it leaves one open.",
            "是否对每个问题都给出肯定回答；否则至少有一个未作回答。",
        ),
        Column::new("reasons", ColumnType::Text, "Reasons", "理由"),
        Column::new("place_id", ColumnType::Id, "Place id", "地区编号"),
        Column::new("place", ColumnType::Text, "Place", "地区"),
        Column::new("max_amount", ColumnType::Number, "Amount offered", "承诺金额").about(
            "A cap or a pool in CNY: read amount_kind, and never add up.",
            "上限或资金规模（人民币元）：须与amount_kind一并阅读，不可加总。",
        ),
        Column::new("amount_kind", ColumnType::Word, "Kind of amount", "金额性质代码"),
        Column::new("amount_kind_label", ColumnType::Text, "Kind of amount, in words", "金额性质"),
        SOURCE_ID,
        SOURCE_TITLE,
        SOURCE_PUBLISHER,
        SOURCE_PUBLISHED_ON,
        SOURCE_URL,
    ],
};

impl ToRow for Match {
    fn schema() -> &'static TableSchema {
        &MATCHES
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let program = &self.program;
        let reasons: Vec<&str> = self.reasons.iter().map(|reason| reason.text.as_str()).collect();
        let mut cells: Vec<Cell> = Vec::with_capacity(MATCHES.columns.len());
        cells.extend(named(Some(&program.named), locale));
        cells.extend([self.fits().into(), reasons.join(locale.pick("; ", "；")).into()]);
        cells.extend(named(Some(&program.jurisdiction), locale));
        cells.extend([
            program.max_amount_cny.into(),
            program.amount_kind.map(|kind| kind.word()).into(),
            program.amount_kind.map(|kind| kind.name(locale)).into(),
        ]);
        cells.extend(columns::cited(&program.source, locale));
        cells
    }
}
