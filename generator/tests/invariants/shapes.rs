//! Shapes of documents that have brought generators down, in any size.

use std::fmt::Write;

/// A document with these schemas and paths, each `"name": {..}` and a comma.
fn document(schemas: &str, paths: &str, more: &str) -> String {
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"paths":{{{}}},"components":{{"schemas":{{{}}}{more}}}}}"#,
        paths.trim_end_matches(','),
        schemas.trim_end_matches(',')
    )
}

/// A document with `n` schemas.
pub(crate) fn schemas(n: usize, schema: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for index in 0..n {
        let _ = write!(text, r#""S{index}":{},"#, schema(index));
    }
    document(&text, "", "")
}

fn reference(index: usize) -> String {
    format!(r##"{{"$ref":"#/components/schemas/S{index}"}}"##)
}

pub(crate) fn reference_chain(n: usize) -> String {
    schemas(n, |i| {
        if i + 1 == n {
            r#"{"type":"object","properties":{"a":{"type":"string"}}}"#.to_owned()
        } else {
            reference(i + 1)
        }
    })
}

pub(crate) fn reference_cycle(n: usize) -> String {
    schemas(n, |i| reference((i + 1) % n))
}

pub(crate) fn inner_chain(n: usize) -> String {
    schemas(n, |i| {
        format!(
            r##"{{"type":"object","properties":{{"a":{{"$ref":"#/components/schemas/S{}/properties/a"}}}}}}"##,
            (i + 1) % n
        )
    })
}

pub(crate) fn all_of_chain(n: usize) -> String {
    schemas(n, |i| {
        if i + 1 == n {
            r#"{"type":"object","properties":{"a":{"type":"string"}}}"#.to_owned()
        } else {
            format!(r#"{{"allOf":[{}]}}"#, reference(i + 1))
        }
    })
}

pub(crate) fn all_of_cycle(n: usize) -> String {
    schemas(n, |i| {
        format!(r#"{{"allOf":[{}]}}"#, reference((i + 1) % n))
    })
}

pub(crate) fn diamonds(n: usize) -> String {
    schemas(n, |i| {
        if i + 2 >= n {
            r#"{"type":"object","properties":{"a":{"type":"string"}}}"#.to_owned()
        } else {
            format!(r#"{{"allOf":[{},{}]}}"#, reference(i + 1), reference(i + 2))
        }
    })
}

pub(crate) fn one_of_diamonds(n: usize) -> String {
    schemas(n, |i| {
        if i + 2 >= n {
            r#"{"type":"object","properties":{"a":{"type":"string"}}}"#.to_owned()
        } else {
            format!(r#"{{"oneOf":[{},{}]}}"#, reference(i + 1), reference(i + 2))
        }
    })
}

pub(crate) fn redoc(n: usize) -> String {
    schemas(n, |i| match i {
        0 => {
            let variants: Vec<String> = (1..n).map(reference).collect();
            format!(
                r#"{{"type":"object","properties":{{"kind":{{"type":"string"}}}},"oneOf":[{}],"discriminator":{{"propertyName":"kind"}}}}"#,
                variants.join(",")
            )
        }
        _ => format!(
            r#"{{"allOf":[{},{{"properties":{{"p{i}":{{"type":"string"}}}}}}]}}"#,
            reference(0)
        ),
    })
}

pub(crate) fn one_of_all_of(n: usize) -> String {
    let all: Vec<String> = (0..n).map(|i| reference(i + 1)).collect();
    let member = format!(r#"{{"allOf":[{}]}}"#, all.join(","));
    schemas(n + 1, |i| {
        if i == 0 {
            format!(r#"{{"oneOf":[{}]}}"#, vec![member.clone(); n].join(","))
        } else {
            format!(r#"{{"type":"object","properties":{{"p{i}":{{"type":"string"}}}}}}"#)
        }
    })
}

pub(crate) fn object_cycle(n: usize) -> String {
    schemas(n, |i| {
        format!(
            r#"{{"type":"object","properties":{{"next":{}}}}}"#,
            reference((i + 1) % n)
        )
    })
}

pub(crate) fn complete_graph(n: usize) -> String {
    let properties: Vec<String> = (0..n)
        .map(|i| format!(r#""p{i}":{}"#, reference(i)))
        .collect();
    schemas(n, |_| {
        format!(
            r#"{{"type":"object","properties":{{{}}}}}"#,
            properties.join(",")
        )
    })
}

pub(crate) fn array_chain(n: usize) -> String {
    schemas(n, |i| {
        if i + 1 == n {
            r#"{"type":"string"}"#.to_owned()
        } else {
            format!(r#"{{"type":"array","items":{}}}"#, reference(i + 1))
        }
    })
}

pub(crate) fn many_properties(n: usize) -> String {
    let properties: Vec<String> = (0..n)
        .map(|i| format!(r#""p{i}":{{"type":"string"}}"#))
        .collect();
    schemas(1, |_| {
        format!(
            r#"{{"type":"object","properties":{{{}}}}}"#,
            properties.join(",")
        )
    })
}

pub(crate) fn wide_enum(n: usize) -> String {
    let values: Vec<String> = (0..n).map(|i| format!(r#""value {i}""#)).collect();
    schemas(1, |_| {
        format!(r#"{{"type":"string","enum":[{}]}}"#, values.join(","))
    })
}

/// Values that only differ in signs, so that all of them want one name.
pub(crate) fn equal_names(n: usize) -> String {
    let sign = |i: usize| format!("{i:b}").replace('0', ";").replace('1', ",");
    let values: Vec<String> = (0..n).map(|i| format!(r#""{}""#, sign(i))).collect();
    schemas(1, |_| {
        format!(r#"{{"type":"string","enum":[{}]}}"#, values.join(","))
    })
}

pub(crate) fn many_required(n: usize) -> String {
    let names: Vec<String> = (0..n).map(|i| format!(r#""p{i}""#)).collect();
    let properties: Vec<String> = names
        .iter()
        .map(|name| format!(r#"{name}:{{"type":"integer"}}"#))
        .collect();
    schemas(1, |_| {
        format!(
            r#"{{"type":"object","required":[{}],"properties":{{{}}}}}"#,
            names.join(","),
            properties.join(",")
        )
    })
}

fn operation(path: &str, more: &str, content: &str) -> String {
    format!(r#""{path}":{{"get":{{{more}"responses":{{"200":{{"description":"d"{content}}}}}}}}},"#)
}

pub(crate) fn many_operations(n: usize) -> String {
    let paths: String = (0..n)
        .map(|i| {
            operation(
                &format!("/p{i}"),
                &format!(r#""operationId":"o{i}","tags":["t{}"],"#, i % 9),
                "",
            )
        })
        .collect();
    document("", &paths, "")
}

pub(crate) fn many_uses(n: usize) -> String {
    let content =
        r##","content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}"##;
    let paths: String = (0..n)
        .map(|i| operation(&format!("/p{i}"), "", content))
        .collect();
    document(
        r#""A":{"type":"object","properties":{"a":{"type":"string"}}}"#,
        &paths,
        "",
    )
}

pub(crate) fn many_parameters(n: usize) -> String {
    let path: String = (0..n).map(|i| format!("/{{p{i}}}")).collect();
    let parameters: Vec<String> = (0..n)
        .map(|i| {
            format!(r#"{{"name":"p{i}","in":"path","required":true,"schema":{{"type":"string"}}}}"#)
        })
        .collect();
    document(
        "",
        &operation(
            &path,
            &format!(r#""parameters":[{}],"#, parameters.join(",")),
            "",
        ),
        "",
    )
}

pub(crate) fn response_chain(n: usize) -> String {
    let mut responses = String::new();
    for index in 1..n {
        let _ = write!(
            responses,
            r##""R{index}":{{"$ref":"#/components/responses/R{}"}},"##,
            index - 1
        );
    }
    let path = r##""/a":{"get":{"responses":{"200":{"$ref":"#/components/responses/R"}}}}"##;
    let path = path.replace("/R\"", &format!("/R{}\"", n - 1));
    document(
        "",
        &path,
        &format!(r#","responses":{{{responses}"R0":{{"description":"d"}}}}"#),
    )
}

pub(crate) fn long_text(n: usize) -> String {
    let text = "*[a](http://b.c) <d> `e` ".repeat(n / 25);
    schemas(1, |_| {
        format!(
            r#"{{"description":"{text}","type":"object","properties":{{"a":{{"type":"string"}}}}}}"#
        )
    })
}

pub(crate) fn long_name(n: usize) -> String {
    schemas(1, |_| {
        format!(
            r#"{{"type":"object","properties":{{"{}":{{"type":"string"}}}}}}"#,
            "aB".repeat(n / 2)
        )
    })
}

/// A flat struct has the fields of all that it is composed of, so a chain in which each adds one is
/// quadratic by nature.
pub(crate) fn growing_chain(n: usize) -> String {
    schemas(n, |i| {
        let own = format!(r#"{{"properties":{{"p{i}":{{"type":"string"}}}}}}"#);
        match i {
            0 => own,
            _ => format!(r#"{{"allOf":[{},{own}]}}"#, reference(i - 1)),
        }
    })
}
