//! Test assertions that apply to every drawing.

use super::{
    Chart, Foot, Outline,
    scene::{Bounds, Scene},
    sheet::{Layout, NARROW, WIDE},
    theme::Theme,
};

/// Names of companies and places in every script that the shipped fonts must cover.
pub const NAMES: [&str; 16] = [
    "鑫淼睿研究院",
    "鑫昊影业",
    "点铄文化",
    "喆堃垚犇骉骎赟䶮𬭎",
    "微短劇・數位內容",
    "ＡＢＣ影业集团２０２５",
    "⼤⽂影业",
    "Việt Media Lab · Nghệ thuật Đông Dương",
    "Société Drama — Étoile « Verticale »",
    "Łódź Ğőşçıř Þórður Ħaż-Żgħir Ǆ Ș Ț",
    "cafe\u{301} n\u{303} o\u{302}\u{323}",
    "콘진원 한국콘텐츠진흥원",
    "キャッシュバック ｱﾆﾒ ぁ々〆",
    "Διαδρομή Київ Ђорђе Қазақстан",
    "₫ ₹ ₩ € £ ¥ ₽ ₺ ₿ ￥ ￠",
    "№ ™ ‰ ± ≈ ≤ ≥ → ↑ ↓ … – — “ ” ① ㈱ ㎡ ℃ Ⅳ",
];

impl Chart {
    /// Asserts that the text of the wide and of the narrow drawing is legible.
    pub fn check_words(&self, what: &str) {
        for (layout, name) in [(WIDE, "wide"), (NARROW, "narrow")] {
            check_words(&self.compose(&layout, Theme::Page), &layout, &format!("{what} {name}"));
        }
    }

    /// Asserts that each picture has the size of its outline; a picture reaches that size only if its text is legible in it.
    pub fn check_pictures(&self, what: &str) {
        let foot = Foot {
            locale: crate::text::Locale::En,
            revision: 1,
            published_on: Default::default(),
            licence: "CC BY 4.0",
            address: "https://observatory.example/en/explore".into(),
        };
        for (name, outline) in Outline::WORDS {
            let picture = self.picture(outline, Theme::Light, &foot);
            assert_eq!(picture.width, outline.size().0, "{what} {name}");
            assert!(picture.height < picture.width * 3, "{what} {name} is {} tall", picture.height);
        }
    }
}

/// Asserts that every text lies inside the drawing and that no two overlap.
pub fn check_words(scene: &Scene, layout: &Layout, what: &str) {
    let frame = Bounds { left: -1.0, top: -1.0, right: layout.width + 1.0, bottom: scene.height + 1.0 };
    let words: Vec<_> = scene.words().collect();
    for (index, one) in words.iter().enumerate() {
        let bounds = one.bounds();
        assert!(one.size >= 12.0, "{what}: “{}” is too small", one.text);
        assert!(bounds.within(frame), "{what}: “{}” leaves the drawing: {bounds:?}", one.text);
        for other in &words[index + 1..] {
            // A bounding box is taller than its glyphs: lines of one text may share an edge.
            let clear = Bounds { top: bounds.top + 2.0, bottom: bounds.bottom - 2.0, ..bounds };
            assert!(!clear.meets(other.bounds()), "{what}: “{}” meets “{}”", one.text, other.text);
        }
    }
}
