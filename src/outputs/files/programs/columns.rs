//! Columns of programmes, and of programmes that match a firm.

use std::sync::LazyLock;

use crate::{
    domain::{
        programs::{
            matching::{Condition, Match, reasons::Question, worked::Worked},
            model::Program,
        },
        table::{
            Cell, Column,
            ColumnType::{Date, Day, Id, Integer, Number, Text, Word},
            Columns, TableSchema, ToRow,
        },
    },
    loaders::programs::rows::ProgramRow,
    outputs::files::columns::{id_and_name, note, place, scope, source},
};

static PROGRAMS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<ProgramRow>("programs", "Programmes", "政策", &["id"]));

pub fn schema() -> &'static TableSchema {
    &PROGRAMS
}

impl ToRow for ProgramRow {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<ProgramRow>) {
        id_and_name(columns, |row| &row.program.named);
        columns
            .add("package_id", Id, "Package id", "政策包编号", |row, _| {
                Cell::id(row.program.package.as_ref())
            })
            .about("The notice this measure belongs to.", "该措施所属的通知。");
        columns.add("package", Text, "Package", "政策包", |row, locale| {
            Cell::name(row.program.package.as_ref(), locale)
        });
        columns
            .add("measures", Integer, "Measures", "措施数", |row, _| {
                row.program.is_package().then_some(row.program.measures).into()
            })
            .about("Of a package: how many of its measures are known.", "政策包中已知的措施数。");
        place(columns, |row| Some(&row.program.jurisdiction));
        columns.add("level", Word, "Level", "层级代码", |row, _| row.program.level.word().into());
        columns.add("level_label", Text, "Level, in words", "层级", |row, locale| {
            row.program.level.name(locale).into()
        });
        columns.add("instrument", Word, "Instrument", "工具代码", |row, _| {
            row.program.instrument.word().into()
        });
        columns.add("instrument_label", Text, "Instrument, in words", "工具", |row, locale| {
            row.program.instrument.name(locale).into()
        });
        columns
            .add("status", Word, "Status", "状态代码", |row, _| row.program.status.word().into())
            .about("As recorded on the day the data set was compiled.", "数据集编制之日的记录。");
        columns.add("standing", Word, "Standing", "某日状态代码", |row, _| row.standing.word().into()).about(
            "On the day in standing_on, as far as dates and the recorded status show.",
            "在standing_on所示日期的状态，以日期和记录所载为限。",
        );
        columns.add("standing_label", Text, "Standing, in words", "某日状态", |row, locale| {
            row.standing.name(locale).into()
        });
        columns.add("standing_on", Day, "Standing on", "状态日期", |row, _| row.day.into());
        columns
            .add("closes_on", Date, "Closes on", "截止日期", |row, _| {
                row.program.closing(row.day).map(|(_, on)| on).into()
            })
            .about(
                "The next closing date on or after the day in standing_on; of a month or year, its last day counts.",
                "standing_on所示日期及以后最近的截止日期；仅知月份或年份的，以其最后一日计。",
            );
        columns.add("closes", Word, "What closes", "截止事项代码", |row, _| {
            row.program.closing(row.day).map(|(kind, _)| kind.word()).into()
        });
        columns.add("announced_on", Date, "Announced on", "公布日期", |row, _| {
            row.program.announced_on.into()
        });
        columns.add("effective_from", Date, "In force from", "生效日期", |row, _| {
            row.program.effective_from.into()
        });
        columns.add("effective_to", Date, "In force to", "失效日期", |row, _| {
            row.program.effective_to.into()
        });
        max_amount(columns, |row| &row.program).about(
            "A cap or a pool: read amount_kind, and never add up.",
            "上限或资金规模：须与amount_kind一并阅读，不可加总。",
        );
        columns.add("currency", Word, "Currency", "币种", |row, _| {
            row.program.max_amount_cny.map(|_| "CNY").into()
        });
        amount_kind(columns, |row| &row.program);
        columns.add("amount_note", Text, "Amount, wording", "金额表述", |row, locale| {
            row.program.amount_note.get(locale).into()
        });
        columns.add("doc_number", Text, "Document number", "文号", |row, _| {
            row.program.doc_number.as_ref().into()
        });
        columns.add("agency", Text, "Issuing bodies", "发布部门", |row, locale| {
            row.program.agency.get(locale).into()
        });
        columns.add("objective", Text, "Objective", "目的", |row, locale| {
            row.program.objective.get(locale).into()
        });
        columns.add("eligibility", Text, "Who is eligible", "申请条件", |row, locale| {
            row.program.eligibility.get(locale).into()
        });
        source(columns, |row| &row.program.source);
        note(columns, |row| &row.program.note);
        columns
            .add("activities", Text, "Activities", "面向业务代码", |row, _| {
                let words: Vec<&str> = row.program.activities.iter().map(|activity| activity.word()).collect();
                words.join(";").into()
            })
            .about(
                "Whom it is for, separated by semicolons; empty where it is open to all or the source does not say.",
                "面向的业务，以分号分隔；面向所有企业或来源未说明则空白。",
            );
        columns
            .add("applications_open", Date, "Applications from", "申报开始", |row, _| {
                row.program.applications_open.into()
            })
            .about("The latest application window that the source states.", "来源所载最近一次申报时间。");
        columns.add("applications_close", Date, "Applications to", "申报截止", |row, _| {
            row.program.applications_close.into()
        });
        columns
            .add("supersedes", Text, "Replaces", "取代或延续", |row, _| {
                row.program.supersedes.join(";").into()
            })
            .about(
                "Ids of earlier notices or rounds, separated by semicolons.",
                "此前通知或轮次的编号，以分号分隔。",
            );
        scope(columns, |row| row.program.scope);
        columns
            .add("last_confirmed_on", Date, "Last confirmed on", "最近核实日期", |row, _| {
                row.program.last_confirmed_on.into()
            })
            .about("Date of the newest source that shows it.", "载有该政策的最新来源的日期。");
        rate(columns, |row| &row.program);
    }
}

