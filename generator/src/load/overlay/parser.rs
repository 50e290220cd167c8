//! Text to [`Query`]. In `.name` it takes `-` and digits wherever they stand: the RFC does not, but
//! overlays are full of `.x-internal` and `.200`.

use super::query::{Comparison, Condition, Literal, Operand, Query, Segment, Selector, Start};

/// How deep filters may stand in each other.
const MAX_DEPTH: usize = 16;

/// What is wrong with a query.
#[derive(Debug)]
pub(super) struct Wrong {
    /// The byte where it is.
    pub(super) at: usize,
    /// What should stand there.
    pub(super) wanted: &'static str,
}

/// Reads a query from left to right.
pub(super) struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

const COMPARISONS: &[(&str, Comparison)] = &[
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

const WORDS: &[(&str, Literal)] = &[
    ("null", Literal::Null),
    ("true", Literal::Bool(true)),
    ("false", Literal::Bool(false)),
];

impl<'t> Parser<'t> {
    /// A parser at the beginning of a text.
    pub(super) const fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    /// The whole text as a query from the root.
    pub(super) fn whole(mut self) -> Result<Query, Wrong> {
        if !self.take("$") {
            return self.wrong("`$`");
        }
        let segments = self.segments()?;
        if !self.rest().is_empty() {
            return self.wrong("`.`, `[` or the end");
        }
        Ok(Query {
            start: Start::Root,
            segments,
        })
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn expect(&mut self, token: &str, wanted: &'static str) -> Result<(), Wrong> {
        self.skip_blanks();
        match self.take(token) {
            true => Ok(()),
            false => self.wrong(wanted),
        }
    }

    const fn wrong<T>(&self, wanted: &'static str) -> Result<T, Wrong> {
        Err(Wrong {
            at: self.at,
            wanted,
        })
    }

    fn segments(&mut self) -> Result<Vec<Segment>, Wrong> {
        let mut segments = Vec::new();
        loop {
            let end = self.at;
            self.skip_blanks();
            let descends = self.take("..");
            let selectors = if self.take("[") {
                self.bracketed()?
            } else if descends || self.take(".") {
                vec![self.shorthand()?]
            } else {
                // Blanks behind the last segment belong to what is around the query.
                self.at = end;
                return Ok(segments);
            };
            segments.push(Segment {
                descends,
                selectors,
            });
        }
    }

    fn shorthand(&mut self) -> Result<Selector, Wrong> {
        if self.take("*") {
            return Ok(Selector::All);
        }
        let is_part = |ch: char| ch.is_ascii_alphanumeric() || "_-".contains(ch) || !ch.is_ascii();
        let rest = self.rest();
        let name = &rest[..rest.len() - rest.trim_start_matches(is_part).len()];
        if name.is_empty() {
            return self.wrong("a name or `*`");
        }
        self.at += name.len();
        Ok(Selector::Name(name.to_owned()))
    }

    fn bracketed(&mut self) -> Result<Vec<Selector>, Wrong> {
        let mut selectors = Vec::new();
        loop {
            self.skip_blanks();
            selectors.push(self.selector()?);
            self.skip_blanks();
            if self.take("]") {
                return Ok(selectors);
            }
            self.expect(",", "`,` or `]`")?;
        }
    }

    fn selector(&mut self) -> Result<Selector, Wrong> {
        if self.take("*") {
            return Ok(Selector::All);
        }
        if self.take("?") {
            return Ok(Selector::Filter(self.any()?));
        }
        if self.rest().starts_with(['\'', '"']) {
            return Ok(Selector::Name(self.text()?));
        }
        let start = self.integer()?;
        self.skip_blanks();
        if !self.take(":") {
            return match start {
                Some(index) => Ok(Selector::Index(index)),
                None => self.wrong("a name in quotes, a number, `*`, `:` or `?`"),
            };
        }
        self.skip_blanks();
        let end = self.integer()?;
        self.skip_blanks();
        let step = match self.take(":") {
            true => {
                self.skip_blanks();
                self.integer()?.unwrap_or(1)
            }
            false => 1,
        };
        Ok(Selector::Slice(start, end, step))
    }

    fn integer(&mut self) -> Result<Option<i64>, Wrong> {
        let rest = self.rest();
        let digits = rest.strip_prefix('-').unwrap_or(rest);
        let behind = digits.trim_start_matches(|ch: char| ch.is_ascii_digit());
        let text = &rest[..rest.len() - behind.len()];
        if text.is_empty() {
            return Ok(None);
        }
        let Ok(value) = text.parse() else {
            return self.wrong("a whole number of at most 18 digits");
        };
        self.at += text.len();
        Ok(Some(value))
    }

    fn any(&mut self) -> Result<Condition, Wrong> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.wrong("fewer filters in each other");
        }
        let mut parts = vec![self.all()?];
        while self.take_behind_blanks("||") {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        Ok(single(parts, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, Wrong> {
        let mut parts = vec![self.basic()?];
        while self.take_behind_blanks("&&") {
            parts.push(self.basic()?);
        }
        Ok(single(parts, Condition::All))
    }

    fn take_behind_blanks(&mut self, token: &str) -> bool {
        self.skip_blanks();
        self.take(token)
    }

    fn basic(&mut self) -> Result<Condition, Wrong> {
        self.skip_blanks();
        let is_opposite = !self.rest().starts_with("!=") && self.take("!");
        self.skip_blanks();
        let condition = if self.take("(") {
            let inner = self.any()?;
            self.expect(")", "`)`")?;
            inner
        } else {
            self.comparison(is_opposite)?
        };
        Ok(match is_opposite {
            true => Condition::Not(Box::new(condition)),
            false => condition,
        })
    }

    /// A comparison, or a query whose result must be there. Behind a `!` there are no comparisons.
    fn comparison(&mut self, is_opposite: bool) -> Result<Condition, Wrong> {
        let start = self.at;
        let left = self.operand()?;
        self.skip_blanks();
        let found = COMPARISONS
            .iter()
            .find(|(token, _)| !is_opposite && self.rest().starts_with(token));
        let Some((token, comparison)) = found else {
            return match left {
                Operand::Query(query) => Ok(Condition::Exists(query)),
                Operand::Literal(_) => self.wrong("a comparison such as `==`"),
            };
        };
        self.at += token.len();
        self.skip_blanks();
        let middle = self.at;
        let right = self.operand()?;
        for (operand, at) in [(&left, start), (&right, middle)] {
            if matches!(operand, Operand::Query(query) if !query.is_singular()) {
                let wanted = "a query for a single value";
                return Err(Wrong { at, wanted });
            }
        }
        Ok(Condition::Compare(left, *comparison, right))
    }

    fn operand(&mut self) -> Result<Operand, Wrong> {
        for (token, start) in [("@", Start::Current), ("$", Start::Root)] {
            if self.take(token) {
                let segments = self.segments()?;
                return Ok(Operand::Query(Query { start, segments }));
            }
        }
        if self.rest().starts_with(['\'', '"']) {
            return Ok(Operand::Literal(Literal::Text(self.text()?)));
        }
        let is_part = |ch: char| ch.is_ascii_alphanumeric() || "+-._".contains(ch);
        let rest = self.rest();
        let word = &rest[..rest.len() - rest.trim_start_matches(is_part).len()];
        let known = WORDS.iter().find(|(known, _)| *known == word);
        let is_number = word.starts_with(|ch: char| ch.is_ascii_digit() || ch == '-');
        let number = word.parse().ok().filter(|_| is_number);
        let literal = known
            .map(|(_, literal)| literal.clone())
            .or_else(|| number.map(Literal::Number));
        match literal {
            Some(literal) => {
                self.at += word.len();
                Ok(Operand::Literal(literal))
            }
            None => self.wrong("`@`, `$` or a literal (functions are not supported)"),
        }
    }

    fn text(&mut self) -> Result<String, Wrong> {
        let quote = match self.take("\"") {
            true => '"',
            false => {
                self.take("'");
                '\''
            }
        };
        let mut text = String::new();
        loop {
            let Some(ch) = self.rest().chars().next() else {
                return self.wrong("the closing quote");
            };
            self.at += ch.len_utf8();
            match ch {
                '\\' => text.push(self.escaped()?),
                ch if ch == quote => return Ok(text),
                ch => text.push(ch),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Wrong> {
        let Some(ch) = self.rest().chars().next() else {
            return self.wrong("an escape");
        };
        self.at += ch.len_utf8();
        match ch {
            'b' => Ok('\u{8}'),
            'f' => Ok('\u{c}'),
            'n' => Ok('\n'),
            'r' => Ok('\r'),
            't' => Ok('\t'),
            '/' | '\\' | '\'' | '"' => Ok(ch),
            'u' => self.unicode(),
            _ => {
                self.at -= ch.len_utf8();
                self.wrong("an escape such as `\\n`")
            }
        }
    }

    fn unicode(&mut self) -> Result<char, Wrong> {
        let first = self.hex()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first).map_or_else(|| self.wrong("a character"), Ok);
        }
        self.expect("\\u", "the second half of a character")?;
        let second = self.hex()?;
        let low = second.wrapping_sub(0xDC00);
        let whole = 0x1_0000 + ((first - 0xD800) << 10) + low;
        match low < 0x400 {
            true => char::from_u32(whole).map_or_else(|| self.wrong("a character"), Ok),
            false => self.wrong("the second half of a character"),
        }
    }

    fn hex(&mut self) -> Result<u32, Wrong> {
        let digits = self.rest().get(..4);
        let is_hex = |digits: &&str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = digits.filter(is_hex);
        match value.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(value) => {
                self.at += 4;
                Ok(value)
            }
            None => self.wrong("four hexadecimal digits"),
        }
    }
}

fn single(mut parts: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.len() {
        1 => parts.remove(0),
        _ => several(parts),
    }
}
