//! What was written is read back.

use proptest::prelude::*;

use super::*;

/// The texts of a query that was written, by key.
fn texts<'a>(query: &'a str, key: &str) -> Vec<&'a str> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .filter(|(it, _)| *it == key)
        .map(|(_, text)| text)
        .collect()
}

proptest! {
    #[test]
    fn paths_come_back(text in ".+", list in prop::collection::vec(".*", 1..4), number: i64) {
        let styles = [
            Style::SIMPLE,
            Style::LABEL,
            Style::LABEL_EXPLODED,
            Style::MATRIX,
            Style::MATRIX_EXPLODED,
            Style::SIMPLE.reserved(),
            Style::SIMPLE.slashes(),
        ];
        for style in styles {
            // An escape that stands in the value is kept, and so read as what it means.
            let raw = style == Style::SIMPLE.reserved() && text.contains('%');
            if !text.contains('\0') && !raw {
                let written = path(style, &text).expect("it can be written");
                prop_assert_eq!(from_path::<String>(style, &written), Ok(text.clone()));
            }
            let written = path(style, &number).expect("it can be written");
            prop_assert_eq!(from_path::<i64>(style, &written), Ok(number));
            let joined = list.concat();
            let raw = style == Style::SIMPLE.reserved() && joined.contains(['%', ',']);
            if let Ok(written) = path(style, &list)
                && !joined.contains('\0')
                && !raw
            {
                prop_assert_eq!(from_path::<Vec<String>>(style, &written), Ok(list.clone()));
            }
        }
    }

    #[test]
    fn queries_come_back(
        text in ".*",
        list in prop::collection::vec(".*", 1..4),
        numbers in prop::collection::vec(any::<f64>().prop_filter("finite", |it| it.is_finite()), 1..4),
    ) {
        let styles = [
            Style::FORM,
            Style::FORM_JOINED,
            Style::SPACE_DELIMITED,
            Style::PIPE_DELIMITED,
            Style::TAB_DELIMITED,
            Style::JSON,
        ];
        for style in styles {
            if !text.contains('\0') || style == Style::JSON {
                let written = query(style, &text).expect("it can be written");
                let read = from_query::<String>(style, &texts(&written, "color"));
                prop_assert_eq!(read, Ok(text.clone()));
            }
            let separator = match style {
                Style::SPACE_DELIMITED => ' ',
                Style::PIPE_DELIMITED => '|',
                Style::TAB_DELIMITED => '\t',
                _ => '\0',
            };
            if style != Style::JSON && list.concat().contains(separator) {
                prop_assert!(separator == '\0' || query(style, &list).is_err());
            } else if !list.concat().contains('\0') || style == Style::JSON {
                let written = query(style, &list).expect("it can be written");
                let read = from_query::<Vec<String>>(style, &texts(&written, "color"));
                prop_assert_eq!(read, Ok(list.clone()));
            }
            let written = query(style, &numbers).expect("it can be written");
            let read = from_query::<Vec<f64>>(style, &texts(&written, "color"));
            prop_assert_eq!(read, Ok(numbers.clone()));
        }
    }

    #[test]
    fn headers_and_cookies_come_back(text in ".*", list in prop::collection::vec("[ -~]*", 1..4)) {
        if let Ok(written) = header(Style::SIMPLE, &text) {
            prop_assert_eq!(from_header(Style::SIMPLE, &written), Ok(text.clone()));
        }
        for style in [Style::SIMPLE, Style::LINES] {
            if let Ok(written) = header(style, &list) {
                prop_assert_eq!(from_header(style, &written), Ok(list.clone()));
            }
        }
        let written = header(Style::JSON, &text).expect("all texts are JSON");
        prop_assert!(written.iter().all(|line| line.is_ascii()));
        prop_assert_eq!(from_header(Style::JSON, &written), Ok(text.clone()));
        for style in [Style::FORM, Style::FORM_JOINED, Style::COOKIE, Style::COOKIE_JOINED] {
            if let Ok(written) = cookie(style, &list) {
                let pairs = written.split("; ").map(|pair| pair.split_once('='));
                let pairs: Option<Vec<_>> = pairs.collect();
                let texts = pairs.unwrap_or_default().into_iter().map(|(_, text)| text).collect();
                let read = param::read::<Vec<String>>("c", style, &Text::Cookie(texts));
                prop_assert_eq!(read, Ok(list.clone()));
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".*") {
        let styles = [Style::SIMPLE, Style::LABEL_EXPLODED, Style::MATRIX_EXPLODED, Style::JSON];
        for style in styles {
            let _ = from_path::<Rgb>(style, &text);
            let _ = from_path::<Vec<i64>>(style, &text);
            let _ = from_query::<serde_json::Value>(style, &[&text, &text]);
        }
        let brackets = Text::Brackets(vec![(text.clone(), text)]);
        let _ = param::read::<Rgb>("f", Style::DEEP_OBJECT, &brackets);
    }
}
