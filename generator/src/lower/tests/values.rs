//! Lists of values (group I).

use expect_test::expect;

use super::check_schemas;

#[test]
fn enums_take_the_type_of_their_values() {
    check_schemas(
        "\
Whole: {type: integer, enum: [1, 2.0, -3, '4']}
Free: {enum: [1, 2]}
Parts: {type: number, enum: [0.5, 1]}
Both: {type: boolean, enum: [true, false]}
One: {type: boolean, enum: [true]}
Mixed: {enum: [1, a, null]}
Large: {type: integer, enum: [18446744073709551615]}
Objects: {enum: [{a: 1.0}, [1]]}
Words: {type: string, enum: [no, 'yes', 1.0, true]}
Uuid: {type: string, format: uuid, pattern: x, enum: [a]}",
        expect![[r#"
            Whole = enum [1, 2, -3, 4]
            Free = enum [1, 2]
            Parts = number:Double(values=["0.5","1"])
            Both = boolean(values=["true","false"])
            One = boolean(values=["true"])
            Mixed = union { Integer: Mixed.Integer, String: Mixed.String } by number Integer; string String
            Large = integer:Uint64(values=["18446744073709551615"])
            Objects = union { Array: any(values=["[1]"]), Object: any(values=["{\"a\":1.0}"]) } by array Array; object Object
            Words = enum ["no", "yes", "1.0", "true"]
            Uuid = enum ["a"]
            Mixed.Integer = enum [1]
            Mixed.String = enum ["a"]
        "#]],
    );
}

#[test]
fn constants_of_every_type() {
    check_schemas(
        "\
Text: {const: dog}
Whole: {type: number, const: -2.0}
Part: {const: 2.5}
Flag: {type: boolean, const: false}
Nothing: {const: null}
Object: {const: {a: [1]}}
Default: {type: string, const: a, default: b}",
        expect![[r#"
            Text = enum ["dog"!] Refused
            Whole = enum [-2!] Refused
            Part = enum [2.5!] Refused
            Flag = enum [false!] Refused
            Nothing = null
            Object = any(values=["{\"a\":[1]}"])
            Default = enum ["a"!] Refused
        "#]],
    );
}

#[test]
fn lists_that_do_not_fit() {
    check_schemas(
        "\
Empty: {type: string, enum: []}
Odd: {type: integer, enum: [1, a]}
None: {type: array, items: {type: string}, enum: [a, b]}
Twice: {enum: [a, b, a]}
Equal: {enum: [1, 1.0]}
Structured: {properties: {a: {type: integer}}, enum: [{a: 1}]}",
        expect![[r#"
            Empty = string
            Odd = enum [1]
            None = [string]
            Twice = enum ["a", "b"]
            Equal = enum [1]
            Structured = { a?: integer:Plain }
            enum-value:5: this `enum` lists no value (read as if it were not there)
            enum-value:6: a listed value is not of the type that is stated beside it (values of other types are ignored)
            enum-value:7: a listed value is not of the type that is stated beside it (values of other types are ignored)
            duplicate-key:8: the value `a` is listed twice (this one is ignored)
            duplicate-key:9: the value `1.0` is listed twice (this one is ignored)
            unsupported:10: checking a list of values beside `properties` or `items` is not supported yet (documented, and not checked)
        "#]],
    );
}

#[test]
fn members_of_an_all_of_must_all_list_a_value() {
    check_schemas(
        "\
A: {type: string, enum: [a, b], x-enum-varnames: [First, Second]}
B: {allOf: [{$ref: '#/components/schemas/A'}, {enum: [b, c]}]}
C: {allOf: [{$ref: '#/components/schemas/A'}, {enum: [c, d]}]}
D: {allOf: [{$ref: '#/components/schemas/A'}, {const: a}]}
E: {allOf: [{x-extensible-enum: [a]}, {enum: [b]}]}",
        expect![[r#"
            A = enum ["a" as First, "b" as Second]
            B = enum ["b"]
            C = enum ["c", "d"]
            D = enum ["a"!] Refused
            E = enum ["b"]
            all-of-conflict:7: no value is listed by every member of this `allOf` (the values that are listed here are used)
        "#]],
    );
}

#[test]
fn values_have_names_and_descriptions() {
    check_schemas(
        "\
List: {enum: [1, 2], x-enum-varnames: [Low, High], x-enum-descriptions: [Little, Much]}
Short: {enum: [1, 2], x-enumNames: [Low]}
Map: {enum: [a, b], x-enumDescriptions: {a: First}, x-enum-varnames: {b: Second}}
Azure: {enum: [a], x-ms-enum: {name: N, modelAsString: true, values: [{value: a, name: First, description: d}]}}
Zalando: {type: string, x-extensible-enum: [a, b]}
Flag: {enum: [a], x-extensible-enum: true}
Default: {enum: [a, b], default: b}
Holder: {properties: {inline: {enum: [a, b], default: b}}}",
        expect![[r#"
            List = enum [1 as Low, 2 as High]
            Short = enum [1, 2]
            Map = enum ["a", "b" as Second]
            Azure = enum ["a" as First] Allowed
            Zalando = enum ["a", "b"] Allowed
            Flag = enum ["a"] Allowed
            Default = enum ["a", "b"!]
            Holder = { inline?: Holder.inline }
            Holder.inline = enum ["a", "b"]
            enum-names:6: `x-enumNames` does not say one thing about each of the 2 values (ignored)
        "#]],
    );
}

#[test]
fn unions_of_values_are_one_enum() {
    check_schemas(
        "\
Annotated:
  oneOf:
    - {const: 1, title: Low, description: Little}
    - {const: 2, title: High}
Open: {anyOf: [{type: string, enum: [a, b]}, {type: string}]}
Reverse: {anyOf: [{type: string}, {const: a}]}
Blank: {oneOf: [{$ref: '#/components/schemas/Open'}, {enum: ['']}, {enum: [null]}]}
Dated: {anyOf: [{type: string, format: date-time}, {const: now}]}
Apart: {oneOf: [{const: 1}, {const: a}]}
Holder: {properties: {blank: {oneOf: [{enum: [x]}, {enum: ['']}, {enum: [null]}]}}}",
        expect![[r#"
            Annotated = enum [1 as Low, 2 as High]
            Open = enum ["a", "b"] Allowed
            Reverse = enum ["a"] Allowed
            Blank = enum ["a", "b", ""] Allowed
            Dated = string
            Apart = union { Number: Apart.Number, String: Apart.String } by number Number; string String
            Holder = { blank?: Holder.blank|null }
            Apart.Number = enum [1!] Refused
            Apart.String = enum ["a"!] Refused
            Holder.blank = enum ["x", ""]
        "#]],
    );
}
