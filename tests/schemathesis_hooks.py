"""Tells Schemathesis where a generated server means to differ from a document.

Each place says why. What is not in here, or in `schemathesis.toml`, counts as a mistake.
"""

import schemathesis

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

# Not fitting; no credentials; not allowed; a media type that is not produced; too large; a media type
# that is not taken.
REFUSALS = ["400", "401", "403", "406", "413", "415"]

PROBLEM = {
    "description": "Refused.",
    "content": {"application/problem+json": {}, "application/json": {}},
}

# Formats that bound a number, which Schemathesis does not know.
BOUNDS = {
    "uint8": (0, 2**8 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
}

# What the generator warns of and leaves out beside JSON.
LEFT_OUT = ["application/xml", "application/x-www-form-urlencoded"]


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """What a server refuses of its own accord need not be declared, and some bodies are left out."""
    bound(raw_schema)
    for item in raw_schema.get("paths", {}).values():
        for method, operation in item.items():
            if method not in METHODS:
                continue
            for media_type in LEFT_OUT:
                operation.get("requestBody", {}).get("content", {}).pop(media_type, None)
            if not {"default", "4XX"} & set(operation["responses"]):
                for status in REFUSALS:
                    operation["responses"].setdefault(status, PROBLEM)


def bound(value):
    """Writes the bounds of a format as keywords, wherever there is one."""
    if isinstance(value, dict):
        form = value.get("format")
        is_integer = value.get("type") == "integer"
        if is_integer and isinstance(form, str) and form in BOUNDS:
            least, most = BOUNDS[form]
            value.setdefault("minimum", least)
            value.setdefault("maximum", most)
        for inner in value.values():
            bound(inner)
    elif isinstance(value, list):
        for inner in value:
            bound(inner)


@schemathesis.hook
def filter_case(context, case):
    """An optional property that is null is absent (H3), a number is none that is too large (D1), and no text has a NUL."""
    parts = [case.path_parameters, case.query, case.headers, case.cookies, case.body]
    return all(map(fits, parts))


def fits(value):
    if isinstance(value, dict):
        return None not in value.values() and all(map(fits, [*value, *value.values()]))
    if isinstance(value, (list, tuple)):
        return all(map(fits, value))
    if isinstance(value, str):
        return "\0" not in value and "%00" not in value
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    if isinstance(value, float):
        return abs(value) < 1e38
    return True
