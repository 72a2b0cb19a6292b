//! Several frames of one person, one similarity.

use crate::embedding::Similarity;

/// The similarities of several frames, fused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fused {
    /// The lower median.
    pub similarity: Similarity,
    /// The lowest of all: one frame that is nobody like the holder is a doubt ([`crate::Thresholds::decide`]).
    pub lowest: Similarity,
    /// How many frames were fused.
    pub frames: usize,
}

/// Fuses by the lower median: of n similarities in ascending order, the one at place (n − 1) / 2, rounded down.
///
/// So it reaches a threshold only when more than half of the frames do (both of two, two of three, three of four).
/// Never the maximum: whoever may send many frames would raise that at will. Not the mean either: one frame with the
/// holder's photograph would lift a stranger's. `None` for no frame.
#[must_use]
pub fn fuse(similarities: &[Similarity]) -> Option<Fused> {
    let mut sorted = similarities.to_vec();
    sorted.sort_by(|a, b| a.value().total_cmp(&b.value()));
    let similarity = *sorted.get(sorted.len().checked_sub(1)? / 2)?;
    Some(Fused {
        similarity,
        lowest: *sorted.first()?,
        frames: sorted.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fused(values: &[f32]) -> Option<f32> {
        let similarities: Vec<_> = values
            .iter()
            .map(|v| Similarity::new(*v).expect("in range"))
            .collect();
        fuse(&similarities).map(|fused| fused.similarity.value())
    }

    #[test]
    fn more_than_half_must_reach_it() {
        assert_eq!(fused(&[]), None);
        assert_eq!(fused(&[0.5]), Some(0.5));
        assert_eq!(fused(&[0.9, 0.1]), Some(0.1));
        assert_eq!(fused(&[0.9, 0.1, 0.6]), Some(0.6));
        assert_eq!(fused(&[0.9, 0.1, 0.2, 0.8]), Some(0.2));
    }

    #[test]
    fn frames_added_by_a_stranger_never_make_a_match_of_a_minority() {
        for strangers in 3..40 {
            let mut values = vec![0.1; strangers];
            values.extend(vec![0.9; strangers]);
            assert_eq!(fused(&values), Some(0.1));
        }
    }
}
