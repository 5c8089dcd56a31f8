//! What closes within 90 days, for the front page, the list and the pages of places.

use leptos::prelude::*;

use crate::{
    components::inline::{Date, Linked, Name},
    loaders::programs::{closing, rows::ProgramRow},
    text::{Locale, PartialDate, date, number::grouped},
};

/// The programmes that close soon, or a sentence that none is known. `list` is the address of the list by closing date.
#[component]
pub fn ClosingSoon(locale: Locale, closing: closing::ClosingSoon, list: String) -> impl IntoView {
    let closing::ClosingSoon { until, rows, all } = closing;
    let until = date::day(until, locale);
    let all_dates = locale.pick("All programmes by closing date", "全部政策（按截止日期排序）");
    let more = (rows.len() < all).then(|| {
        let count = grouped(all.into());
        locale.pick(format!("{count} close by {until}. "), format!("至{until}截止的共{count}项。"))
    });
    let none = rows.is_empty().then(|| {
        locale.pick(
            format!("No programme is known to close by {until}. "),
            format!("至{until}，暂未查到将截止的政策。"),
        )
    });
    let items = rows.into_iter().map(|row| view! { <Item locale row/> }).collect_view();
    view! {
        {(none.is_none()).then(|| view! { <ul class="plain programs-closing">{items}</ul> })}
        <p class="result">{none} {more} <a href=list>{all_dates}</a></p>
    }
}

#[component]
fn Item(locale: Locale, row: ProgramRow) -> impl IntoView {
    let closes = row.program.closing(row.day);
    view! {
        <li>
            <Linked locale room="programs" of=row.program.named/>
            <span class="under">
                {closes.map(|(kind, on)| view! { {kind.name(locale)} " " <Closes locale on/> " · " })}
                <Name locale of=row.program.jurisdiction/>
            </span>
        </li>
    }
}

/// A closing date: `27 Nov 2026`; of a month or year, its end: `by the end of 2027`.
#[component]
pub fn Closes(locale: Locale, on: PartialDate) -> impl IntoView {
    let is_day = on.first_day() == on.last_day();
    let before = (!is_day).then(|| locale.pick("by the end of ", ""));
    let after = (!is_day).then(|| locale.pick("", "底前"));
    view! { <span class="nowrap">{before}<Date locale of=on/>{after}</span> }
}
