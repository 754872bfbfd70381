#!/usr/bin/env python3
"""Usage: validate_json.py SCHEMA FILE    SCHEMA: search, article, info, eval, ..., or a part of one: search#hit

Validates every JSON value of FILE (one document, or one value a line) against src/present/SCHEMA.schema.json, and checks
what a schema cannot say: that ranges cut out the text they claim to. Exit code 0: valid, 1: not, 2: usage, 77: Python
has no jsonschema (Debian: python3-jsonschema).
"""

import json
import pathlib
import sys

SCHEMAS = pathlib.Path(__file__).resolve().parents[2] / "src" / "present"


def refuse_repeated_keys(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"a key is repeated: {keys}")
    return dict(pairs)


def refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def read_values(text):
    """One document over any number of lines, or a value on each line."""
    parse = json.JSONDecoder(object_pairs_hook=refuse_repeated_keys, parse_constant=refuse_constant).decode
    try:
        return [parse(text)]
    except ValueError:
        lines = text.removesuffix("\n").split("\n")
        if len(lines) < 2:
            raise
        return [parse(line) for line in lines]


def read_schema(file_name):
    return json.loads((SCHEMAS / file_name).read_text(encoding="utf-8"))


def with_others(node, home=None):
    """The schema with the parts of other files that it names ("search.schema.json#/$defs/hit") in their place; `home`:
    the other file that `node` is of."""
    if isinstance(node, list):
        return [with_others(item, home) for item in node]
    if not isinstance(node, dict):
        return node
    file_name, _, pointer = node.get("$ref", "").partition("#")
    if not (file_name or home and pointer):
        return {key: with_others(value, home) for key, value in node.items()}
    part = read_schema(file_name or home)
    for key in pointer.split("/")[1:]:
        part = part[key]
    rest = {key: value for key, value in node.items() if key != "$ref"}
    return with_others(part | rest, file_name or home)


def load_schema(name):
    file_name, _, part = name.partition("#")
    schema = with_others(read_schema(f"{file_name}.schema.json"))
    if part:
        schema = {"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": f"#/$defs/{part}"}
    return schema


def slice_of(text, byte_range):
    """The slice of UTF-8 bytes; raises where it cuts a character or runs over the end."""
    begin, end = byte_range
    data = text.encode("utf-8")
    if not begin <= end <= len(data):
        raise ValueError(f"range {byte_range} is not within {len(data)} bytes")
    return data[begin:end].decode("utf-8")


def check_passage(passage, article):
    if passage["id"] != f"{article['id']}#{passage['ordinal']}":
        yield f"passage id {passage['id']} is not that of article and ordinal"
    for key in ("bytes", "lines"):
        if passage[key][0] > passage[key][1]:
            yield f"{passage['id']}: {key} runs backwards"
    size = passage["bytes"][1] - passage["bytes"][0]
    if passage["bytes_of"] == "file" and size != len(passage["text"].encode("utf-8")):
        yield f"{passage['id']}: bytes does not have the length of text"


def check_hit(hit):
    yield from check_passage(hit["passage"], hit["article"])
    for fragment in hit["snippet"]:
        if slice_of(hit["passage"]["text"], fragment["bytes"]) != fragment["text"]:
            yield f"rank {hit['rank']}: a fragment is not the slice of the passage"
        at = 0
        for mark in fragment["marks"]:
            if slice_of(fragment["text"], mark) == "" or mark[0] < at:
                yield f"rank {hit['rank']}: marks are empty or not in order"
            at = mark[1]


def check_values(value):
    """Problems that a schema cannot see."""
    if "hits" in value:
        for place, hit in enumerate(value["hits"]):
            if hit["rank"] != value["offset"] + place + 1:
                yield f"hit {place} has rank {hit['rank']}"
            yield from check_hit(hit)
    elif "rank" in value:
        yield from check_hit(value)
    elif "peaks" in value:
        labels = [bucket["label"] for bucket in value["buckets"]]
        for peak in value["peaks"]:
            if peak["label"] not in labels:
                yield f"the peak {peak['label']} is no bucket"
            yield from check_hit(peak["best"])
    elif "watches" in value:
        for watch in value["watches"]:
            for item in watch.get("news", []):
                yield from check_hit(item["hit"])
    elif "full" in value:
        for passage in value["passages"]:
            yield from check_passage(passage, value["article"])


def main(arguments):
    if len(arguments) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        import jsonschema
    except ImportError:
        print("skipped: Python has no jsonschema (Debian: python3-jsonschema)", file=sys.stderr)
        return 77
    name, file_name = arguments
    schema = load_schema(name)
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    problems = []
    try:
        for value in read_values(pathlib.Path(file_name).read_bytes().decode("utf-8")):
            errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]
            problems += errors or list(check_values(value))
    except ValueError as error:
        problems.append(str(error))
    for problem in problems:
        print(f"{file_name}: {name}: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
