//! Parameters in every style: the exact bytes, and back.

#![cfg(all(feature = "client", feature = "server"))]

use std::collections::BTreeMap;

use http::{HeaderMap, HeaderValue};
use oarlock_runtime::param::{self, ParamError, Style, Text};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(
    non_snake_case,
    reason = "these are the keys of the specification's example"
)]
struct Rgb {
    R: u8,
    G: u8,
    B: u8,
}

const RGB: Rgb = Rgb {
    R: 100,
    G: 200,
    B: 150,
};
const LIST: [&str; 3] = ["blue", "black", "brown"];

fn path(style: Style, value: &(impl Serialize + ?Sized)) -> Result<String, ParamError> {
    param::path("color", style, &param::to_value(value)?)
}

fn query(style: Style, value: &(impl Serialize + ?Sized)) -> Result<String, ParamError> {
    let mut text = String::new();
    param::query(&mut text, "color", style, &param::to_value(value)?)?;
    Ok(text)
}

/// The lines of a header.
fn header(style: Style, value: &(impl Serialize + ?Sized)) -> Result<Vec<String>, ParamError> {
    let mut headers = HeaderMap::new();
    param::set_header(&mut headers, "h", style, value)?;
    let lines = headers.get_all("h").iter().map(HeaderValue::to_str);
    let lines = lines.map(|line| line.expect("it is visible").to_owned());
    Ok(lines.collect())
}

fn from_header<T: DeserializeOwned>(style: Style, lines: &[String]) -> Result<T, ParamError> {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append("h", HeaderValue::try_from(line).expect("it is visible"));
    }
    param::header(&headers, "h", style)
}

fn cookie(style: Style, value: &(impl Serialize + ?Sized)) -> Result<String, ParamError> {
    let mut text = String::new();
    param::cookie(&mut text, "color", style, &param::to_value(value)?)?;
    Ok(text)
}

fn from_path<T: DeserializeOwned>(style: Style, text: &str) -> Result<T, ParamError> {
    param::read("color", style, &Text::Path(text))
}

/// The values of `color` in a query.
fn from_query<T: DeserializeOwned>(style: Style, texts: &[&str]) -> Result<T, ParamError> {
    param::read("color", style, &Text::Query(texts.to_vec()))
}

#[test]
fn paths_are_written_as_the_table_says() {
    let rows = [
        (
            Style::SIMPLE,
            "blue",
            "blue,black,brown",
            "R,100,G,200,B,150",
        ),
        (
            Style::SIMPLE_EXPLODED,
            "blue",
            "blue,black,brown",
            "R=100,G=200,B=150",
        ),
        (
            Style::LABEL,
            ".blue",
            ".blue,black,brown",
            ".R,100,G,200,B,150",
        ),
        (
            Style::LABEL_EXPLODED,
            ".blue",
            ".blue.black.brown",
            ".R=100.G=200.B=150",
        ),
        (
            Style::MATRIX,
            ";color=blue",
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150",
        ),
        (
            Style::MATRIX_EXPLODED,
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ),
    ];
    for (style, scalar, list, object) in rows {
        assert_eq!(path(style, "blue").as_deref(), Ok(scalar));
        assert_eq!(path(style, &LIST).as_deref(), Ok(list));
        assert_eq!(path(style, &RGB).as_deref(), Ok(object));
        assert_eq!(from_path::<String>(style, scalar).as_deref(), Ok("blue"));
        assert_eq!(
            from_path::<Vec<String>>(style, list),
            Ok(LIST.map(str::to_owned).to_vec())
        );
        assert_eq!(from_path::<Rgb>(style, object), Ok(RGB));
    }
}

