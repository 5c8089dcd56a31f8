//! QR codes of addresses.

use std::fmt::Write;

use qrcodegen::{QrCode as Encoded, QrCodeEcc};

/// A QR code: dark squares on a light ground, with the quiet zone that readers need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    /// Squares per side, quiet zone included.
    pub side: u32,
    /// Runs of dark squares: left, top, width.
    pub runs: Vec<(u32, u32, u32)>,
}

/// Light squares around the code (ISO/IEC 18004 asks for four; two are enough on white paper).
const QUIET: u32 = 2;

impl QrCode {
    /// Encodes a text. `None` if it is longer than a code can hold.
    pub fn of(text: &str) -> Option<QrCode> {
        let encoded = Encoded::encode_text(text, QrCodeEcc::Low).ok()?;
        let size = encoded.size();
        let mut runs = Vec::new();
        for y in 0..size {
            let mut x = 0;
            while x < size {
                let from = x;
                while x < size && encoded.get_module(x, y) {
                    x += 1;
                }
                if x > from {
                    let placed = |at: i32| at.unsigned_abs() + QUIET;
                    runs.push((placed(from), placed(y), (x - from).unsigned_abs()));
                }
                x += 1;
            }
        }
        Some(QrCode { side: size.unsigned_abs() + 2 * QUIET, runs })
    }

    /// Outline of the dark squares as SVG path data.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (x, y, width) in &self.runs {
            let _ = write!(path, "M{x} {y}h{width}v1h-{width}z");
        }
        path
    }

    /// The code as an SVG document.
    pub fn svg(&self) -> String {
        let (side, path) = (self.side, self.path());
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{0}\" viewBox=\"0 0 {side} {side}\">\
             <path d=\"M0 0H{side}V{side}H0z\" fill=\"#ffffff\"/><path d=\"{path}\" fill=\"#000000\"/></svg>",
            side * 8
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_the_three_corners_that_readers_look_for() {
        let code = QrCode::of("https://observatory.test/en/places/shanghai-pudong").unwrap();
        let dark = |x: u32, y: u32| {
            code.runs.iter().any(|(left, top, width)| *top == y && (*left..left + width).contains(&x))
        };
        let last = code.side - QUIET - 7;
        for (left, top) in [(QUIET, QUIET), (last, QUIET), (QUIET, last)] {
            assert!((0..7).all(|at| dark(left + at, top) && dark(left, top + at)), "{left} {top}");
            assert!(!dark(left + 1, top + 1) && dark(left + 3, top + 3), "{left} {top}");
        }
        assert!((0..code.side).all(|at| !dark(at, 0) && !dark(0, at)), "a quiet zone");
        assert!(code.path().starts_with(&format!("M{QUIET} {QUIET}h7v1h-7z")));
        assert_eq!(QrCode::of(&"a".repeat(4000)), None);
    }
}
