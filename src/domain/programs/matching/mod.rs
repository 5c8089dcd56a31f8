//! Matching of programmes to a firm: rules over what the columns of a programme state. Words in notes decide nothing.

pub mod query;
pub mod reasons;
pub mod rules;
pub mod worked;

pub use query::{MatchGroup, MatchQuery, Need};
pub use reasons::{Condition, Match};
pub use rules::{Activities, Answer, Judged, judge};
