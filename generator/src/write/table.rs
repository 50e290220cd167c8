//! The layout of tables: macros that are called with a name and a row for each of many values. The
//! printer fills lines with what stands in a macro, as if it were prose.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// How long a line may be, as for everything else that is printed.
const WIDTH: usize = 89;

/// A call such as `open_enum!(Status { Open = "open" });`, on one line if it fits, else with a line for
/// each row. `None` if the item is something else.
pub(super) fn layout(item: &TokenStream) -> Option<String> {
    let tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    let [
        TokenTree::Ident(name),
        TokenTree::Punct(bang),
        TokenTree::Group(call),
        TokenTree::Punct(_),
    ] = &tokens[..]
    else {
        return None;
    };
    if bang.as_char() != '!' || call.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let call: Vec<TokenTree> = call.stream().into_iter().collect();
    let is_rows = |token: &TokenTree| matches!(token, TokenTree::Group(it) if it.delimiter() == Delimiter::Brace);
    let place = call.iter().position(is_rows)?;
    let (head, tail) = (call.get(..place)?, call.get(place + 1..)?);
    let TokenTree::Group(rows) = call.get(place)? else {
        return None;
    };
    let (head, rows, tail) = (line(head), self::rows(rows.stream())?, line(tail));
    let tail = if tail.is_empty() {
        tail
    } else {
        format!(" {tail}")
    };
    let short = format!("{name}!({head} {{ {} }}{tail});\n", rows.join(", "));
    if short.len() <= WIDTH {
        return Some(short);
    }
    let rows: String = rows.iter().map(|row| format!("    {row},\n")).collect();
    Some(format!("{name}!({head} {{\n{rows}}}{tail});\n"))
}

/// The rows, if each of them is a name and a value.
fn rows(tokens: TokenStream) -> Option<Vec<String>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == ',');
    let rows = tokens.split(is_comma).filter(|row| !row.is_empty());
    let is_value = |row: &[TokenTree]| {
        let equals = row.get(1);
        equals.is_some_and(|it| matches!(it, TokenTree::Punct(sign) if sign.as_char() == '='))
    };
    rows.map(|row| is_value(row).then(|| line(row))).collect()
}

/// Tokens with a space between, but for signs of several characters.
fn line(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    let mut joint = true;
    for token in tokens {
        if !joint {
            text.push(' ');
        }
        text.push_str(&token.to_string());
        // The sign of a number belongs to it.
        let is_joint =
            |sign: &proc_macro2::Punct| sign.spacing() == Spacing::Joint || sign.as_char() == '-';
        joint = matches!(token, TokenTree::Punct(sign) if is_joint(sign));
    }
    text
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use quote::quote;

    use super::layout;

    fn check(item: &proc_macro2::TokenStream, expected: Expect) {
        expected.assert_eq(&layout(item).unwrap_or_else(|| "no table".to_owned()));
    }

    #[test]
    fn a_short_table_is_a_line() {
        check(
            &quote!(integer_enum!(open Sign { Minus = -1 });),
            expect![[r#"
                integer_enum!(open Sign { Minus = -1 });
            "#]],
        );
        check(
            &quote!(constant!(Off { False = false } as_bool -> bool);),
            expect![[r#"
                constant!(Off { False = false } as_bool -> bool);
            "#]],
        );
    }

    #[test]
    fn a_long_table_has_a_line_for_each_row() {
        check(
            &quote!(open_enum!(extensible Status {
                Available = "a text, with a comma", Pending = "{ braces }", SoldOut = "another text"
            });),
            expect![[r#"
                open_enum!(extensible Status {
                    Available = "a text, with a comma",
                    Pending = "{ braces }",
                    SoldOut = "another text",
                });
            "#]],
        );
    }

    #[test]
    fn other_items_are_none() {
        let items = [
            quote!(
                pub struct Pet {}
            ),
            quote!(vec![1];),
            quote!(vec!(1);),
            quote!(union!(Pet { Cat(Cat) });),
        ];
        for item in items {
            check(&item, expect!["no table"]);
        }
    }
}
