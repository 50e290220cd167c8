use expect_test::expect;

use super::{check_schemas, check_with, secret};

#[test]
fn all_of_is_one_flat_struct_that_knows_its_parts() {
    check_schemas(
        "\
Base: {type: object, required: [id], properties: {id: {type: string}, note: {type: [string, 'null'], maxLength: 9}}}
Whole: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [secret], properties: {secret: {type: string}}}]}
Narrower: {allOf: [{$ref: '#/components/schemas/Base'}], required: [note]}",
        expect![[r#"
            Base = { id: string, note?: string|null(max_length=9) }
            Whole = { id: string, note?: string|null(max_length=9), secret: string } of Base
            Narrower = { id: string, note: string|null(max_length=9) } of Base
        "#]],
    );
}

#[test]
fn the_tightest_constraint_and_the_narrowest_type_win() {
    check_schemas(
        "\
A:
  allOf:
    - {properties: {n: {type: number, minimum: 1}, s: {type: string, maxLength: 5}}}
    - {properties: {n: {type: integer, minimum: 3}, s: {type: string, maxLength: 3}}}
B: {allOf: [{properties: {x: {type: string}}}, {properties: {x: {type: integer}}}]}",
        expect![[r#"
            A = { n?: integer:Plain(minimum="3"), s?: string(max_length=3) }
            B = { x?: integer:Plain }
            all-of-conflict:9: no value has the types of every member of this `allOf` (the type that is written here is used)
        "#]],
    );
}

#[test]
fn null_is_found_wherever_it_is_written() {
    check_schemas(
        "\
Pet: {type: [object, 'null'], properties: {name: {type: string}}}
A:
  required: [a]
  properties:
    a: {$ref: '#/components/schemas/Pet'}
    b: {anyOf: [{type: string}, {type: 'null'}]}
    c: {nullable: true, allOf: [{$ref: '#/components/schemas/B'}]}
    d: {enum: [x, null]}
    e: {type: array, items: {type: [integer, 'null']}}
    f: {type: 'null'}
B: {type: string}",
        expect![[r#"
            Pet = { name?: string }
            A = { a: Pet|null, b?: string|null, c?: B|null, d?: A.d|null, e?: [integer:Plain|null], f?: null|null }
            B = string
            A.d = enum ["x"]
            mixed-dialect:11: `nullable` is OpenAPI 3.0, but this is a 3.1 document (read as it is meant)
        "#]],
    );
}

#[test]
fn a_wrapper_that_only_annotates_is_looked_through() {
    check_schemas(
        "\
A: {properties: {x: {allOf: [{$ref: '#/components/schemas/B'}, {description: d}]}, y: {description: d, $ref: '#/components/schemas/B'}}}
B: {type: object, properties: {z: {type: boolean}}}
C: {$ref: '#/components/schemas/B'}
D: {oneOf: [{$ref: '#/components/schemas/B'}]}",
        expect![[r#"
            A = { x?: B, y?: B }
            B = { z?: boolean }
            C = B
            D = B
        "#]],
    );
}

#[test]
fn inline_types_are_named_after_where_they_stand() {
    check_schemas(
        "\
A:
  properties:
    inner: {type: object, properties: {kind: {enum: [a, b]}}}
    list: {type: array, items: {type: object, properties: {x: {type: integer}}}}
    deep: {$ref: '#/components/schemas/A/properties/inner'}",
        expect![[r#"
            A = { inner?: A.inner, list?: [A.list.item], deep?: A.inner }
            A.inner = { kind?: A.inner.kind }
            A.inner.kind = enum ["a", "b"]
            A.list.item = { x?: integer:Plain }
        "#]],
    );
}

#[test]
fn what_is_reached_by_a_reference_is_named_after_its_own_place() {
    check_schemas(
        "\
First: {properties: {deep: {$ref: '#/components/schemas/Last/properties/in/items'}, again: {$ref: '#/components/schemas/Wrap/anyOf/0'}}}
Last: {properties: {in: {type: array, items: {type: object, properties: {z: {type: string}}}}}}
Wrap: {anyOf: [{type: object, properties: {a: {enum: [x]}}}, {type: 'null'}]}
Alone: {allOf: [{type: object, properties: {b: {type: string}}}], description: d}",
        expect![[r#"
            First = { deep?: Last.in.item, again?: Wrap }
            Last = { in?: [Last.in.item] }
            Wrap = { a?: Wrap.a }
            Alone = { b?: string }
            Last.in.item = { z?: string }
            Wrap.a = enum ["x"]
        "#]],
    );
}

#[test]
fn the_same_in_several_places_is_one_type() {
    check_schemas(
        "\
A: {properties: {order: {enum: [asc, desc], description: one}, more: {type: object, properties: {k: {enum: [x]}}}}}
B: {properties: {order: {enum: [asc, desc], description: other}, more: {type: object, properties: {k: {enum: [x]}}}}}
C: {properties: {order: {enum: [desc, asc]}, kind: {enum: [asc, desc]}, more: {type: object, properties: {k: {enum: [y]}}}}}",
        expect![[r#"
            A = { order?: order, more?: more }
            B = { order?: order, more?: more }
            C = { order?: C.order, kind?: C.kind, more?: C.more }
            order = enum ["asc", "desc"]
            more = { k?: more.k }
            more.k = enum ["x"]
            C.order = enum ["desc", "asc"]
            C.kind = enum ["asc", "desc"]
            C.more = { k?: C.more.k }
            C.more.k = enum ["y"]
        "#]],
    );
}

#[test]
fn objects_without_properties_are_maps() {
    check_schemas(
        "\
Free: {type: object}
Typed: {additionalProperties: {type: integer}}
Both: {properties: {a: {type: string}}, additionalProperties: {type: boolean}}
Closed: {type: object, additionalProperties: false}
Open: {properties: {a: {type: string}}, additionalProperties: true}",
        expect![[r#"
            Free = map(any)
            Typed = map(integer:Plain)
            Both = { a?: string, *: boolean }
            Closed = {  }
            Open = { a?: string }
        "#]],
    );
}

#[test]
fn scalars_take_their_formats() {
    check_schemas(
        "\
A:
  properties:
    a: {type: integer, format: int32}
    b: {type: integer, minimum: 0, maximum: 18446744073709551615}
    c: {type: number, format: float}
    d: {type: string, format: date-time}
    e: {type: string, format: uuid}
    f: {type: string, format: password}
    g: {format: date}
    h: {minLength: 1}
    i: {}",
        expect![[r#"
            A = { a?: integer:Int32, b?: integer:Uint64(maximum="18446744073709551615" minimum="0"), c?: number:Float, d?: string:DateTime, e?: string:Uuid, f?: string:Secret, g?: string:Date, h?: string(min_length=1), i?: any }
        "#]],
    );
}

#[test]
fn lists_of_values() {
    check_schemas(
        "\
Text: {enum: [a, b, a]}
Yaml: {type: string, enum: [yes, 1, true]}
Flag: {type: boolean, enum: [true]}
Const: {const: x}
Numbers: {type: integer, enum: [1, 2]}",
        expect![[r#"
            Text = enum ["a", "b"]
            Yaml = enum ["yes", "1", "true"]
            Flag = boolean(values=["true"])
            Const = enum ["x"!] Refused
            Numbers = enum [1, 2]
            duplicate-key:5: the value `a` is listed twice (this one is ignored)
        "#]],
    );
}

#[test]
fn what_is_not_generated_yet_is_told() {
    check_schemas(
        "\
A: {oneOf: [{type: string}, {type: integer}]}
B: {type: [string, integer]}
C: {type: object, properties: {a: {type: string}}, not: {required: [b]}}
D: {type: object, properties: {a: {type: string, pattern: '^x'}}, anyOf: [{required: [a]}]}",
        expect![[r#"
            A = union { String: string, Integer: integer:Plain } by number Integer; string String
            B = union { Integer: integer:Plain, String: string } by number Integer; string String
            C = { a?: string }
            D = { a?: string(patterns=["^x"]) }
        "#]],
    );
}

#[test]
fn required_names_without_a_property() {
    check_schemas(
        "A: {required: [nmae], properties: {name: {type: string}}}",
        expect![[r#"
            A = { name?: string, nmae?: any }
            required-unknown:5: `nmae` is required but is not a property (added as an optional property with any value)
        "#]],
    );
}

#[test]
fn references_that_lead_nowhere_or_round() {
    check_schemas(
        "\
Pet: {properties: {a: {$ref: '#/components/schemas/pet'}, b: {$ref: 'other.yaml#/A'}}}
A: {$ref: '#/components/schemas/B'}
B: {$ref: '#/components/schemas/A'}
Tree: {type: array, items: {$ref: '#/components/schemas/Tree'}}
Node: {properties: {next: {$ref: '#/components/schemas/Node'}}}",
        expect![[r#"
            Pet = { a?: any, b?: any }
            A = any
            B = A
            Tree = wrapper [Tree]
            Node = { next?: Node }
            ref-missing:5: `#/components/schemas/pet` leads to nothing ()
            ref-external:5: cannot read `other.yaml`: it was not handed over ()
            ref-cycle:6: `#/components/schemas/B` leads back to itself ()
        "#]],
    );
}

#[test]
fn a_secret_is_named_by_its_pointer() {
    let document = "\
openapi: 3.1.0
info: {title: T, version: '1'}
components:
  schemas:
    A: {properties: {key: {type: string}, n: {type: integer}}}
";
    check_with(
        document,
        &secret("#/components/schemas/A/properties/key"),
        expect![[r#"
            A = { key?: string:Secret, n?: integer:Plain }
        "#]],
    );
    check_with(
        document,
        &secret("#/components/schemas/A/properties/kye"),
        expect![[r#"
            A = { key?: string, n?: integer:Plain }
            config-unused:0: `#/components/schemas/A/properties/kye` leads to nothing in the document ()
        "#]],
    );
}
