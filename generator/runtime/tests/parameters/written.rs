//! The exact bytes.

use std::collections::BTreeMap;

use super::*;

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
