//! The brief of a programme.

use super::draft::{self, Draft, DraftFigure, DraftRow, DraftTable};
use crate::{
    components::list::SECTION,
    domain::{
        brief::{model::BriefCell, query::BriefKind},
        programs::{
            lifecycle::{ClosingKind, ProgramStanding},
            model::Program,
        },
        revisions::Snapshot,
        subsidies::model::SubsidyKind,
    },
    error::AppError,
    loaders::programs::{
        charts,
        data::{self, ProgramPage},
        titles,
    },
    text::{Locale, PartialDate, Unit, date},
};

/// Returns what the brief of a programme can say.
pub async fn draft(snapshot: &Snapshot, id: &str, locale: Locale) -> Result<Draft, AppError> {
    let page = data::one_from(snapshot, locale, id.to_owned(), None, SECTION).await?;
    let program = &page.program;
    let title = program.named.name(locale).to_owned();
    let lead = titles::describe(program, locale);
    let mut draft = Draft::new(BriefKind::Program, id, title, lead, locale);
    draft.finding = Some(status(&page, locale));
    draft.figures = figures(&page, locale);
    draft.charts =
        charts::life(program, &page.events, &page.subsidies, page.day, locale).into_iter().collect();
    draft.tables.push(terms(program, locale));
    if !page.measures.is_empty() {
        let heading = locale.pick("Its measures", "所含措施");
        draft.tables.insert(0, draft::measures(heading, &page.measures, false, locale));
    }
    if !page.subsidies.is_empty() {
        draft.tables.push(draft::money(&page.subsidies, locale));
    }
    if page.measures.is_empty() && !page.comparable.is_empty() {
        let heading = locale.pick("The same kind of support elsewhere", "他处同类支持");
        draft.tables.push(draft::measures(heading, &page.comparable, true, locale));
    }
    draft.unknown = unknown(&page, locale);
    Ok(draft)
}

/// States its status on a day, what was recorded, when it closes, and when it was last confirmed.
fn status(page: &ProgramPage, locale: Locale) -> String {
    let ProgramPage { program, standing, day, confirmed_by, .. } = page;
    let (status, on) = (standing.name(locale), date::day(*day, locale));
    let mut sentence = locale.pick(format!("On {on}: {status}"), format!("截至{on}：{status}"));
    // Only where the standing is derived from more than the recorded word.
    if program.status.word() != standing.word() {
        let word = program.status.name(locale);
        sentence += &locale.pick(format!("; recorded as “{word}”"), format!("；记录为“{word}”"));
    }
    sentence += locale.pick(".", "。");
    if let Some((closing, on)) = program.closing(*day) {
        let on = on.label(locale);
        sentence += &match (closing, locale) {
            (ClosingKind::Applications, Locale::En) => format!(" Applications close {on}."),
            (ClosingKind::Term, Locale::En) => format!(" The last day of its term is {on}."),
            (kind, Locale::Zh) => format!("{}：{on}。", kind.name(locale)),
        };
    }
    if let Some(on) = program.last_confirmed_on {
        let (on, by) = (on.label(locale), confirmed_by.as_ref().map(|source| source.publisher(locale)));
        sentence += &match (by, locale) {
            (Some(by), Locale::En) => format!(" Last confirmed {on} by {by}."),
            (None, Locale::En) => format!(" Last confirmed {on}."),
            (Some(by), Locale::Zh) => format!("最近核实：{on}，来源：{by}。"),
            (None, Locale::Zh) => format!("最近核实：{on}。"),
        };
    }
    sentence
}

/// What it offers, what its measures offer, and the largest amounts of money.
fn figures(page: &ProgramPage, locale: Locale) -> Vec<DraftFigure> {
    let own = offers(&page.program, locale);
    let mut measures: Vec<&Program> = page.measures.iter().map(|row| &row.program).collect();
    measures.sort_by_key(|program| std::cmp::Reverse(program.max_amount_cny));
    let measures = measures.into_iter().flat_map(|program| offers(program, locale));
    let money = page.subsidies.iter().take(2).map(|row| DraftFigure::of_subsidy(row, locale));
    own.into_iter().chain(measures).chain(money).collect()
}