#[test]
fn queries_are_written_as_the_table_says() {
    let rows = [
        (
            Style::FORM_JOINED,
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ),
        (
            Style::SPACE_DELIMITED,
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ),
        (
            Style::PIPE_DELIMITED,
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (
            Style::TAB_DELIMITED,
            "color=blue%09black%09brown",
            "color=R%09100%09G%09200%09B%09150",
        ),
    ];
    for (style, list, object) in rows {
        assert_eq!(query(style, "blue").as_deref(), Ok("color=blue"));
        assert_eq!(query(style, &LIST).as_deref(), Ok(list));
        assert_eq!(query(style, &RGB).as_deref(), Ok(object));
        let texts = |text: &'static str| text.split_once('=').map_or("", |(_, text)| text);
        let read = from_query::<Vec<String>>(style, &[texts(list)]);
        assert_eq!(read, Ok(LIST.map(str::to_owned).to_vec()));
        assert_eq!(from_query::<Rgb>(style, &[texts(object)]), Ok(RGB));
    }
    let form = Style::FORM;
    assert_eq!(
        query(form, &LIST).as_deref(),
        Ok("color=blue&color=black&color=brown")
    );
    assert_eq!(query(form, &RGB).as_deref(), Ok("R=100&G=200&B=150"));
    let deep = Style::DEEP_OBJECT;
    assert_eq!(
        query(deep, &LIST[..2]).as_deref(),
        Ok("color%5B%5D=blue&color%5B%5D=black")
    );
    let object = "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150";
    assert_eq!(query(deep, &RGB).as_deref(), Ok(object));
    assert_eq!(
        query(Style::JSON, "blue").as_deref(),
        Ok("color=%22blue%22")
    );
    assert_eq!(
        query(Style::JSON, &["a"]).as_deref(),
        Ok("color=%5B%22a%22%5D")
    );
}

#[test]
fn headers_and_cookies_are_written_as_the_table_says() {
    let simple = Style::SIMPLE;
    let text = |text: &str| Ok(vec![text.to_owned()]);
    assert_eq!(header(simple, "blue"), text("blue"));
    assert_eq!(header(simple, &LIST), text("blue,black,brown"));
    assert_eq!(header(simple, &RGB), text("R,100,G,200,B,150"));
    assert_eq!(
        header(Style::SIMPLE_EXPLODED, &RGB),
        text("R=100,G=200,B=150")
    );
    let lines = LIST.map(str::to_owned).to_vec();
    assert_eq!(header(Style::LINES, &LIST), Ok(lines));
    assert_eq!(header(simple, &None::<String>), Ok(Vec::new()));
    assert_eq!(
        cookie(Style::FORM, &LIST).as_deref(),
        Ok("color=blue; color=black; color=brown")
    );
    assert_eq!(
        cookie(Style::FORM, &RGB).as_deref(),
        Ok("R=100; G=200; B=150")
    );
    assert_eq!(
        cookie(Style::FORM_JOINED, &LIST).as_deref(),
        Ok("color=blue,black,brown")
    );
    assert_eq!(
        cookie(Style::COOKIE, "Hello, world!").as_deref(),
        Ok("color=Hello, world!")
    );
    let encoded = "color=Hello%2C%20world%21";
    assert_eq!(cookie(Style::FORM, "Hello, world!").as_deref(), Ok(encoded));
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let empty: [&str; 0] = [];
    assert!(path(Style::SIMPLE, "").is_err());
    assert!(path(Style::SIMPLE, &None::<String>).is_err());
    assert!(path(Style::SIMPLE, &empty).is_err());
    assert!(query(Style::FORM, &empty).is_err());
    assert_eq!(query(Style::FORM, &Some(empty)).as_deref(), Ok(""));
    assert!(query(Style::FORM, &f64::NAN).is_err());
    for text in ["a\nb", "\u{e4}", " a", "a\t"] {
        assert!(header(Style::SIMPLE, text).is_err(), "{text:?}");
    }
    assert!(header(Style::SIMPLE, &["a,b"]).is_err());
    assert!(header(Style::LINES, &empty).is_err());
    assert!(header(Style::LINES, &["a\r\nb"]).is_err());
    assert!(param::set_header(&mut HeaderMap::new(), "a b", Style::SIMPLE, "c").is_err());
    assert!(cookie(Style::COOKIE, "a;b").is_err());
    assert!(cookie(Style::COOKIE_JOINED, &["a,b"]).is_err());
}

#[test]
fn odd_values_have_one_text() {
    assert_eq!(query(Style::FORM, &1.0).as_deref(), Ok("color=1"));
    assert_eq!(query(Style::FORM, "").as_deref(), Ok("color="));
    assert_eq!(
        query(Style::FORM, "a b&c").as_deref(),
        Ok("color=a%20b%26c")
    );
    assert_eq!(
        query(Style::FORM_JOINED, &["a,b", "c"]).as_deref(),
        Ok("color=a%2Cb,c")
    );
    assert_eq!(
        query(Style::FORM, &[Some("a"), None]).as_deref(),
        Ok("color=a")
    );
    let reserved = Style::FORM.reserved();
    assert_eq!(
        query(reserved, "a/b:c&d%20%").as_deref(),
        Ok("color=a/b:c%26d%20%25")
    );
    assert_eq!(
        path(Style::SIMPLE.reserved(), "a/b:c?").as_deref(),
        Ok("a%2Fb:c%3F")
    );
    assert_eq!(
        path(Style::SIMPLE.slashes(), "/a/b:c?").as_deref(),
        Ok("/a/b%3Ac%3F")
    );
    assert_eq!(
        path(Style::SIMPLE.reserved().slashes(), "a/b:c?").as_deref(),
        Ok("a/b:c%3F")
    );
    let nested = BTreeMap::from([("a", vec![1, 2])]);
    assert_eq!(
        query(Style::DEEP_OBJECT, &nested).as_deref(),
        Ok("color%5Ba%5D%5B%5D=1&color%5Ba%5D%5B%5D=2")
    );
    assert_eq!(
        query(Style::FORM_JOINED, &nested).as_deref(),
        Ok("color=a,%5B1%2C2%5D")
    );
}

#[test]
fn texts_that_are_no_value_are_refused() {
    let form = Style::FORM;
    assert!(from_query::<i64>(form, &["1", "2"]).is_err());
    for text in [
        "",
        "+1",
        "1.5",
        "0x1",
        " 1",
        "99999999999999999999",
        "%",
        "%4",
        "%zz",
    ] {
        assert!(from_query::<i64>(form, &[text]).is_err(), "{text:?}");
    }
    for text in ["inf", "NaN", "1e999", ".5", "1_0", ""] {
        assert!(from_query::<f64>(form, &[text]).is_err(), "{text:?}");
    }
    for text in ["True", "1", "yes", ""] {
        assert!(from_query::<bool>(form, &[text]).is_err(), "{text:?}");
    }
    assert!(from_query::<Rgb>(Style::FORM_JOINED, &["R,1,G"]).is_err());
    assert!(from_path::<String>(Style::LABEL, "blue").is_err());
    assert!(from_path::<String>(Style::MATRIX, ";colour=blue").is_err());
    assert!(param::read::<i64>("a", form, &Text::Absent).is_err());
    assert_eq!(
        param::read::<Option<i64>>("a", form, &Text::Absent),
        Ok(None)
    );
    let empty = Text::Query(vec![""]);
    assert_eq!(
        param::read::<Option<i64>>("a", form.empty_is_absent(), &empty),
        Ok(None)
    );
}

#[test]
fn errors_do_not_repeat_the_value() {
    let error = from_query::<i64>(Style::FORM, &["S3CR3T"]).expect_err("it is no number");
    assert!(!error.to_string().contains("S3CR3T"), "{error}");
    let error = from_query::<Rgb>(Style::JSON, &["\"S3CR3T\""]).expect_err("it is no object");
    assert!(!error.to_string().contains("S3CR3T"), "{error}");
}

#[test]
fn brackets_are_read_to_a_limit() {
    let read = |pairs: &[(&str, &str)]| {
        let pairs = pairs.iter();
        let pairs = pairs.map(|(key, text)| ((*key).to_owned(), (*text).to_owned()));
        let text = Text::Brackets(pairs.collect());
        param::read::<BTreeMap<String, Vec<i64>>>("f", Style::DEEP_OBJECT, &text)
    };
    let expected = Ok(BTreeMap::from([("a".to_owned(), vec![1, 2])]));
    assert_eq!(read(&[("[a][]", "1"), ("[a][]", "2")]), expected);
    assert_eq!(read(&[("[a][0]", "1"), ("[a][1]", "2")]), expected);
    assert_eq!(read(&[("[a]", "1"), ("[a]", "2")]), expected);
    assert!(read(&[("[a", "1")]).is_err());
    assert!(read(&[("[a]b", "1")]).is_err());
    let deep = "[a]".repeat(9);
    assert!(read(&[(&deep, "1")]).is_err());
}

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
