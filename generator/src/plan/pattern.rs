//! Patterns of ECMA-262 in the syntax of the `regex` crate (E2). It takes linear time whatever the text is,
//! and in turn knows no look-around and no backreferences; such patterns are refused.

use std::iter::Peekable;
use std::str::Chars;

/// Why a pattern cannot be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It looks ahead or behind.
    LookAround,
    /// It refers to what a group matched.
    Backreference,
    /// It stands between slashes, as in a program, and so asks for texts with slashes.
    Delimited,
    /// It is no pattern of ECMA-262.
    Invalid,
    /// It is a pattern that the engine does not know, or that is too large for it.
    Unsupported,
}

impl Refusal {
    /// The reason as a clause after "because".
    pub(super) const fn because(self) -> &'static str {
        match self {
            Self::LookAround => "it looks ahead or behind",
            Self::Backreference => "it refers back to a group",
            Self::Delimited => "the slashes around it would have to be in the text",
            Self::Invalid => "it is not a regular expression of ECMA-262",
            Self::Unsupported => "the engine does not know it, or it is too large",
        }
    }
}

/// The pattern for the `regex` crate, in ASCII, if that can compile it.
pub(super) fn translate(pattern: &str) -> Result<String, Refusal> {
    if pattern.starts_with("/^") && pattern.contains("$/") {
        return Err(Refusal::Delimited);
    }
    let mut translation = Translation {
        rest: pattern.chars().peekable(),
        out: String::with_capacity(pattern.len()),
        repeatable: false,
    };
    translation.run()?;
    match regex::Regex::new(&translation.out) {
        Ok(_) => Ok(translation.out),
        Err(regex::Error::CompiledTooBig(_)) => Err(Refusal::Unsupported),
        Err(_) => Err(Refusal::Invalid),
    }
}

/// What `\s` matches: control characters that move, every separator, and the mark of byte order.
const SPACE: &str = r"\t-\r\p{Z}\u{FEFF}";

/// What means something in a class, in one of the two. A `&` or `~` means something to the engine where it
/// stands twice.
const IN_CLASS: &str = r"\[]^-";

/// The general categories of Unicode; other properties need larger tables.
const CATEGORIES: &[&str] = &[
    "L",
    "Letter",
    "Lu",
    "Uppercase_Letter",
    "Ll",
    "Lowercase_Letter",
    "Lt",
    "Titlecase_Letter",
    "Lm",
    "Modifier_Letter",
    "Lo",
    "Other_Letter",
    "M",
    "Mark",
    "Mn",
    "Nonspacing_Mark",
    "Mc",
    "Spacing_Mark",
    "Me",
    "Enclosing_Mark",
    "N",
    "Number",
    "Nd",
    "Decimal_Number",
    "Nl",
    "Letter_Number",
    "No",
    "Other_Number",
    "P",
    "Punctuation",
    "Pc",
    "Connector_Punctuation",
    "Pd",
    "Dash_Punctuation",
    "Ps",
    "Open_Punctuation",
    "Pe",
    "Close_Punctuation",
    "Pi",
    "Initial_Punctuation",
    "Pf",
    "Final_Punctuation",
    "Po",
    "Other_Punctuation",
    "S",
    "Symbol",
    "Sm",
    "Math_Symbol",
    "Sc",
    "Currency_Symbol",
    "Sk",
    "Modifier_Symbol",
    "So",
    "Other_Symbol",
    "Z",
    "Separator",
    "Zs",
    "Space_Separator",
    "Zl",
    "Line_Separator",
    "Zp",
    "Paragraph_Separator",
    "C",
    "Other",
    "Cc",
    "Control",
    "Cf",
    "Format",
    "Co",
    "Private_Use",
    "Cn",
    "Unassigned",
];

struct Translation<'p> {
    rest: Peekable<Chars<'p>>,
    out: String,
    /// Whether what was written last can be repeated.
    repeatable: bool,
}

/// A member of a class, or an escape outside of one.
enum Atom {
    Char(char),
    /// What stands between brackets.
    Set(String),
}

