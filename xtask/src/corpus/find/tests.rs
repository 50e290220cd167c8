use std::fs;

use super::*;

fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, Utf8PathBuf) {
    let temp = tempfile::tempdir().expect("a temporary folder");
    let root = Utf8Path::from_path(temp.path()).expect("its path is UTF-8");
    let root = root.canonicalize_utf8().expect("it is there");
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders are made");
        fs::write(path, text).expect("a file is written");
    }
    (temp, root)
}

fn names(dir: &Utf8Path) -> Vec<(String, Role)> {
    let documents = documents(dir).expect("the folder is read");
    let pair = |it: Document| (it.name, it.role);
    documents.into_iter().map(pair).collect()
}

#[test]
fn without_a_manifest_a_document_says_that_it_is_one() {
    let (_temp, root) = folder(&[
        ("b.yaml", "openapi: 3.1.0\n"),
        ("a/c.json", "{ \"swagger\" : \"2.0\" }"),
        ("a/min.json", "{\"info\":{},\"openapi\":\"3.0.0\"}"),
        ("a/fragment.yaml", "type: object\n"),
        ("a/readme.md", "openapi: 3.1.0\n"),
    ]);
    let found = ["a/c.json", "a/min.json", "b.yaml"].map(|name| (name.to_owned(), Role::Document));
    assert_eq!(names(&root), found);
    assert_eq!(names(&root.join("b.yaml")), found[2..]);
}

#[test]
fn a_manifest_names_the_documents_and_what_is_expected_of_them() {
    let manifest = "path\tsource\trole\na/x.yaml\ts\troot\na/y.yaml\ts\troot/negative\na/z.yaml\ts\tfragment\nb/x.yaml\ts\troot\n";
    let (_temp, root) = folder(&[(MANIFEST, manifest), ("a/x.yaml", ""), ("b/x.yaml", "")]);
    let pair = |name: &str, role| (name.to_owned(), role);
    let found = [
        pair("x.yaml", Role::Document),
        pair("y.yaml", Role::Negative),
    ];
    assert_eq!(names(&root.join("a")), found);
    assert_eq!(names(&root).len(), 3);
    let (_temp, root) = folder(&[(MANIFEST, "path\n")]);
    let error = documents(&root).expect_err("a column is missing");
    assert!(error.ends_with("has no column `role`"), "{error}");
}
