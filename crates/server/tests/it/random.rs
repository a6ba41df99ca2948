//! Chance that can be repeated: the same seed, the same story (splitmix64). Not for secrets.

/// A seeded source of numbers.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// A place in a list of this length; 0 for an empty one.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length.max(1) as u64)).expect("it is below a length")
    }

    /// A text of fewer than `end` characters from all of Unicode.
    pub(crate) fn text(&mut self, end: u64) -> String {
        (0..self.below(end)).filter_map(|_| char::from_u32(u32::try_from(self.below(0x11_0000)).unwrap_or_default())).collect()
    }
}