static MATCHES: LazyLock<TableSchema> = LazyLock::new(|| {
    TableSchema::of::<Match>("matches", "Programmes, by how they match", "政策匹配结果", &["id"])
});

impl ToRow for Match {
    fn schema() -> &'static TableSchema {
        &MATCHES
    }

    fn columns(columns: &mut Columns<Match>) {
        id_and_name(columns, |row| &row.program.named);
        columns.add("group", Word, "Result", "结果代码", |row, _| row.group.word().into()).about(
            "fits, might (a condition is not stated), does-not (a condition is not met) or ended (no longer available).",
            "fits（符合）、might（有条件未说明）、does-not（有条件不满足）或ended（已不再提供）。",
        );
        columns.add("group_label", Text, "Result, in words", "结果", |row, locale| {
            row.group.name(locale).into()
        });
        answer(columns, "place_answer", "Place applies", "地区是否适用", Question::Place);
        answer(columns, "activity_answer", "Activity applies", "业务是否适用", Question::Activity);
        answer(columns, "need_answer", "Support answers the need", "是否符合需求", Question::Need);
        answer(columns, "open_answer", "Available", "可否申请", Question::Open);
        columns.add("reasons", Text, "Reasons", "理由", |row, locale| {
            let colon = locale.pick(": ", "：");
            let reason = |condition: &Condition| {
                let (question, answer) = (condition.question.name(locale), condition.answer.name(locale));
                format!("{question} {answer}{colon}{}", condition.reason)
            };
            let reasons: Vec<String> = row.conditions.iter().map(reason).collect();
            reasons.join(locale.pick("; ", "；")).into()
        });
        columns.add("standing", Word, "Standing", "某日状态代码", |row, _| row.standing.word().into());
        columns.add("standing_label", Text, "Standing, in words", "某日状态", |row, locale| {
            row.standing.name(locale).into()
        });
        columns.add("standing_on", Day, "Standing on", "状态日期", |row, _| row.day.into());
        columns.add("effective_to", Date, "In force to", "失效日期", |row, _| {
            row.program.effective_to.into()
        });
        columns.add("applications_close", Date, "Applications to", "申报截止", |row, _| {
            row.program.applications_close.into()
        });
        scope(columns, |row| row.program.scope);
        place(columns, |row| Some(&row.program.jurisdiction));
        columns.add("eligibility", Text, "Who is eligible", "申请条件", |row, locale| {
            row.program.eligibility.get(locale).into()
        });
        max_amount(columns, |row| &row.program).about(
            "A cap or a pool in CNY: read amount_kind, and never add up.",
            "上限或资金规模（人民币元）：须与amount_kind一并阅读，不可加总。",
        );
        amount_kind(columns, |row| &row.program);
        rate(columns, |row| &row.program);
        columns
            .add("worked_amount", Number, "Worked amount, CNY, at most", "测算金额上限（元）", |row, _| {
                row.worked.as_ref().and_then(Worked::at_most).into()
            })
            .about(
                "What the programme pays at most for the amount in the query; empty where it states no rate, or one of another base.",
                "按查询中的金额测算的最高支持金额；政策未说明比例或比例基数不同则空白。",
            );
        columns
            .add("worked_formula", Text, "Calculation", "计算过程", |row, locale| {
                row.worked.as_ref().map(|worked| worked.explained(locale)).into()
            })
            .about("The steps, or why there are none.", "计算步骤，或未计算的原因。");
        source(columns, |row| &row.program.source);
    }
}

