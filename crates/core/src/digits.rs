//! Numbers as people write them. Days, moments and amounts are printed many times in every purchase, and
//! the library's own printing takes most of that: a formatter is handed a whole text at once.

use std::fmt;

/// The longest text: a moment with its millionths.
const LONGEST: usize = 27;

/// A short text of ASCII that is put together in place. What does not fit is left out.
#[derive(Default)]
pub(crate) struct Text {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Text {
    /// Adds a character of ASCII.
    pub(crate) fn push(&mut self, character: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = character;
            self.length = self.length.saturating_add(1);
        }
    }

    /// Adds so many of the last digits of a number, with noughts before where it has fewer.
    pub(crate) fn push_digits(&mut self, mut number: u64, count: usize) {
        let end = self.length.saturating_add(count);
        let Some(places) = self.bytes.get_mut(self.length..end) else { return };
        for place in places.iter_mut().rev() {
            *place = b'0' | u8::try_from(number.rem_euclid(10)).unwrap_or_default();
            number = number.div_euclid(10);
        }
        self.length = end;
    }

    /// Adds a fraction of a million behind a point, without noughts at its end; nothing for 0.
    pub(crate) fn push_millionths(&mut self, millionths: u64) {
        if millionths == 0 {
            return;
        }
        self.push(b'.');
        self.push_digits(millionths, 6);
        while self.bytes.get(self.length.saturating_sub(1)) == Some(&b'0') {
            self.length = self.length.saturating_sub(1);
        }
    }

    /// Hands it over.
    pub(crate) fn print(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.bytes.get(..self.length).unwrap_or_default();
        f.write_str(std::str::from_utf8(bytes).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Printed(Text);

    impl fmt::Display for Printed {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.print(f)
        }
    }

    fn printed(write: impl FnOnce(&mut Text)) -> String {
        let mut text = Text::default();
        write(&mut text);
        Printed(text).to_string()
    }

    #[test]
    fn numbers_have_as_many_digits_as_they_are_given() {
        assert_eq!(printed(|text| text.push_digits(7, 4)), "0007");
        assert_eq!(printed(|text| text.push_digits(12_345, 2)), "45");
        assert_eq!(printed(|text| text.push_digits(u64::MAX, 20)), u64::MAX.to_string());
        for (millionths, expected) in [(0, ""), (1, ".000001"), (500_000, ".5"), (120_300, ".1203")] {
            assert_eq!(printed(|text| text.push_millionths(millionths)), expected);
        }
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let full = printed(|text| (0..=LONGEST).for_each(|_| text.push(b'x')));
        assert_eq!(full, "x".repeat(LONGEST));
        assert_eq!(printed(|text| text.push_digits(0, LONGEST + 1)), "");
    }
}