/// The amounts that a programme offers, as its page states them.
fn offers(program: &Program, locale: Locale) -> Vec<DraftFigure> {
    let yearly = program.max_per_year_cny.map(|amount| {
        let amount = Unit::Money("CNY".into()).amount(amount, locale).to_string();
        (amount, Some(locale.pick("Most per firm and year", "每家企业每年上限").to_owned()))
    });
    let explained = program.amount_kind.map(|kind| kind.explained(locale).to_owned());
    let rate = program.rate.as_ref().map(|rate| (rate.worded(locale), None));
    let offered = program.offered(locale).map(|offered| (offered, explained));
    let date = program.announced_on.map(|date| {
        let date = date.label(locale);
        locale.pick(format!("announced {date}"), format!("{date}公布"))
    });
    let figure = |(value, explained): (String, Option<String>)| DraftFigure {
        value,
        label: program.named.name(locale).to_owned(),
        meta: [Some(program.jurisdiction.name(locale).to_owned()), date.clone(), explained]
            .into_iter()
            .flatten()
            .collect(),
        href: format!("/{locale}/programs/{}", program.named.id),
        source: program.source.clone(),
    };
    [offered, rate, yearly].into_iter().flatten().map(figure).collect()
}

/// Who may apply, who issued it, and its dates.
fn terms(program: &Program, locale: Locale) -> DraftTable {
    let unknown = || locale.pick("Not known", "不详").to_owned();
    let label = |date: Option<PartialDate>| date.map_or_else(unknown, |date| date.label(locale));
    let text = |text: Option<&str>| text.map_or_else(unknown, draft::plain);
    let term = match (program.effective_from, program.effective_to) {
        (None, None) => unknown(),
        (from, to) => {
            let no = locale.pick("not known", "不详");
            let label = |date: Option<PartialDate>| date.map_or(no.to_owned(), |date| date.label(locale));
            let (from, to) = (label(from), label(to));
            locale.pick(format!("from {from}; to: {to}"), format!("生效：{from}；有效期至：{to}"))
        }
    };
    let window = (program.applications_open.is_some() || program.applications_close.is_some()).then(|| {
        let (open, close) = (label(program.applications_open), label(program.applications_close));
        (locale.pick("Applications", "申报时间"), format!("{open} – {close}"))
    });
    let agencies = program.agency.get(locale).map(|names| names.replace("; ", locale.pick("; ", "；")));
    let rows = [
        Some((locale.pick("Who may apply", "申请对象"), text(program.eligibility.get(locale)))),
        program
            .amount_note
            .get(locale)
            .map(|note| (locale.pick("Amount, in the source’s terms", "金额，来源表述"), draft::plain(note))),
        Some((locale.pick("In force", "施行期"), term)),
        window,
        Some((locale.pick("Agency", "部门"), agencies.unwrap_or_else(unknown))),
        program.doc_number.clone().map(|number| (locale.pick("Document number", "文号"), number)),
    ];
    let row = |(name, text): (&str, String)| DraftRow {
        cells: vec![BriefCell::new(name), BriefCell::new(text)],
        source: Some(program.source.clone()),
    };
    DraftTable {
        heading: locale.pick("Terms", "条件"),
        columns: vec![(locale.pick("Item", "项目"), 200), (locale.pick("Stated", "载明内容"), 730)],
        rows: rows.into_iter().flatten().map(row).collect(),
        of: ("term", "terms", "项条件"),
    }
}

fn unknown(page: &ProgramPage, locale: Locale) -> Vec<String> {
    let program = &page.program;
    let mut unknown: Vec<String> = Vec::new();
    unknown.extend(program.note.get(locale).map(draft::plain));
    let mut say = |holds: bool, en: &str, zh: &str| {
        if holds {
            unknown.push(locale.pick(en, zh).to_owned());
        }
    };
    say(
        page.standing == ProgramStanding::Announced,
        "When it came or comes into force is not known.",
        "生效日期不详。",
    );
    say(
        !page.subsidies.iter().any(|row| row.kind == SubsidyKind::Paid),
        "No payment under this programme is known.",
        "暂未查到本政策下的发放。",
    );
    say(
        program.offered(locale).is_none() && !program.is_package(),
        "No amount in CNY is known.",
        "暂未查到人民币金额。",
    );
    say(page.official.is_none(), "No official text is known.", "暂未查到官方原文。");
    say(program.last_confirmed_on.is_none(), "No dated source confirms it.", "没有注明日期的来源可供核实。");
    unknown
}
