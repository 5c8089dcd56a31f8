//! A drawing before it is drawn: shapes and words with their places, in the units of the drawing's `viewBox`.

use super::{
    font::{ASCENT, DESCENT, width},
    theme::Paint,
};

/// Across from the left, down from the top.
pub type Spot = (f64, f64);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    pub width: f64,
    pub height: f64,
    /// The size of words that do not say otherwise.
    pub text: f64,
    /// From back to front.
    pub groups: Vec<SceneGroup>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SceneGroup {
    /// What the group is: its class in the page.
    pub name: &'static str,
    pub shapes: Vec<Shape>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A line through spots.
    Path {
        spots: Vec<Spot>,
        stroke: Stroke,
    },
    /// A closed outline.
    Area {
        spots: Vec<Spot>,
        fill: Option<Fill>,
        stroke: Option<Stroke>,
    },
    Disc {
        centre: Spot,
        radius: f64,
        fill: Option<Fill>,
        stroke: Option<Stroke>,
    },
    Words(Words),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub paint: Paint,
    pub width: f64,
    pub dash: Dash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    Solid,
    /// A forecast.
    Forecast,
    /// A policy date, a leader from a mark to its name.
    Dotted,
    /// The seventh series and those after, whose colours are taken.
    Long,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    pub paint: Paint,
    /// 0 to 1.
    pub opacity: f64,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    pub text: String,
    /// Where the baseline begins, has its middle or ends.
    pub at: Spot,
    pub anchor: Anchor,
    pub size: f64,
    pub paint: Paint,
    pub strong: bool,
    /// Whether the ground shows around the letters, to keep them readable across lines.
    pub halo: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Bounds {
    pub fn meets(self, other: Bounds) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub fn within(self, other: Bounds) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }

    /// Larger on every side.
    pub fn grown(self, by: f64) -> Bounds {
        Bounds { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub fn around(centre: Spot, half: f64) -> Bounds {
        Bounds { left: centre.0, top: centre.1, right: centre.0, bottom: centre.1 }.grown(half)
    }

    /// Whether a straight line from one spot to another passes through (Liang and Barsky's clipping).
    pub fn crossed_by(self, from: Spot, to: Spot) -> bool {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (step, room) in [
            (-dx, from.0 - self.left),
            (dx, self.right - from.0),
            (-dy, from.1 - self.top),
            (dy, self.bottom - from.1),
        ] {
            if step == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if step < 0.0 {
                enter = enter.max(room / step);
            } else {
                leave = leave.min(room / step);
            }
        }
        enter <= leave
    }
}

impl Stroke {
    pub fn new(paint: Paint, width: f64) -> Self {
        Stroke { paint, width, dash: Dash::Solid }
    }

    pub fn dashed(self, dash: Dash) -> Self {
        Stroke { dash, ..self }
    }
}

impl Fill {
    pub fn new(paint: Paint) -> Self {
        Fill { paint, opacity: 1.0 }
    }
}

impl Words {
    pub fn new(text: impl Into<String>, at: Spot, size: f64) -> Self {
        let text = text.into();
        Words { text, at, anchor: Anchor::Start, size, paint: Paint::Quiet, strong: false, halo: false }
    }

    pub fn anchored(self, anchor: Anchor) -> Self {
        Words { anchor, ..self }
    }

    pub fn painted(self, paint: Paint) -> Self {
        Words { paint, ..self }
    }

    /// Where the words stand, in the widest font a reader is likely to have.
    pub fn bounds(&self) -> Bounds {
        let wide = width(&self.text, self.size) * if self.strong { STRONGER } else { 1.0 };
        let left = self.at.0
            - match self.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => wide / 2.0,
                Anchor::End => wide,
            };
        Bounds {
            left,
            right: left + wide,
            top: self.at.1 - self.size * ASCENT,
            bottom: self.at.1 + self.size * DESCENT,
        }
    }
}

/// How much wider bold words are.
pub const STRONGER: f64 = 1.12;

impl Shape {
    fn paints_mut(&mut self) -> impl Iterator<Item = &mut Paint> {
        let (one, two) = match self {
            Shape::Path { stroke, .. } => (Some(&mut stroke.paint), None),
            Shape::Area { fill, stroke, .. } | Shape::Disc { fill, stroke, .. } => {
                (fill.as_mut().map(|fill| &mut fill.paint), stroke.as_mut().map(|stroke| &mut stroke.paint))
            }
            Shape::Words(words) => (Some(&mut words.paint), None),
        };
        one.into_iter().chain(two)
    }

    fn moved(self, (dx, dy): Spot) -> Shape {
        let at = |(x, y): Spot| (x + dx, y + dy);
        let all = |spots: Vec<Spot>| spots.into_iter().map(at).collect();
        match self {
            Shape::Path { spots, stroke } => Shape::Path { spots: all(spots), stroke },
            Shape::Area { spots, fill, stroke } => Shape::Area { spots: all(spots), fill, stroke },
            Shape::Disc { centre, radius, fill, stroke } => {
                Shape::Disc { centre: at(centre), radius, fill, stroke }
            }
            Shape::Words(words) => Shape::Words(Words { at: at(words.at), ..words }),
        }
    }
}

impl Scene {
    /// The same further right and down.
    pub fn moved(self, by: Spot) -> Scene {
        let groups = self.groups.into_iter().map(|group| SceneGroup {
            name: group.name,
            shapes: group.shapes.into_iter().map(|shape| shape.moved(by)).collect(),
        });
        Scene { groups: groups.collect(), ..self }
    }

    /// Lets everything of other series than this slot's step back, and its own stand in front.
    pub fn focus_on(&mut self, slot: usize) {
        let of = |paint: Paint| matches!(paint, Paint::Series(other) if other == slot);
        for group in &mut self.groups {
            for shape in &mut group.shapes {
                // Words stay as dark as words must be.
                let back = if matches!(shape, Shape::Words(_)) { Paint::Quiet } else { Paint::Muted };
                for paint in shape.paints_mut() {
                    if matches!(paint, Paint::Series(_)) && !of(*paint) {
                        *paint = back;
                    }
                }
            }
        }
        let rank = |group: &SceneGroup| -> usize {
            let own = group.shapes.iter().any(|shape| shape.clone().paints_mut().any(|paint| of(*paint)));
            (group.name == "series" && own).into()
        };
        if let (Some(first), Some(last)) = (
            self.groups.iter().position(|group| group.name == "series"),
            self.groups.iter().rposition(|group| group.name == "series"),
        ) {
            self.groups[first..=last].sort_by_key(rank);
        }
    }

    pub fn group(&mut self, name: &'static str, shapes: Vec<Shape>) {
        if !shapes.is_empty() {
            self.groups.push(SceneGroup { name, shapes });
        }
    }

    /// Whether every word stands inside, and none meets another.
    pub fn is_legible(&self) -> bool {
        let frame = Bounds { left: -1.0, top: -1.0, right: self.width + 1.0, bottom: self.height + 1.0 };
        let words: Vec<Bounds> = self.words().map(Words::bounds).collect();
        words.iter().enumerate().all(|(at, one)| {
            // A box stands taller than its letters: lines of one text may share the rim.
            let clear = Bounds { top: one.top + 2.0, bottom: one.bottom - 2.0, ..*one };
            one.within(frame) && !words[at + 1..].iter().any(|other| clear.meets(*other))
        })
    }

    pub fn words(&self) -> impl Iterator<Item = &Words> {
        self.groups.iter().flat_map(|group| &group.shapes).filter_map(|shape| match shape {
            Shape::Words(words) => Some(words),
            _ => None,
        })
    }

    #[cfg(test)]
    pub fn shapes(&self, group: &'static str) -> impl Iterator<Item = &Shape> {
        self.groups.iter().filter(move |each| each.name == group).flat_map(|each| &each.shapes)
    }
}

/// A line of two spots.
pub fn line(from: Spot, to: Spot, stroke: Stroke) -> Shape {
    Shape::Path { spots: vec![from, to], stroke }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_crosses_a_box_only_where_it_passes_through() {
        let bounds = Bounds { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
        assert!(bounds.crossed_by((0.0, 15.0), (30.0, 15.0)));
        assert!(bounds.crossed_by((12.0, 12.0), (13.0, 13.0)));
        assert!(!bounds.crossed_by((0.0, 0.0), (9.0, 30.0)));
        assert!(!bounds.crossed_by((0.0, 25.0), (30.0, 25.0)));
        assert!(!bounds.crossed_by((0.0, 15.0), (9.0, 15.0)));
    }
}