impl Translation<'_> {
    fn run(&mut self) -> Result<(), Refusal> {
        while let Some(c) = self.rest.next() {
            match c {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.group()?,
                ')' => self.put(")", true),
                '|' => self.put("|", false),
                '^' => self.put("^", false),
                // Without the flag for several lines this is the end of the text only, in both.
                '$' => self.put("$", false),
                '.' => self.put(r"[^\n\r\u{2028}\u{2029}]", true),
                '*' | '+' | '?' => self.repeat(&c.to_string())?,
                '{' => match self.counts() {
                    Some(counts) => self.repeat(&counts)?,
                    None => self.char('{'),
                },
                _ => self.char(c),
            }
        }
        Ok(())
    }

    fn put(&mut self, text: &str, repeatable: bool) {
        self.out.push_str(text);
        self.repeatable = repeatable;
    }

    fn char(&mut self, c: char) {
        push_char(&mut self.out, c, r"\.+*?()|[]{}^$");
        self.repeatable = true;
    }

    fn repeat(&mut self, quantifier: &str) -> Result<(), Refusal> {
        if !self.repeatable {
            return Err(Refusal::Invalid);
        }
        self.put(quantifier, false);
        if self.rest.next_if_eq(&'?').is_some() {
            self.out.push('?');
        }
        Ok(())
    }

    /// What follows a brace, if it says how often something is repeated; else the brace is a character.
    fn counts(&mut self) -> Option<String> {
        let mut ahead = self.rest.clone();
        let mut counts = String::from("{");
        loop {
            match ahead.next()? {
                c if c.is_ascii_digit() => counts.push(c),
                ',' if counts.len() > 1 && !counts.contains(',') => counts.push(','),
                '}' if counts.len() > 1 => break,
                _ => return None,
            }
        }
        counts.push('}');
        self.rest = ahead;
        Some(counts)
    }

    fn group(&mut self) -> Result<(), Refusal> {
        if self.rest.next_if_eq(&'?').is_some() {
            match self.rest.next() {
                Some(':') => {}
                Some('=' | '!') => return Err(Refusal::LookAround),
                Some('<') => {
                    if matches!(self.rest.peek(), Some('=' | '!')) {
                        return Err(Refusal::LookAround);
                    }
                    // Nobody asks what the group matched, so its name is left out.
                    if !self.rest.any(|c| c == '>') {
                        return Err(Refusal::Invalid);
                    }
                }
                _ => return Err(Refusal::Invalid),
            }
        }
        self.put("(?:", false);
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Refusal> {
        match self.rest.peek() {
            Some('b') => {
                self.rest.next();
                self.put(r"(?-u:\b)", false);
            }
            // The engine cannot ask for the opposite in texts that are not ASCII.
            Some('B') => return Err(Refusal::Unsupported),
            Some('1'..='9' | 'k') => return Err(Refusal::Backreference),
            _ => match self.atom()? {
                Atom::Char(c) => self.char(c),
                Atom::Set(set) if set.starts_with('[') => self.put(&set, true),
                Atom::Set(set) => self.put(&format!("[{set}]"), true),
            },
        }
        Ok(())
    }

    /// What an escape stands for.
    fn atom(&mut self) -> Result<Atom, Refusal> {
        let c = self.rest.next().ok_or(Refusal::Invalid)?;
        Ok(match c {
            'd' => Atom::Set("0-9".to_owned()),
            'D' => Atom::Set("[^0-9]".to_owned()),
            'w' => Atom::Set("0-9A-Z_a-z".to_owned()),
            'W' => Atom::Set("[^0-9A-Z_a-z]".to_owned()),
            's' => Atom::Set(SPACE.to_owned()),
            'S' => Atom::Set(format!("[^{SPACE}]")),
            'p' | 'P' if self.rest.peek() == Some(&'{') => Atom::Set(self.property(c)?),
            't' => Atom::Char('\t'),
            'n' => Atom::Char('\n'),
            'v' => Atom::Char('\u{B}'),
            'f' => Atom::Char('\u{C}'),
            'r' => Atom::Char('\r'),
            '0' => Atom::Char('\0'),
            'c' => {
                let letter = self.rest.next_if(char::is_ascii_alphabetic);
                let letter = letter.ok_or(Refusal::Invalid)?;
                Atom::Char(char::from(u8::try_from(letter).unwrap_or_default() % 32))
            }
            'x' => Atom::Char(self.code_point(2)?),
            'u' => Atom::Char(self.code_point(4)?),
            _ => Atom::Char(c),
        })
    }

    /// A Unicode property, as a member of a class.
    fn property(&mut self, letter: char) -> Result<String, Refusal> {
        let name: String = self
            .rest
            .by_ref()
            .skip(1)
            .take_while(|c| *c != '}')
            .collect();
        let category = name
            .strip_prefix("General_Category=")
            .or(name.strip_prefix("gc="));
        if CATEGORIES.contains(&category.unwrap_or(&name)) {
            let category = category.unwrap_or(&name);
            return Ok(format!(r"\{letter}{{{category}}}"));
        }
        Err(Refusal::Unsupported)
    }

    /// A code point in hexadecimal digits: so many, or any number between braces.
    fn code_point(&mut self, digits: usize) -> Result<char, Refusal> {
        if digits == 4 && self.rest.next_if_eq(&'{').is_some() {
            let text: String = self.rest.by_ref().take_while(|c| *c != '}').collect();
            let code = u32::from_str_radix(&text, 16).map_err(|_| Refusal::Invalid)?;
            return char::from_u32(code).ok_or(Refusal::Invalid);
        }
        let first = self.hexadecimal(digits)?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        // Two halves of one character.
        let has_second =
            self.rest.next_if_eq(&'\\').is_some() && self.rest.next_if_eq(&'u').is_some();
        let second = if has_second { self.hexadecimal(4)? } else { 0 };
        let pair = [first, second].map(|half| u16::try_from(half).unwrap_or_default());
        let mut decoded = char::decode_utf16(pair);
        match (decoded.next(), decoded.next()) {
            (Some(Ok(c)), None) => Ok(c),
            _ => Err(Refusal::Unsupported),
        }
    }

    fn hexadecimal(&mut self, digits: usize) -> Result<u32, Refusal> {
        let mut code = 0;
        for _ in 0..digits {
            let digit = self.rest.next().and_then(|c| c.to_digit(16));
            code = code * 16 + digit.ok_or(Refusal::Invalid)?;
        }
        Ok(code)
    }

    fn class(&mut self) -> Result<(), Refusal> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut members = String::new();
        loop {
            let atom = match self.rest.next().ok_or(Refusal::Invalid)? {
                ']' => break,
                '\\' => self.class_escape()?,
                c => Atom::Char(c),
            };
            let first = match atom {
                Atom::Set(set) => {
                    members.push_str(&set);
                    continue;
                }
                Atom::Char(c) => c,
            };
            match self.range_end()? {
                Some(last) if last < first => return Err(Refusal::Invalid),
                Some(last) => {
                    push_char(&mut members, first, IN_CLASS);
                    members.push('-');
                    push_char(&mut members, last, IN_CLASS);
                }
                None => push_char(&mut members, first, IN_CLASS),
            }
        }
        let class = match (negated, members.is_empty()) {
            (false, true) => r"[^\x00-\u{10FFFF}]".to_owned(),
            (true, true) => r"[\x00-\u{10FFFF}]".to_owned(),
            (true, false) => format!("[^{members}]"),
            (false, false) => format!("[{members}]"),
        };
        self.put(&class, true);
        Ok(())
    }

    fn class_escape(&mut self) -> Result<Atom, Refusal> {
        match self.rest.peek() {
            Some('b') => {
                self.rest.next();
                Ok(Atom::Char('\u{8}'))
            }
            Some('1'..='9') => Err(Refusal::Unsupported),
            _ => self.atom(),
        }
    }

    /// The end of a range, if a dash follows that is not the last of the class or beside a set.
    fn range_end(&mut self) -> Result<Option<char>, Refusal> {
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') {
            return Ok(None);
        }
        match ahead.next() {
            None | Some(']') => Ok(None),
            Some('\\') => {
                let before = self.rest.clone();
                self.rest = ahead;
                if let Atom::Char(c) = self.class_escape()? {
                    return Ok(Some(c));
                }
                self.rest = before;
                Ok(None)
            }
            Some(c) => {
                self.rest = ahead;
                Ok(Some(c))
            }
        }
    }
}

/// Writes a character that stands for itself, in ASCII.
fn push_char(out: &mut String, c: char, special: &str) {
    match c {
        '&' | '~' if out.ends_with(c) => out.extend(['\\', c]),
        c if special.contains(c) => out.extend(['\\', c]),
        ' '..='~' => out.push(c),
        _ => out.push_str(&format!(r"\u{{{:X}}}", u32::from(c))),
    }
}

#[cfg(test)]
mod tests;
