//! Link previews: Open Graph (<https://ogp.me>) and X cards.

use leptos::prelude::*;
use leptos_meta::Meta;

use super::{
    downloads::{ExportLinks, beside},
    location,
    location::absolute,
};
use crate::text::Locale;

/// Width and height of every preview image, in pixels.
const CARD: (&str, &str) = ("1200", "630");

/// Preview metadata of a page. A page without rows uses the image of the front page.
#[component]
pub fn ShareHead(
    locale: Locale,
    title: String,
    description: String,
    take: ExportLinks,
    /// Canonical address of the displayed state.
    address: String,
) -> impl IntoView {
    let picture = match take {
        ExportLinks::Nothing => location::keep_state(format!("/{locale}/card.png")),
        ExportLinks::Rows | ExportLinks::RowsAndChart => beside("card.png"),
    };
    let picture = absolute(&picture);
    let region = |locale: Locale| locale.pick("en_GB", "zh_CN");
    let other = locale.pick(Locale::Zh, Locale::En);
    view! {
        <Meta property="og:type" content="article"/>
        <Meta property="og:site_name" content=locale.pick("Micro-Drama Observatory", "微短剧观察")/>
        <Meta property="og:locale" content=region(locale)/>
        <Meta property="og:locale:alternate" content=region(other)/>
        <Meta property="og:title" content=title.clone()/>
        <Meta property="og:description" content=description.clone()/>
        <Meta property="og:url" content=address/>
        <Meta property="og:image" content=picture.clone()/>
        <Meta property="og:image:type" content="image/png"/>
        <Meta property="og:image:width" content=CARD.0/>
        <Meta property="og:image:height" content=CARD.1/>
        <Meta property="og:image:alt" content=title.clone()/>
        <Meta name="twitter:card" content="summary_large_image"/>
        <Meta name="twitter:title" content=title.clone()/>
        <Meta name="twitter:description" content=description/>
        <Meta name="twitter:image" content=picture/>
        <Meta name="twitter:image:alt" content=title/>
    }
}
