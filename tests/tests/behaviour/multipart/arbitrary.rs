//! Whatever is in a form arrives.

use proptest::prelude::*;

use super::*;

/// A file, as the other end saw it.
type File = (Option<String>, Option<String>, Bytes);

fn now<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

fn file() -> impl Strategy<Value = File> {
    let name = proptest::option::of("[^\\p{Cc}]{0,12}");
    let media_type =
        proptest::sample::select(vec!["image/png", "text/plain; charset=\"x\"", "a/b"]);
    let bytes = proptest::collection::vec(any::<u8>(), 0..64);
    let hard = proptest::sample::select(vec!["\r\n", "--", "\r\n--", "\r", "\r\n\r\n"]);
    let hard = (bytes, hard).prop_map(|(mut bytes, hard)| {
        bytes.extend_from_slice(hard.as_bytes());
        Bytes::from(bytes)
    });
    (name, proptest::option::of(media_type), hard)
        .prop_map(|(name, media_type, bytes)| (name, media_type.map(str::to_owned), bytes))
}

fn part((filename, media_type, bytes): &File) -> FilePart {
    let mut part = FilePart::new(bytes.clone());
    part.filename.clone_from(filename);
    match media_type {
        Some(media_type) => part.with_content_type(media_type.as_str()),
        None => part,
    }
}

fn unpart(part: FilePart) -> File {
    let filename = part.filename.clone();
    let media_type = part.content_type().map(str::to_owned);
    (filename, media_type, now(part.bytes()).expect("bytes"))
}

/// What arrives of a file, which is bytes of any kind if it does not say more.
fn arrived((filename, media_type, bytes): &File) -> File {
    let media_type = media_type.as_deref().unwrap_or("application/octet-stream");
    (filename.clone(), Some(media_type.to_owned()), bytes.clone())
}

proptest! {
    #[test]
    fn any_form_arrives(
        file in file(),
        more in proptest::collection::vec(file(), 1..3),
        title in "\\PC{1,6}",
        sizes in proptest::option::of(proptest::collection::vec(any::<i64>(), 1..3)),
        n in proptest::option::of(1..i64::MAX),
        tags in proptest::option::of(proptest::collection::vec("(?s).{0,8}", 1..3)),
        key in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..9)),
        note in proptest::option::of("(?s).{0,9}"),
    ) {
        let service = Service::default();
        let meta = Meta { title, sizes };
        let sent = UploadForm {
            n,
            tags: tags.clone(),
            parts: Some(vec![meta.clone(), meta.clone()]),
            key: key.clone().map(Into::into),
            note: note.clone(),
            more: Some(more.iter().map(part).collect()),
            ..UploadForm::new(part(&file), meta.clone())
        };
        now(in_process(service.clone()).upload(sent).send()).expect("it is taken");
        let got = service.form.lock().expect("a lock").take().expect("a form");
        prop_assert_eq!(unpart(got.file), arrived(&file));
        let files: Vec<File> = got.more.expect("files").into_iter().map(unpart).collect();
        prop_assert_eq!(files, more.iter().map(arrived).collect::<Vec<_>>());
        prop_assert_eq!(got.parts, Some(vec![meta.clone(), meta.clone()]));
        prop_assert_eq!(
            (got.meta, got.n, got.tags, got.key.map(Vec::from), got.note),
            (meta, n, tags, key, note)
        );
    }

    #[test]
    fn any_name_arrives(name in "[^\\p{Cc}]{0,12}", file in file()) {
        let service = Service::default();
        let parts = vec![(name.clone(), part(&file))];
        now(in_process(service.clone()).post_anything(parts).send()).expect("they are taken");
        let got = std::mem::take(&mut *service.parts.lock().expect("a lock"));
        let got: Vec<(String, File)> = got.into_iter().map(|(name, it)| (name, unpart(it))).collect();
        prop_assert_eq!(got, vec![(name, arrived(&file))]);
    }
}
