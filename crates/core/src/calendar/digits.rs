//! Numbers of a fixed width. Days and moments are printed many times in every purchase, and the
//! library's own printing takes most of that.

use std::fmt::{self, Write};

/// Prints the last digits of a number, as many as the places: 10 prints two, 1,000 four.
pub(super) fn print(f: &mut fmt::Formatter<'_>, number: u32, mut place: u32) -> fmt::Result {
    while let Some(rest) = number.checked_div(place) {
        f.write_char(char::from_digit(rest.rem_euclid(10), 10).unwrap_or('0'))?;
        place = place.div_euclid(10);
    }
    Ok(())
}

/// Prints a fraction of a million behind a point, without noughts at its end; nothing for 0.
pub(super) fn print_millionths(f: &mut fmt::Formatter<'_>, millionths: u32) -> fmt::Result {
    if millionths == 0 {
        return Ok(());
    }
    f.write_char('.')?;
    let (mut left, mut place) = (millionths.rem_euclid(1_000_000), 100_000_u32);
    while let (true, Some(digit)) = (left > 0, left.checked_div(place)) {
        f.write_char(char::from_digit(digit, 10).unwrap_or('0'))?;
        left = left.rem_euclid(place);
        place = place.div_euclid(10).max(1);
    }
    Ok(())
}
