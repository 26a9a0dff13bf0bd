/// Random choices: the same ones from the same seed, on every machine (SplitMix64).
pub struct Dice(u64);

impl Dice {
    /// Dice that fall by this seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.roll() % (most - least + 1)
    }

    /// A number from 1 to `most`, of few digits as often as of many.
    ///
    /// # Panics
    /// Where `most` is zero.
    pub fn of_any_size(&mut self, most: u64) -> u64 {
        let digits = self.between(1, u64::from(most.ilog10()) + 1);
        let bound = 10_u64.saturating_pow(u32::try_from(digits).unwrap()).min(most);
        self.between(1, bound)
    }

    /// Yes, once in so many times.
    pub fn one_in(&mut self, many: u64) -> bool {
        self.between(1, many) == 1
    }

    /// One of these.
    ///
    /// # Panics
    /// Where there are none.
    pub fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        let last = choices.len() as u64 - 1;
        choices[self.between(0, last) as usize].clone()
    }
}
