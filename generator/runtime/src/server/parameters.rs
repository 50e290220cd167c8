//! Reading the parameters of a request.

use http::header::COOKIE;
use serde::de::DeserializeOwned;

use super::super::form::{self, Styles};
use super::super::param::{self, ParamError, Style, Text};
use super::super::percent;
use super::super::validate::{Checker, validate_all};
use super::{Incoming, Problem};

/// A parameter of the query or a cookie: its key, decoded, and its text, as it stands there.
type Pair<'a> = (String, &'a str);

impl Incoming {
    /// Reads a path parameter.
    ///
    /// The path is split before it is decoded, so an encoded slash stays within its segment.
    ///
    /// # Errors
    ///
    /// 400 if an escape is broken, or if the text is not a `T`. The text is not repeated.
    pub fn path<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Problem> {
        let text = self.raw_path(name).filter(|text| !text.is_empty());
        let text = text.map_or(Text::Absent, Text::Path);
        read("path parameter", name, style, &text)
    }

    /// Reads a query parameter.
    ///
    /// # Errors
    ///
    /// 400 as for [`Self::path`], and if it is missing though the type asks for it.
    pub fn query<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Problem> {
        let pairs = self
            .query_pairs()
            .map_err(|error| problem("query", "", error))?;
        let text = if style == Style::DEEP_OBJECT {
            deep(name, &pairs)
        } else {
            let is_item = |key: &str| {
                let rest = key.strip_prefix(name);
                let inner = rest.and_then(|it| it.strip_prefix('[')?.strip_suffix(']'));
                key == name || inner.is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()))
            };
            let texts = pairs.iter().filter(|(key, _)| is_item(key));
            Ok(Text::Query(texts.map(|(_, text)| *text).collect()))
        };
        let text = text.map_err(|error| problem("query parameter", name, error))?;
        read("query parameter", name, style, &text)
    }

    /// Reads a query parameter that is an object of these keys, which stand there for themselves.
    ///
    /// # Errors
    ///
    /// 400 as for [`Self::query`].
    pub fn query_keys<T: DeserializeOwned>(&self, name: &str, keys: &[&str]) -> Result<T, Problem> {
        self.query_object(name, |key| keys.contains(&key))
    }

    /// Reads a query parameter that is an object of all keys but these.
    ///
    /// # Errors
    ///
    /// 400 as for [`Self::query`].
    pub fn query_rest<T: DeserializeOwned>(
        &self,
        name: &str,
        others: &[&str],
    ) -> Result<T, Problem> {
        self.query_object(name, |key| !others.contains(&key))
    }

    fn query_object<T: DeserializeOwned>(
        &self,
        name: &str,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<T, Problem> {
        let pairs = self.query_pairs();
        let pairs = pairs.and_then(|pairs| {
            let pairs = pairs.into_iter().filter(|(key, _)| wanted(key));
            pairs.map(|(key, text)| Ok((key, decoded(text)?))).collect()
        });
        let pairs = pairs.map_err(|error| problem("query parameter", name, error))?;
        read("query parameter", name, Style::FORM, &Text::Pairs(pairs))
    }

    /// Reads the whole query as a form.
    ///
    /// # Errors
    ///
    /// 400 if it is not encoded as it should be, or does not fit the type.
    pub fn query_form<T: DeserializeOwned>(&self, styles: Styles) -> Result<T, Problem> {
        let query = self.parts.uri.query().unwrap_or_default();
        // What may be absent is so without a query, and everything else is a form without fields.
        if query.is_empty()
            && let Ok(absent) = param::read("", Style::FORM, &Text::Absent)
        {
            return Ok(absent);
        }
        form::read(styles, query.as_bytes()).map_err(|error| {
            let (place, problem) = (error.path(), error.problem());
            Problem::bad_request(format!("The query is not valid at `{place}`: {problem}."))
        })
    }

    /// Reads the whole query as JSON or a text.
    ///
    /// # Errors
    ///
    /// 400 if it is not encoded as it should be, or does not fit the type.
    pub fn whole_query<T: DeserializeOwned>(&self, style: Style) -> Result<T, Problem> {
        let query = self.parts.uri.query().filter(|query| !query.is_empty());
        let text = query.map_or(Text::Absent, Text::Path);
        read("query", "", style, &text)
    }

    /// Reads a header.
    ///
    /// # Errors
    ///
    /// 400 if it is not a `T`, or missing though the type asks for it. The text is not repeated.
    pub fn header<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Problem> {
        let value = param::header(self.headers(), name, style);
        value.map_err(|error| problem("header", name, error))
    }

    /// Reads a cookie.
    ///
    /// # Errors
    ///
    /// 400 as for [`Self::query`].
    pub fn cookie<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Problem> {
        let pairs = self.cookies()?;
        let texts = pairs.iter().filter(|(key, _)| key == name);
        let texts = Text::Cookie(texts.map(|(_, text)| *text).collect());
        read("cookie", name, style, &texts)
    }

    /// Reads an object of these keys from cookies of their own.
    ///
    /// # Errors
    ///
    /// 400 as for [`Self::query`].
    pub fn cookie_keys<T: DeserializeOwned>(
        &self,
        name: &str,
        keys: &[&str],
    ) -> Result<T, Problem> {
        self.cookie_object(name, |key| keys.contains(&key))
    }

    /// Reads an object of all cookies but these.
    ///
    /// # Errors
    ///
    /// 400 as for [`Self::query`].
    pub fn cookie_rest<T: DeserializeOwned>(
        &self,
        name: &str,
        others: &[&str],
    ) -> Result<T, Problem> {
        self.cookie_object(name, |key| !others.contains(&key))
    }

    fn cookie_object<T: DeserializeOwned>(
        &self,
        name: &str,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<T, Problem> {
        let pairs = self.cookies()?;
        let pairs = pairs.into_iter().filter(|(key, _)| wanted(key));
        let pairs = pairs.map(|(key, text)| {
            let text = percent::decode(text).ok_or_else(ParamError::broken)?;
            Ok((key, text))
        });
        let pairs: Result<Vec<_>, ParamError> = pairs.collect();
        let pairs = pairs.map_err(|error| problem("cookie", name, error))?;
        read("cookie", name, Style::FORM, &Text::Pairs(pairs))
    }

    /// Checks the constraints that the document puts on parameters.
    ///
    /// # Errors
    ///
    /// 400 with every violation and its place.
    pub fn check_parameters(&self, rules: impl FnOnce(&mut Checker<'_>)) -> Result<(), Problem> {
        validate_all(rules).map_err(|violations| Problem::invalid("The parameters are", violations))
    }

    fn query_pairs(&self) -> Result<Vec<Pair<'_>>, ParamError> {
        let query = self.parts.uri.query().unwrap_or_default();
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| {
                let (key, text) = pair.split_once('=').unwrap_or((pair, ""));
                Ok((decoded(key)?, text))
            })
            .collect()
    }

    fn cookies(&self) -> Result<Vec<Pair<'_>>, Problem> {
        let headers = self.headers().get_all(COOKIE).iter();
        let mut pairs = Vec::new();
        for header in headers {
            let text = header.to_str();
            let text = text.map_err(|_| problem("header", "cookie", ParamError::broken()))?;
            for cookie in text.split(';').map(str::trim) {
                if let Some((key, value)) = cookie.split_once('=') {
                    // A name that is no escape is a name all the same: cookies are older than this.
                    let key = percent::decode(key).unwrap_or_else(|| key.to_owned());
                    pairs.push((key, value));
                }
            }
        }
        Ok(pairs)
    }
}

/// The texts of `name[a]`, `name[b][c]` and so on.
fn deep<'a>(name: &str, pairs: &[Pair<'a>]) -> Result<Text<'a>, ParamError> {
    let mut found = Vec::new();
    for (key, text) in pairs {
        match key.strip_prefix(name) {
            Some(rest) if rest.is_empty() || rest.starts_with('[') => {
                found.push((rest.to_owned(), decoded(text)?));
            }
            _ => {}
        }
    }
    Ok(Text::Brackets(found))
}

/// Decodes what stands in a query.
fn decoded(text: &str) -> Result<String, ParamError> {
    percent::decode_form(text).ok_or_else(ParamError::broken)
}

fn read<T: DeserializeOwned>(
    what: &str,
    name: &str,
    style: Style,
    text: &Text<'_>,
) -> Result<T, Problem> {
    param::read(name, style, text).map_err(|error| problem(what, name, error))
}

fn problem(what: &str, name: &str, error: ParamError) -> Problem {
    let name = if name.is_empty() {
        String::new()
    } else {
        format!(" `{name}`")
    };
    Problem::bad_request(format!("The {what}{name} is not valid: {error}."))
}
