//! How the cost grows with the size of a document.

use super::document::Measured;

/// The exponents of time and memory of documents of several sizes: 1 is linear. Nothing for fewer than two.
pub(crate) fn exponents(documents: &[Measured]) -> Option<String> {
    #[allow(clippy::cast_precision_loss, reason = "sizes are not that large")]
    let points = |of: fn(&Measured) -> Option<f64>| -> Option<Vec<(f64, f64)>> {
        let points = documents.iter().map(|it| Some((it.bytes as f64, of(it)?)));
        points.collect()
    };
    #[allow(clippy::cast_precision_loss, reason = "memory is not that large")]
    let memory = points(|it| it.peak_bytes.map(|bytes| bytes as f64))?;
    let time = exponent(&points(|it| Some(it.total))?)?;
    let cpu = exponent(&points(|it| it.cpu)?)?;
    let memory = exponent(&memory)?;
    Some(format!(
        "the made documents grow with the exponents {time:.3} (time), {cpu:.3} (cpu), {memory:.3} (memory)"
    ))
}

/// The slope of the line through the logarithms that fits best (least squares). Nothing for one size only.
fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let logarithms: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    #[allow(clippy::cast_precision_loss, reason = "there are few points")]
    let count = logarithms.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| logarithms.iter().map(of).sum::<f64>() / count;
    let (mean_x, mean_y) = (mean(|it| it.0), mean(|it| it.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
        let terms = logarithms.iter();
        terms.map(|(x, y)| of(x - mean_x, y - mean_y)).sum()
    };
    let slope = sum(&|x, y| x * y) / sum(&|x, _| x * x);
    slope.is_finite().then_some(slope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_found() {
        for power in [0.5, 1.0, 1.7] {
            let points = [1.0_f64, 10.0, 100.0, 1000.0].map(|x| (x, 3.0 * x.powf(power)));
            let found = exponent(&points).expect("there are several sizes");
            assert!((found - power).abs() < 1e-9, "{found} is not {power}");
        }
        assert_eq!(exponent(&[(1.0, 1.0)]), None);
    }
}
