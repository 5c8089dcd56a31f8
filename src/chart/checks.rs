//! What every drawing must keep to, for tests.

use super::{
    scene::{Bounds, Scene},
    sheet::Layout,
};

/// Every text stands inside the drawing, and no two meet.
pub fn check_words(scene: &Scene, layout: &Layout, what: &str) {
    let frame = Bounds { left: -1.0, top: -1.0, right: layout.width + 1.0, bottom: scene.height + 1.0 };
    let words: Vec<_> = scene.words().collect();
    for (index, one) in words.iter().enumerate() {
        let bounds = one.bounds();
        assert!(one.size >= 12.0, "{what}: “{}” is too small", one.text);
        assert!(bounds.within(frame), "{what}: “{}” leaves the drawing: {bounds:?}", one.text);
        for other in &words[index + 1..] {
            // A box stands taller than its letters: lines of one text may share the rim.
            let clear = Bounds { top: bounds.top + 2.0, bottom: bounds.bottom - 2.0, ..bounds };
            assert!(!clear.meets(other.bounds()), "{what}: “{}” meets “{}”", one.text, other.text);
        }
    }
}