/// Adds the answer to a question.
fn answer(
    columns: &mut Columns<Match>,
    name: &'static str,
    en: &'static str,
    zh: &'static str,
    question: Question,
) {
    columns
        .add(name, Word, en, zh, move |row, _| row.answer(question).map(|answer| answer.word()).into())
        .about(
            "met, not-met or not-stated; empty where the query does not ask.",
            "met（满足）、not-met（不满足）或not-stated（未说明）；查询未涉及则空白。",
        );
}

/// Adds the share that a programme pays, and its cap per firm and year.
fn rate<R>(columns: &mut Columns<R>, program: impl Fn(&R) -> &Program + Copy + 'static) {
    columns
        .add("rate_percent", Number, "Share paid, percent", "支持比例（%）", move |row, _| {
            program(row).rate.as_ref().map(|rate| rate.percent).into()
        })
        .about("30, not 0.3; the upper end of a range.", "30而非0.3；区间取上限。");
    columns.add("rate_base", Word, "Share of", "比例基数", move |row, _| {
        program(row).rate.as_ref().map(|rate| rate.base.word()).into()
    });
    columns
        .add(
            "max_per_year_cny",
            Number,
            "Most per firm and year, CNY",
            "每家企业每年上限（元）",
            move |row, _| program(row).max_per_year_cny.into(),
        )
        .about("Beside a cap per work or project.", "与每部作品或每个项目的上限并列。");
}

fn max_amount<R>(columns: &mut Columns<R>, program: impl Fn(&R) -> &Program + 'static) -> &mut Column<R> {
    columns.add("max_amount", Number, "Amount offered", "承诺金额", move |row, _| {
        program(row).max_amount_cny.into()
    })
}

fn amount_kind<R>(columns: &mut Columns<R>, program: impl Fn(&R) -> &Program + Copy + 'static) {
    columns.add("amount_kind", Word, "Kind of amount", "金额性质代码", move |row, _| {
        program(row).amount_kind.map(|kind| kind.word()).into()
    });
    columns.add("amount_kind_label", Text, "Kind of amount, in words", "金额性质", move |row, locale| {
        program(row).amount_kind.map(|kind| kind.name(locale)).into()
    });
}
