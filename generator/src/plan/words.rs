//! Names of the document to words, and words to Rust's spellings (NM1, NM8, G15, I11).

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// The words of a name. Case changes, digits before capitals and punctuation are borders; acronyms
/// are one word. Latin letters lose their marks (`größe` is `grosse`); a letter of another script is written
/// out as its code point, because the output is ASCII and different names should stay different.
pub(super) fn words(name: &str) -> Vec<String> {
    let spelled = spell_signs(name);
    let mut words = Vec::new();
    for part in spelled.split(|c: char| !c.is_ascii_alphanumeric()) {
        split_part(part, &mut words);
    }
    words
}

/// Characters that mean something where they stand become words: `+1` is not `-1`.
fn spell_signs(name: &str) -> String {
    let alone = name.chars().count() == 1;
    let mut spelled = String::with_capacity(name.len());
    let mut characters = name.chars().peekable();
    let mut at_start = true;
    while let Some(character) = characters.next() {
        let before_digit = characters.peek().is_some_and(char::is_ascii_digit);
        let word = match character {
            '+' if at_start => Some("plus"),
            '-' if at_start && (before_digit || alone) => Some("minus"),
            '<' if characters.peek() == Some(&'=') => Some("le"),
            '>' if characters.peek() == Some(&'=') => Some("ge"),
            '!' if characters.peek() == Some(&'=') => Some("ne"),
            '<' => Some("lt"),
            '>' => Some("gt"),
            '=' => Some("eq"),
            '*' if alone => Some("star"),
            '/' if alone => Some("slash"),
            '.' if alone => Some("dot"),
            '%' => Some("percent"),
            '&' => Some("and"),
            _ => None,
        };
        match word {
            Some(word) => {
                if characters.peek() == Some(&'=') && matches!(character, '<' | '>' | '!') {
                    characters.next();
                }
                spelled.push_str(&format!(" {word} "));
            }
            None if character.is_ascii() => spelled.push(character),
            None => spell_letter(character, &mut spelled),
        }
        at_start = false;
    }
    spelled
}

/// A character that is not ASCII. Marks and symbols are only borders.
fn spell_letter(character: char, spelled: &mut String) {
    let small = character.to_lowercase().next().unwrap_or(character);
    if let Some((_, plain)) = LATIN.iter().find(|(letters, _)| letters.contains(small)) {
        let mut letters = plain.chars();
        let is_small = small == character;
        let cased = |first: char| {
            if is_small {
                first
            } else {
                first.to_ascii_uppercase()
            }
        };
        let first = letters.next().map(cased);
        spelled.extend(first);
        spelled.extend(letters);
    } else if character.is_alphanumeric() {
        spelled.push_str(&format!(" u{:x} ", u32::from(character)));
    } else if !('\u{300}'..='\u{36f}').contains(&character) {
        // A mark of its own belongs to the letter before it.
        spelled.push(' ');
    }
}

/// The small letters of Latin scripts, and what they are without their marks.
const LATIN: &[(&str, &str)] = &[
    ("àáâãäåāăą", "a"),
    ("æ", "ae"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŋ", "n"),
    ("òóôõöøōŏő", "o"),
    ("œ", "oe"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ß", "ss"),
    ("ţťŧț", "t"),
    ("þ", "th"),
    ("ùúûüũūŭůűų", "u"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
];

fn split_part(part: &str, words: &mut Vec<String>) {
    let letters: Vec<char> = part.chars().collect();
    let mut word = String::new();
    for (index, letter) in letters.iter().enumerate() {
        if !word.is_empty() && is_border(&letters, index) {
            words.push(std::mem::take(&mut word));
        }
        word.push(letter.to_ascii_lowercase());
    }
    if !word.is_empty() {
        words.push(word);
    }
}

/// Whether a word starts at `index`.
fn is_border(letters: &[char], index: usize) -> bool {
    let at = |index: usize| letters.get(index).copied().unwrap_or(' ');
    let (before, here, after) = (at(index.wrapping_sub(1)), at(index), at(index + 1));
    if !here.is_ascii_uppercase() {
        return false;
    }
    // `OAuth2` is one word, although its second letter is a capital.
    if before == 'O' && here == 'A' && letters.get(index + 1..index + 4) == Some(&['u', 't', 'h']) {
        return false;
    }
    if !before.is_ascii_uppercase() {
        return true;
    }
    // The last capital before small letters starts a word (`HTTPProxy`), unless the small letter is
    // the plural of an acronym (`userIDs`).
    after.is_ascii_lowercase() && !is_plural(letters, index + 1)
}

fn is_plural(letters: &[char], index: usize) -> bool {
    letters.get(index) == Some(&'s')
        && letters
            .get(index + 1)
            .is_none_or(|next| next.is_ascii_uppercase())
}

/// `WebhookEventType`.
pub(super) fn pascal(words: &[String]) -> String {
    words
        .iter()
        .map(|word| match word.strip_prefix("oauth") {
            Some(rest) => format!("OAuth{rest}"),
            None => word.to_upper_camel_case(),
        })
        .collect()
}

/// `webhook_event_type`.
pub(super) fn snake(words: &[String]) -> String {
    words.join("_").to_snake_case()
}

/// `WEBHOOK_EVENT_TYPE`.
pub(super) fn shouty(words: &[String]) -> String {
    words.join("_").to_shouty_snake_case()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{pascal, snake, words};

    fn check(names: &[&str], expected: Expect) {
        let lines = names.iter().map(|name| {
            let words = words(name);
            format!("{name:?}: {} {}\n", pascal(&words), snake(&words))
        });
        expected.assert_eq(&lines.collect::<String>());
    }

    #[test]
    fn case_changes_and_acronyms() {
        check(
            &[
                "WebhookPublic",
                "APIKey",
                "HTTPProxy",
                "OAuth2Token",
                "userIDs",
                "URLs",
                "DNS",
            ],
            expect![[r#"
                "WebhookPublic": WebhookPublic webhook_public
                "APIKey": ApiKey api_key
                "HTTPProxy": HttpProxy http_proxy
                "OAuth2Token": OAuth2Token oauth2_token
                "userIDs": UserIds user_ids
                "URLs": Urls urls
                "DNS": Dns dns
            "#]],
        );
    }

    #[test]
    fn punctuation_and_digits() {
        check(
            &[
                "io.k8s.api.core.v1.Pod",
                "task.completed",
                "2FA",
                "@odata.type",
                "a-b_c",
                "sha256sum",
            ],
            expect![[r#"
                "io.k8s.api.core.v1.Pod": IoK8sApiCoreV1Pod io_k8s_api_core_v1_pod
                "task.completed": TaskCompleted task_completed
                "2FA": 2Fa 2_fa
                "@odata.type": OdataType odata_type
                "a-b_c": ABC a_b_c
                "sha256sum": Sha256sum sha256sum
            "#]],
        );
    }

    #[test]
    fn signs_and_other_scripts() {
        check(
            &[
                "+1",
                "-1",
                "*",
                "<=",
                "größe",
                "ÉtatCivil",
                "cafe\u{301}",
                "日本",
                "😀",
                "",
                "_",
            ],
            expect![[r#"
                "+1": Plus1 plus_1
                "-1": Minus1 minus_1
                "*": Star star
                "<=": Le le
                "größe": Grosse grosse
                "ÉtatCivil": EtatCivil etat_civil
                "cafe\u{301}": Cafe cafe
                "日本": U65e5U672c u65e5_u672c
                "😀":  
                "":  
                "_":  
            "#]],
        );
    }
}
