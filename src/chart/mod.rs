#[cfg(feature = "ssr")]
mod model;
pub mod view;
#[cfg(feature = "ssr")]
pub use model::{Bound, Flag, Kind, Nature, Point, Series, TimeChart};
pub use view::ChartView;
#[cfg(feature = "ssr")]
pub fn view(_: &TimeChart) -> ChartView {
    unreachable!()
}
#[cfg(feature = "ssr")]
pub fn spark(_: &Series) -> String {
    String::new()
}
