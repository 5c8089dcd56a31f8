//! Downsampling of lines with more points than can be distinguished. Applies to drawings only, never to tables or files.

use crate::charts::scene::Spot;

/// Maximum number of points of a line that a drawing of 800 units can show.
const MAX: usize = 400;

/// Returns the indices of the points to draw: all of them, or those that preserve the shape of the line. Implements Steinarsson's
/// largest-triangle-three-buckets: from each bucket it keeps the point that forms the largest triangle with the point kept before and the
/// mean of the next bucket.
pub fn indices(spots: &[Spot]) -> Vec<usize> {
    if spots.len() <= MAX {
        return (0..spots.len()).collect();
    }
    let last = spots.len() - 1;
    let size = (last - 1) as f64 / (MAX - 2) as f64;
    let start = |bucket: usize| 1 + (bucket as f64 * size).floor() as usize;
    let mut indices = vec![0];
    let mut before = spots[0];
    for bucket in 0..MAX - 2 {
        let own = start(bucket)..start(bucket + 1).min(last);
        let next = &spots[own.end..start(bucket + 2).min(last).max(own.end + 1)];
        let count = next.len() as f64;
        let mean = (
            next.iter().map(|spot| spot.0).sum::<f64>() / count,
            next.iter().map(|spot| spot.1).sum::<f64>() / count,
        );
        let area = |at: usize| {
            let (x, y) = spots[at];
            ((before.0 - mean.0) * (y - before.1) - (before.0 - x) * (mean.1 - before.1)).abs()
        };
        if let Some(best) = own.max_by(|a, b| area(*a).total_cmp(&area(*b))) {
            indices.push(best);
            before = spots[best];
        }
    }
    indices.push(last);
    indices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_spots_are_all_drawn() {
        assert_eq!(indices(&[(0.0, 1.0), (1.0, 2.0)]), [0, 1]);
        assert!(indices(&[]).is_empty());
    }

    #[test]
    fn of_many_the_ends_and_the_peak_stay() {
        let spots: Vec<Spot> =
            (0..5000).map(|x| (f64::from(x), if x == 3210 { 90.0 } else { f64::from(x % 7) })).collect();
        let indices = indices(&spots);
        assert_eq!(indices.len(), MAX);
        assert!(indices.windows(2).all(|pair| pair[0] < pair[1]), "in order, each once");
        assert_eq!((indices[0], indices[MAX - 1]), (0, 4999));
        assert!(indices.contains(&3210));
    }
}
