//! The measures of a package, on its page.

use leptos::prelude::*;

use super::table::{StandingTag, offer};
use crate::{
    components::inline::Linked, domain::programs::lifecycle::ProgramStanding,
    loaders::programs::rows::ProgramRow, text::Locale,
};

/// The measures of a package, and how complete they are. A status that all share with their package is not repeated.
#[component]
pub fn Measures(locale: Locale, rows: Vec<ProgramRow>, standing: ProgramStanding) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let count = rows.len();
        let text = locale.pick(
            format!(
                "{count} measures of this package are known and listed below. A source may name only some of a notice’s \
                 measures; the note above says what is missing."
            ),
            format!("本政策包已知{count}项措施，列于下方。来源可能只列出部分措施，缺失之处见上方说明。"),
        );
        let status = rows.iter().any(|row| row.standing != standing);
        let caption = locale.pick("Measures of the package", "政策包所含措施");
        let unknown = locale.pick("not stated", "未载明");
        let lines = rows
            .into_iter()
            .map(|row| {
                let ProgramRow { program, standing, .. } = row;
                let eligibility = program.eligibility.get(locale).map(str::to_owned);
                let offer = offer(&program, locale);
                let or_unknown = move |text: Option<String>| match text {
                    Some(text) => text.into_any(),
                    None => view! { <span class="none">{unknown}</span> }.into_any(),
                };
                view! {
                    <tr>
                        <th scope="row"><Linked locale room="programs" of=program.named/></th>
                        <td>{program.instrument.name(locale)}</td>
                        <td><span class="on-card">{locale.pick("Who may apply: ", "申请对象：")}</span> {or_unknown(eligibility)}</td>
                        <td><span class="on-card">{locale.pick("Offers: ", "支持内容：")}</span> {or_unknown(offer)}</td>
                        {status.then(|| view! { <td><StandingTag locale standing/></td> })}
                    </tr>
                }
            })
            .collect_view();
        view! {
            <section class="taken" id="measures">
                <h2>{locale.pick("Its measures", "所含措施")}</h2>
                <p>{text}</p>
                <div class="table-box" role="region" aria-label=caption tabindex="0">
                    <table class="programs cards">
                        <caption class="visually-hidden">{caption}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{locale.pick("Measure", "措施")}</th>
                                <th scope="col">{locale.pick("Instrument", "工具")}</th>
                                <th scope="col">{locale.pick("Who may apply", "申请对象")}</th>
                                <th scope="col">{locale.pick("Offers", "支持内容")}</th>
                                {status.then(|| view! { <th scope="col">{locale.pick("Status", "状态")}</th> })}
                            </tr>
                        </thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}
