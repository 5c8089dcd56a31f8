//! What this site corrected in the figures of one period.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    components::inline::Name,
    domain::observations::history::Correction,
    text::{Locale, Unit, date},
};

/// What this site itself corrected, apart from what sources revised.
#[component]
pub fn Corrections(locale: Locale, unit: Unit, corrections: Vec<(Correction, NaiveDate)>) -> impl IntoView {
    let none = corrections.is_empty().then(|| {
        let text = locale.pick(
            "None: this site has shown these figures unchanged since it first published them.",
            "无：自首次收录以来，本站从未改动这些数据。",
        );
        view! { <p>{text}</p> }
    });
    let items = corrections
        .into_iter()
        .map(|(one, on)| {
            let Correction { before, now, revision } = one;
            let text = match &now {
                None => locale.pick("withdrawn".to_owned(), "已撤回".to_owned()),
                Some(now) if now.worded_exactly(&unit, locale) == before.worded_exactly(&unit, locale) => locale
                    .pick(
                        "figure unchanged; its note, producer or standing was corrected".to_owned(),
                        "数值未变，更正了说明、数据方或主次".to_owned(),
                    ),
                Some(now) => format!("→ {}", now.worded_exactly(&unit, locale)),
            };
            let day = date::day(on, locale);
            let named = locale.pick(
                format!("Revision {revision}, {day}"),
                format!("数据版本{revision}（{day}）"),
            );
            view! {
                <li>
                    <a href=format!("/{locale}/data/revisions/{revision}")>{named}</a>
                    {locale.pick(": ", "：")}
                    {before.worded_exactly(&unit, locale)} " " {text} " · " <Name locale of=before.producer.named/> " · "
                    <a href=format!("/{locale}/sources/{}", before.source.id)>{before.source.short(locale)}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="taken" id="corrections">
            <h2>{locale.pick("Corrections by this site", "本站的更正")}</h2>
            {none}
            <ul class="plain">{items}</ul>
        </section>
    }
}
