//! Documents of any size, each the same whenever it is made.

/// About how large a document of size 1 is, in bytes.
const BASE: usize = 100_000;

/// The paths of one resource: four operations. `@n` is its number, `@t` that of its tag, `@d` some prose.
const PATHS: &str = include_str!("maker/paths.json");

/// The schemas of one resource, with what real ones have: references to other resources (`@o`), enums, unions,
/// compositions, constraints and prose.
const SCHEMAS: &str = include_str!("maker/schemas.json");

/// What stands around them.
const START: &str = r#"{
"openapi": "3.1.0",
"info": {"title": "Made", "version": "1"},
"servers": [{"url": "https://example.com"}],
"security": [{"key": []}],
"paths": {
"#;
const MIDDLE: &str = r#"},
"components": {
"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "x-key"}},
"schemas": {
"Problem": {"type": "object", "required": ["detail"], "properties": {"detail": {"type": "string"}}},
"#;
const END: &str = "}\n}\n}\n";

/// A document in JSON of about so many times 100 kB.
pub(crate) fn document(size: usize) -> String {
    let mut random = Random(0x5eed);
    let (mut paths, mut schemas) = (Vec::new(), Vec::new());
    let mut bytes = 0;
    while bytes < BASE * size {
        let number = paths.len();
        let (other, tag) = (random.below(number + 1), number % 40);
        let made = [PATHS, SCHEMAS].map(|text| {
            text.replace("@n", &number.to_string())
                .replace("@o", &other.to_string())
                .replace("@t", &tag.to_string())
                .replace("@d", &prose(&mut random))
        });
        bytes += made.iter().map(String::len).sum::<usize>();
        let [path, schema] = made;
        paths.push(path);
        schemas.push(schema);
    }
    [START, &paths.join(","), MIDDLE, &schemas.join(","), END].concat()
}

/// A sentence.
fn prose(random: &mut Random) -> String {
    const WORDS: &str = "the thing is kept until somebody asks for it `again` or once more";
    let known: Vec<&str> = WORDS.split(' ').collect();
    let words =
        (0..random.below(40) + 10).filter_map(|_| known.get(random.below(known.len())).copied());
    words.collect::<Vec<_>>().join(" ")
}

/// Numbers that look random and are always the same (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use oarlock::config::Config;
    use oarlock::source::Sources;

    use super::*;

    #[test]
    fn a_made_document_has_its_size_and_nothing_is_wrong_with_it() {
        let text = document(1);
        assert!((100_000..110_000).contains(&text.len()), "{}", text.len());
        let sources = Sources::new("made.json", text);
        let generated = oarlock::generate(&sources, &Config::default());
        let generated = generated.expect("it is a document");
        assert_eq!(generated.warnings.iter().count(), 0);
        assert_eq!(generated.counts.operations % 4, 0);
        assert!(generated.counts.operations > 60);
    }
}
