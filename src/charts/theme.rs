//! Colours of a drawing. Shapes name the purpose of a colour; a theme maps it to a value.

use std::borrow::Cow;

use plotters::style::RGBColor;

/// Where a drawing is displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// In a page: colours are the page's custom properties and so follow light and dark mode, print and forced colours.
    Page,
    /// In a standalone file, on white.
    Light,
    /// In a standalone file, on dark.
    Dark,
}

/// Purpose of a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    Ink,
    Quiet,
    Hairline,
    Accent,
    /// Background: the inside of hollow markers, the halo of text.
    Ground,
    /// A series in the background while another is highlighted.
    Muted,
    /// Colour of a series slot; colours repeat after six.
    Series(usize),
}

/// Number of series colours.
pub const COLOURS: usize = 6;

/// Font families of a standalone picture: first those used to measure the text.
pub const FAMILY: &str =
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Noto Sans', sans-serif";

const NAMES: [&str; 6] =
    ["var(--ink)", "var(--ink-2)", "var(--line)", "var(--accent)", "var(--ground)", "var(--control)"];
const SERIES: [&str; COLOURS] = [
    "var(--series-1)",
    "var(--series-2)",
    "var(--series-3)",
    "var(--series-4)",
    "var(--series-5)",
    "var(--series-6)",
];
const LIGHT: [u32; 12] = [
    0x1A1D21, 0x525962, 0xDAD7CF, 0x9E1B32, 0xFFFFFF, 0x80868E, 0x0B5CAD, 0xC04A12, 0x26754A, 0x7A3E9D,
    0x806400, 0x4A5560,
];
const DARK: [u32; 12] = [
    0xECEAE4, 0xAEB5BD, 0x363C43, 0xFF8FA3, 0x14171A, 0x7C848D, 0x6FB1FF, 0xFF9B62, 0x63C48D, 0xC79BEA,
    0xE0BE4A, 0xA7B2BD,
];

impl Paint {
    fn index(self) -> usize {
        match self {
            Paint::Ink => 0,
            Paint::Quiet => 1,
            Paint::Hairline => 2,
            Paint::Accent => 3,
            Paint::Ground => 4,
            Paint::Muted => 5,
            Paint::Series(slot) => NAMES.len() + slot % COLOURS,
        }
    }
}

impl Theme {
    /// Returns the colour for plotters.
    pub fn rgb(self, paint: Paint) -> RGBColor {
        let table = if self == Theme::Dark { DARK } else { LIGHT };
        let [_, red, green, blue] = table[paint.index()].to_be_bytes();
        RGBColor(red, green, blue)
    }

    /// Returns the CSS notation of a colour: a custom property in a page, the value elsewhere. No two purposes share a colour, so the value
    /// identifies the custom property.
    pub fn css(self, (red, green, blue): (u8, u8, u8)) -> Cow<'static, str> {
        let value = u32::from_be_bytes([0, red, green, blue]);
        let name = (self == Theme::Page).then(|| LIGHT.iter().position(|known| *known == value)).flatten();
        match name {
            Some(index) if index < NAMES.len() => NAMES[index].into(),
            Some(index) => SERIES[index - NAMES.len()].into(),
            None => format!("#{value:06x}").into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_colours_and_a_file_gives_them() {
        for (paint, name) in [
            (Paint::Ground, "var(--ground)"),
            (Paint::Series(0), "var(--series-1)"),
            (Paint::Series(7), "var(--series-2)"),
        ] {
            let RGBColor(red, green, blue) = Theme::Page.rgb(paint);
            assert_eq!(Theme::Page.css((red, green, blue)), name);
        }
        let RGBColor(red, green, blue) = Theme::Dark.rgb(Paint::Series(0));
        assert_eq!(Theme::Dark.css((red, green, blue)), "#6fb1ff");
    }

    #[test]
    fn no_two_uses_share_a_colour() {
        for table in [LIGHT, DARK] {
            let distinct: std::collections::BTreeSet<_> = table.iter().collect();
            assert_eq!(distinct.len(), table.len());
        }
    }
}
