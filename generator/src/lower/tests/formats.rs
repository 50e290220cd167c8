use expect_test::expect;

use super::{check_schemas, check_with};
use crate::config::{Config, DateTimes, Decimals, Floats, Formats, Uris};

#[test]
fn a_format_of_another_type_is_ignored_and_told() {
    check_schemas(
        "\
A:
  properties:
    a: {type: string, format: int32}
    b: {type: string, format: int64}
    c: {type: integer, format: date-time}
    d: {type: integer, format: float}
    e: {type: number, format: uint8}
    f: {type: boolean, format: uuid}
    g: {type: string, format: boolean}
    h: {type: string, format: decimal}
    i: {type: number, format: decimal}
    j: {type: string, format: binary}",
        expect![[r#"
            A = { a?: string, b?: string, c?: integer:Plain, d?: integer:Plain, e?: integer:Uint8, f?: boolean, g?: string, h?: string, i?: number:Double, j?: string }
            format-mismatch:7: `int32` is no format of strings (the format is ignored)
            format-mismatch:9: `date-time` is no format of integers (the format is ignored)
            format-mismatch:10: `float` is no format of integers (the format is ignored)
            format-mismatch:12: `uuid` is no format of booleans (the format is ignored)
            unsupported:15: keeping every digit of a decimal number that is no string is not supported yet (read as `f64`, which keeps 15 of them)
            binary-in-json:16: JSON cannot carry the raw bytes of `format: binary` (read as text)
        "#]],
    );
}

#[test]
fn a_format_or_an_encoding_alone_says_the_type() {
    check_schemas(
        "\
A:
  properties:
    a: {format: date-time}
    b: {format: ipv4}
    c: {format: uint}
    d: {format: double}
    e: {format: hat-size}
    f: {contentEncoding: base64}
    g: {contentEncoding: BASE64URL}
    h: {contentMediaType: image/png}
    i: {contentEncoding: hex, format: date}",
        expect![[r#"
            A = { a?: string:DateTime, b?: string:Ipv4, c?: integer:Uint64, d?: number:Double, e?: any, f?: string:Base64, g?: string:Base64Url, h?: any, i?: string }
        "#]],
    );
}

#[test]
fn bounds_choose_the_width_of_an_integer() {
    check_schemas(
        "\
A:
  properties:
    a: {type: integer, minimum: 0, maximum: 9223372036854775807}
    b: {type: integer, minimum: 0, exclusiveMaximum: 9223372036854775809}
    c: {type: integer, minimum: 0, exclusiveMaximum: 9223372036854775808}
    d: {type: integer, exclusiveMinimum: -1, maximum: 1e19}
    e: {type: integer, minimum: 0, maximum: 1e30}
    f: {type: integer, minimum: -1, maximum: 1e19}
    h: {type: integer, format: int64, minimum: 0, maximum: 1e19}
    i: {type: integer, minimum: -9223372036854776000, maximum: 9223372036854776000}",
        expect![[r#"
            A = { a?: integer:Plain(maximum="9223372036854775807" minimum="0"), b?: integer:Uint64(exclusive_maximum="9223372036854775809" minimum="0"), c?: integer:Plain(exclusive_maximum="9223372036854775808" minimum="0"), d?: integer:Uint64(exclusive_minimum="-1" maximum="1e19"), e?: integer:Uint128(maximum="1e30" minimum="0"), f?: integer:Int128(maximum="1e19" minimum="-1"), h?: integer:Int64(maximum="1e19" minimum="0"), i?: integer:Plain(maximum="9223372036854776000" minimum="-9223372036854776000") }
        "#]],
    );
}

#[test]
fn a_string_that_holds_json_is_what_it_holds() {
    check_schemas(
        "\
A:
  properties:
    a: {type: string, contentMediaType: application/json, contentSchema: {properties: {x: {type: integer}}}}
    b: {contentMediaType: application/hal+json, contentSchema: {type: integer}}
    c: {type: string, contentMediaType: application/json}
    d: {type: string, contentMediaType: text/plain, contentSchema: {type: string}}
    e: {type: string, contentMediaType: application/json, contentEncoding: base64, contentSchema: {type: string}}",
        expect![[r#"
            A = { a?: json<A.a.content>, b?: json<integer:Plain>, c?: string, d?: string, e?: string:Base64 }
            A.a.content = { x?: integer:Plain }
            unsupported:10: `contentSchema` of something other than plain JSON is not supported yet (the text is not looked into)
            unsupported:11: `contentSchema` of something other than plain JSON is not supported yet (the text is not looked into)
        "#]],
    );
}

#[test]
fn extensions_can_say_that_a_value_is_secret() {
    check_schemas(
        "\
A:
  properties:
    a: {type: string, x-sensitive-data: true}
    b: {type: string, x-sensitive: false}
    c: {type: integer, x-sensitive: true}",
        expect![[r#"
            A = { a?: string:Secret, b?: string, c?: integer:Plain }
            unsupported:9: keeping a value that is no string out of sight is not supported yet (it is shown like any other)
        "#]],
    );
}

#[test]
fn the_configuration_chooses_among_representations() {
    let text = "\
openapi: 3.1.0
info: {title: T, version: '1'}
components:
  schemas:
    A:
      properties:
        a: {type: string, format: date-time}
        b: {type: string, format: time-local}
        c: {type: string, format: uri}
        d: {type: string, format: url}
        e: {type: string, format: decimal}
        f: {type: number, format: float}";
    let with = |datetime| Config {
        formats: Formats {
            datetime,
            uri: Uris::Url,
            decimal: Decimals::RustDecimal,
            float: Floats::F64,
        },
        ..Config::default()
    };
    check_with(
        text,
        &with(DateTimes::Jiff),
        expect![[r#"
        A = { a?: string:DateTime, b?: string:LocalTime, c?: string:Uri, d?: string, e?: string:Decimal, f?: number:Double }
    "#]],
    );
    check_with(
        text,
        &with(DateTimes::Time),
        expect![[r#"
        A = { a?: string:DateTime, b?: string, c?: string:Uri, d?: string, e?: string:Decimal, f?: number:Double }
    "#]],
    );
    check_with(
        text,
        &with(DateTimes::String),
        expect![[r#"
        A = { a?: string, b?: string, c?: string:Uri, d?: string, e?: string:Decimal, f?: number:Double }
    "#]],
    );
}
