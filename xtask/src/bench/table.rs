//! The table.

use oarlock::Step;

use super::document::Measured;

/// The names of the columns.
pub(crate) const HEAD: &str = "\
document                             kB    load upgrade    spec   lower    plan    emit  format   write |   total     cpu   MB/s  peak MiB   lines
                                           ms, those of emit and format summed over the threads           |      ms      ms";

/// The row of a document.
pub(crate) fn row(name: &str, measured: &Measured) -> String {
    let mut row = format!("{name:<34} {:>6}", measured.bytes / 1000);
    for step in Step::ALL {
        let time = measured.steps.get(step.as_str());
        let time = time.copied().unwrap_or_default();
        row.push_str(&format!(" {time:>7.1}"));
    }
    let peak = measured.peak_bytes.map_or(0, |bytes| bytes >> 20);
    row.push_str(&format!(
        " {:>7.1} | {:>7.1} {:>7.0} {:>6.1} {peak:>9} {:>7}",
        measured.write,
        measured.total,
        measured.cpu.unwrap_or_default(),
        speed(measured),
        measured.lines
    ));
    row
}

/// Megabytes of document a second.
fn speed(measured: &Measured) -> f64 {
    #[allow(
        clippy::cast_precision_loss,
        reason = "documents are smaller than that"
    )]
    let bytes = measured.bytes as f64;
    bytes / 1000.0 / measured.total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_all_columns() {
        let measured = Measured {
            bytes: 2_000_000,
            lines: 10,
            steps: [("load".to_owned(), 1.5), ("format".to_owned(), 20.0)].into(),
            total: 100.0,
            write: 3.0,
            cpu: Some(150.0),
            peak_bytes: Some(5 << 20),
        };
        let row = row("pets", &measured);
        let words: Vec<&str> = row.split_whitespace().collect();
        let expected = [
            "pets", "2000", "1.5", "0.0", "0.0", "0.0", "0.0", "0.0", "20.0", "3.0", "|", "100.0",
            "150", "20.0", "5", "10",
        ];
        assert_eq!(words, expected);
    }
}
