//! What is no value.

use std::collections::BTreeMap;

use super::*;

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
