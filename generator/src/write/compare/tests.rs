use camino::Utf8Path;
use expect_test::{Expect, expect};

use super::{Folder, Found, compare, diff};
use crate::write::Files;

fn file(text: impl Into<Vec<u8>>) -> Found {
    Found::File {
        bytes: text.into(),
        executable: false,
    }
}

fn check(wanted: &[(&str, &str)], found: Vec<(&str, Found)>, expected: Expect) {
    let mut files = Files::default();
    wanted
        .iter()
        .for_each(|(path, text)| files.insert(*path, *text));
    let folder: Folder = found
        .into_iter()
        .map(|(path, found)| (path.into(), found))
        .collect();
    let changes = compare(&files, &folder);
    let kinds: Vec<_> = changes
        .iter()
        .map(|change| (change.path.as_str(), change.kind()))
        .collect();
    expected.assert_eq(&format!(
        "{kinds:?}\n{}",
        diff(&changes, Utf8Path::new("generated"))
    ));
}

#[test]
fn equal_files_give_nothing() {
    check(
        &[("src/a.rs", "a\n"), ("b", "")],
        vec![("src/a.rs", file("a\n")), ("b", file(""))],
        expect![[r#"
        []
    "#]],
    );
}

#[test]
fn missing_extra_and_edited_files_are_shown() {
    check(
        &[
            ("src/lib.rs", "1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
            ("src/new.rs", "new\n"),
        ],
        vec![
            ("src/lib.rs", file("1\n2\n3\n4\n5\n6\n7\neight\n9")),
            ("src/old.rs", file("old\n")),
        ],
        expect![[r#"
            [("src/lib.rs", Edited), ("src/new.rs", Missing), ("src/old.rs", Extra)]
            --- a/generated/src/lib.rs
            +++ b/generated/src/lib.rs
            @@ -5,5 +5,5 @@
             5
             6
             7
            -eight
            -9
            \ No newline at end of file
            +8
            +9
            --- /dev/null
            +++ b/generated/src/new.rs
            @@ -0,0 +1 @@
            +new
            --- a/generated/src/old.rs
            +++ /dev/null
            @@ -1 +0,0 @@
            -old
        "#]],
    );
}

#[test]
fn line_breaks_modes_links_and_bytes_count() {
    check(
        &[
            ("crlf", "a\nb\n"),
            ("mode", "x\n"),
            ("link", "x\n"),
            ("bytes", "x\n"),
            ("empty", ""),
        ],
        vec![
            ("crlf", file("a\r\nb\r\n")),
            (
                "mode",
                Found::File {
                    bytes: b"x\n".to_vec(),
                    executable: true,
                },
            ),
            ("link", Found::Other),
            ("extra-link", Found::Other),
            ("bytes", file(b"\xff\n")),
        ],
        expect![[r#"
            [("bytes", Edited), ("crlf", Edited), ("empty", Missing), ("extra-link", Extra), ("link", Edited), ("mode", Edited)]
            generated/bytes is not UTF-8
            Binary files a/generated/bytes and b/generated/bytes differ
            generated/crlf has CRLF line breaks; LF is expected
            Files a/generated/crlf and b/generated/crlf differ in their line breaks
            generated/empty is missing; it is empty
            generated/extra-link is neither a file nor a folder; links are not followed
            generated/link is neither a file nor a folder; links are not followed
            generated/mode is executable; a plain file is expected
        "#]],
    );
}

#[test]
fn long_files_without_a_common_line_are_compared_in_time() {
    let text = |word: &str| {
        (0..100_000)
            .map(|line| format!("{word} {line}\n"))
            .collect::<String>()
    };
    let (old, new) = (text("old"), text("new"));
    let mut files = Files::default();
    files.insert("a", new);
    let folder = Folder::from([("a".into(), file(old))]);
    let diff = diff(&compare(&files, &folder), Utf8Path::new("x"));
    assert_eq!(diff.lines().count(), 200_003);
}
