//! Media types as headers name them.

use http::HeaderValue;

/// A media type without its parameters, such as `charset`.
pub(super) fn essence(text: &str) -> &str {
    text.split(';').next().unwrap_or_default().trim()
}

/// Which of the declared media types is the one that stands in a header. An exact one comes before one
/// with a star, such as `text/*`, and that before `*/*`; all kinds of JSON are the same.
pub(super) fn position(declared: &[&str], found: &str) -> Option<usize> {
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
pub(super) fn of_bytes(declared: &[&str], said: Option<&str>) -> Option<HeaderValue> {
    let Some(said) = said else {
        let concrete = declared.iter().find(|it| !it.contains('*'));
        let media_type = concrete.map_or("application/octet-stream", |it| *it);
        return HeaderValue::from_str(media_type).ok();
    };
    position(declared, said)?;
    HeaderValue::from_str(said).ok()
}

fn is_json(essence: &str) -> bool {
    let essence = essence.to_ascii_lowercase();
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

#[cfg(test)]
mod tests {
    use super::{of_bytes, position};

    #[test]
    fn the_most_specific_media_type_is_the_one() {
        let declared = [
            "*/*",
            "text/*",
            "text/plain",
            "application/merge-patch+json",
        ];
        assert_eq!(position(&declared, "Text/Plain; charset=utf-8"), Some(2));
        assert_eq!(position(&declared, "text/csv"), Some(1));
        assert_eq!(position(&declared, "application/json"), Some(3));
        assert_eq!(position(&declared, "image/png"), Some(0));
        assert_eq!(position(&declared[1..], "image/png"), None);
        assert_eq!(position(&declared[1..], "text"), None);
        assert_eq!(position(&[], "text/plain"), None);
    }
    #[test]
    fn bytes_are_what_they_say_if_that_is_declared() {
        let sent = |declared: &[&str], said| {
            let value = of_bytes(declared, said);
            value.map(|value| value.to_str().expect("it is ASCII").to_owned())
        };
        let images = ["image/png", "image/jpeg"];
        assert_eq!(sent(&images, None).as_deref(), Some("image/png"));
        assert_eq!(
            sent(&images, Some("image/jpeg")).as_deref(),
            Some("image/jpeg")
        );
        assert_eq!(sent(&images, Some("image/gif")), None);
        assert_eq!(
            sent(&["image/*"], Some("image/gif")).as_deref(),
            Some("image/gif")
        );
        assert_eq!(sent(&["image/*"], Some("image/\n")), None);
        assert_eq!(
            sent(&["image/*"], None).as_deref(),
            Some("application/octet-stream")
        );
    }
}
