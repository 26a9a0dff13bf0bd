//! Tables as texts: a column a situation, a row a command.

/// Compares what is found with a table as it is written, whatever aligns it there.
pub(crate) fn compare(written: &str, heads: &[String], rows: &[(&str, Vec<String>)]) {
    let head = row("", heads);
    let found: Vec<String> =
        std::iter::once(head).chain(rows.iter().map(|(name, cells)| row(name, cells))).collect();
    let expected: Vec<String> = written.lines().skip(1).map(spaced_evenly).collect();
    assert_eq!(found, expected, "\n{}\n", found.join("\n"));
}

fn row(head: &str, cells: &[String]) -> String {
    let cells: String = cells.iter().map(|cell| format!(" | {cell}")).collect();
    format!("{head}{cells}")
}

fn spaced_evenly(line: &str) -> String {
    line.split('|').map(str::trim).collect::<Vec<&str>>().join(" | ")
}
