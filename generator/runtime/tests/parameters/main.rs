//! Parameters in every style: the exact bytes, and back.

#![cfg(all(feature = "client", feature = "server"))]

mod back;
mod refused;
mod written;

use http::{HeaderMap, HeaderValue};
use oarlock_runtime::param::{self, ParamError, Style, Text};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(
    non_snake_case,
    reason = "these are the keys of the specification's example"
)]
struct Rgb {
    R: u8,
    G: u8,
    B: u8,
}

const RGB: Rgb = Rgb {
    R: 100,
    G: 200,
    B: 150,
};
const LIST: [&str; 3] = ["blue", "black", "brown"];

fn path(style: Style, value: &(impl Serialize + ?Sized)) -> Result<String, ParamError> {
    param::path("color", style, &param::to_value(value)?)
}

fn query(style: Style, value: &(impl Serialize + ?Sized)) -> Result<String, ParamError> {
    let mut text = String::new();
    param::query(&mut text, "color", style, &param::to_value(value)?)?;
    Ok(text)
}

/// The lines of a header.
fn header(style: Style, value: &(impl Serialize + ?Sized)) -> Result<Vec<String>, ParamError> {
    let mut headers = HeaderMap::new();
    param::set_header(&mut headers, "h", style, value)?;
    let lines = headers.get_all("h").iter().map(HeaderValue::to_str);
    let lines = lines.map(|line| line.expect("it is visible").to_owned());
    Ok(lines.collect())
}

fn from_header<T: DeserializeOwned>(style: Style, lines: &[String]) -> Result<T, ParamError> {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append("h", HeaderValue::try_from(line).expect("it is visible"));
    }
    param::header(&headers, "h", style)
}

fn cookie(style: Style, value: &(impl Serialize + ?Sized)) -> Result<String, ParamError> {
    let mut text = String::new();
    param::cookie(&mut text, "color", style, &param::to_value(value)?)?;
    Ok(text)
}

fn from_path<T: DeserializeOwned>(style: Style, text: &str) -> Result<T, ParamError> {
    param::read("color", style, &Text::Path(text))
}

/// The values of `color` in a query.
fn from_query<T: DeserializeOwned>(style: Style, texts: &[&str]) -> Result<T, ParamError> {
    param::read("color", style, &Text::Query(texts.to_vec()))
}
