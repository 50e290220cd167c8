//! Media types as headers name them.

use http::HeaderValue;

/// A media type without its parameters, such as `charset`.
pub(super) fn essence(text: &str) -> &str {
    text.split(';').next().unwrap_or_default().trim()
}

/// Which of the declared media types is the one that stands in a header. An exact one comes before one
/// with a star, such as `text/*`, and that before `*/*`; all kinds of JSON are the same.
pub(crate) fn position(declared: &[&str], found: &str) -> Option<usize> {
    let found = essence(found);
    let is_json = is_json(found);
    let fits: [&dyn Fn(&str) -> bool; 4] = [
        &|it| it.eq_ignore_ascii_case(found),
        &|it| is_json && self::is_json(it),
        &|it| is_in_range(it, found),
        &|it| it == "*/*",
    ];
    let mut fits = fits.iter();
    fits.find_map(|fits| declared.iter().position(|it| fits(essence(it))))
}

/// The `Content-Type` of bytes that may say what they are: one of the declared media types, by default
/// the first that has no star in it. Nothing if it is none of them, or cannot be sent.
pub(crate) fn of_bytes(declared: &[&str], said: Option<&str>) -> Option<HeaderValue> {
    let Some(said) = said else {
        let concrete = declared.iter().find(|it| !it.contains('*'));
        let media_type = concrete.map_or("application/octet-stream", |it| *it);
        return HeaderValue::from_str(media_type).ok();
    };
    position(declared, said)?;
    HeaderValue::from_str(said).ok()
}

/// Which of the offered media types fits an `Accept` best, the first of equals. Nothing if none does.
pub fn best<'o>(offered: &[&'o str], accept: &str) -> Option<&'o str> {
    if accept.trim().is_empty() {
        return offered.first().copied();
    }
    let mut best: Option<(&'o str, u32)> = None;
    for offer in offered {
        let weight = weight(accept, essence(offer));
        if weight > best.map_or(0, |(_, weight)| weight) {
            best = Some((*offer, weight));
        }
    }
    best.map(|(offer, _)| offer)
}

/// How much a media type is wanted, in thousandths: what the most specific range that holds it says.
fn weight(accept: &str, offer: &str) -> u32 {
    let mut found = (0, 0);
    for range in accept.split(',') {
        let mut parts = range.split(';');
        let name = parts.next().unwrap_or_default().trim();
        let rank = if name.eq_ignore_ascii_case(offer) {
            3
        } else if is_in_range(name, offer) {
            2
        } else if name == "*/*" || offer.contains('*') && is_in_range(offer, name) {
            1
        } else {
            continue;
        };
        let quality = parts.find_map(|it| it.trim().strip_prefix("q=")?.parse::<f32>().ok());
        let quality = quality.map_or(1000, |quality| (quality.clamp(0.0, 1.0) * 1000.0) as u32);
        found = found.max((rank, quality));
    }
    found.1
}

/// Whether a media type is JSON, whatever its parameters.
pub(super) fn is_json(text: &str) -> bool {
    let essence = essence(text).to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Whether a range such as `text/*` holds a media type.
fn is_in_range(range: &str, found: &str) -> bool {
    let Some(kind) = range.strip_suffix("/*").filter(|kind| *kind != "*") else {
        return false;
    };
    let found = found.split_once('/');
    found.is_some_and(|(found, _)| found.eq_ignore_ascii_case(kind))
}
