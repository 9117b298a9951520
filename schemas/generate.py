#!/usr/bin/env python3
"""Turns a JSON schema into the tables of server/model/schema/tables.h.

    generate.py SCHEMA ADDITIONS OUTPUT

What is said in ADDITIONS (in the schema's own form) is merged into the schema first. The result knows no references and
no alternatives: what `oneOf` and `anyOf` allow is merged into one node that takes whatever one of them takes. Equal
nodes are written once, so that the tables grow with what differs. What this program does not understand of a schema it
refuses, so that a newer schema does not quietly lose its meaning.
"""
import json
import sys

KINDS = {"null": 0, "boolean": 1, "integer": 2, "number": 3, "string": 4, "object": 5, "array": 6}
SCALARS = 0b0011110
STRING, MAPPING, SEQUENCE = (1 << KINDS[kind] for kind in ("string", "object", "array"))
BOOLEAN_OR_STRING = 1 << KINDS["boolean"] | STRING

FORMATS = {"any": "Any", "boolean": "Boolean", "integer": "Integer", "number": "Number", "duration": "Duration",
           "size": "Size", "port": "Port", "pull-policy": "PullPolicy"}
NAMES = {"^.+$": "Any", ".+": "Any", "^[a-zA-Z0-9._-]+$": "Word", "^[a-z]+$": "Any"}
EXTENSIONS = "^x-"
# `pattern` is replaced by `format` in the additions; `uniqueItems` is not told, since Compose drops what is there twice.
UNDERSTOOD = {"$ref", "$schema", "$id", "$comment", "title", "description", "definitions", "type", "properties", "required",
              "patternProperties", "additionalProperties", "items", "oneOf", "anyOf", "enum", "format", "pattern",
              "minimum", "maximum", "default", "deprecated", "uniqueItems"}


def merge_additions(base, addition, path):
    """Merges `addition` into `base`: mappings key by key, lists of parts one by one, other lists by what they lack. New
    is only what has a type."""
    for key, value in addition.items():
        if key == "$comment":
            continue
        here = f"{path}/{key}"
        if isinstance(value, dict):
            if key not in base:
                if "type" not in value:
                    raise SystemExit(f"{here}: the schema has no such part to add to")
                base[key] = {}
            merge_additions(base[key], value, here)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for index, part in enumerate(value):
                merge_additions(base[key][index], part, f"{here}/{index}")
        elif isinstance(value, list) and isinstance(base.get(key), list):
            base[key] += [one for one in value if one not in base[key]]
        else:
            base[key] = value


class Node:
    """A node of the schema without references and alternatives."""

    def __init__(self):
        self.kinds = 0  # 0: any
        self.format = "Any"
        self.choices = ()
        self.minimum = None
        self.maximum = None
        self.properties = {}  # name -> Property
        self.names = "None"
        self.other = None
        self.extensions = False
        self.item = None
        self.index = None


class Property:
    def __init__(self, node, schema, described, required):
        self.node = node
        self.description = " ".join(described.split())
        self.default = json.dumps(schema["default"]) if "default" in schema else ""
        self.required = required
        self.deprecated = schema.get("deprecated", False)


class Reader:
    def __init__(self, root):
        self.root = root
        self.referred = {}
        self.nodes = []

    def target(self, reference):
        part = self.root
        for key in reference.removeprefix("#/").split("/"):
            part = part[key]
        return part

    def read(self, schema):
        if schema is True:
            schema = {}
        unknown = set(schema) - UNDERSTOOD
        if unknown:
            raise SystemExit(f"not understood: {', '.join(sorted(unknown))}")
        if "$ref" in schema:
            reference = schema["$ref"]
            if reference not in self.referred:
                node = self.referred[reference] = Node()
                self.nodes.append(node)
                self.fill(node, self.target(reference))
            return self.referred[reference]
        node = Node()
        self.nodes.append(node)
        self.fill(node, schema)
        return node

    def fill(self, node, schema):
        alternatives = schema.get("oneOf", schema.get("anyOf"))
        if alternatives is not None:
            self.join(node, [self.read(part) for part in alternatives])
            node.format = FORMATS.get(schema.get("format"), node.format)
            if "type" in schema or "properties" in schema:
                raise SystemExit("not understood: alternatives beside a type")
            return
        if "$ref" in schema:
            self.join(node, [self.read(schema)])
            return
        types = schema.get("type", [])
        for name in [types] if isinstance(types, str) else types:
            node.kinds |= 1 << KINDS[name]
        if node.kinds == BOOLEAN_OR_STRING:
            node.format = "Boolean"
        if "format" in schema:
            node.format = FORMATS[schema["format"]]
        elif "pattern" in schema:
            raise SystemExit(f"the pattern {schema['pattern']} needs a format")
        node.choices = tuple(schema.get("enum", ()))
        node.minimum = schema.get("minimum")
        node.maximum = schema.get("maximum")
        if "items" in schema:
            node.item = self.read(schema["items"])
        self.fill_keys(node, schema)

    def fill_keys(self, node, schema):
        required = set(schema.get("required", ()))
        for name, part in schema.get("properties", {}).items():
            described = part.get("description") or ("$ref" in part and self.target(part["$ref"]).get("description")) or ""
            node.properties[name] = Property(self.read(part), part, described, name in required)
        for pattern, part in schema.get("patternProperties", {}).items():
            if pattern == EXTENSIONS:
                node.extensions = True
            else:
                node.names = NAMES[pattern]
                node.other = self.read(part)
        additional = schema.get("additionalProperties", True)
        if isinstance(additional, dict):
            node.names, node.other = "Any", self.read(additional)
        elif additional and (not node.kinds or node.kinds & MAPPING):
            node.names = "Any"

    def join(self, node, parts):
        """Makes `node` take what one of `parts` takes."""
        strings = [part for part in parts if part.kinds & STRING or not part.kinds]
        numbers = [part for part in parts if part.kinds & SCALARS & ~STRING]
        mappings = [part for part in parts if part.kinds & MAPPING]
        lists = [part for part in parts if part.kinds & SEQUENCE]
        for part in parts:
            node.kinds |= part.kinds
        if any(not part.kinds for part in parts):
            node.kinds = 0
        if strings and all(part.choices for part in strings):
            node.choices = tuple(dict.fromkeys(choice for part in strings for choice in part.choices))
        formats = {part.format for part in strings + numbers}
        if len(formats) == 1 or (strings and len({part.format for part in strings}) == 1):
            node.format = strings[0].format if strings else formats.pop()
        if numbers and all(part.minimum is not None for part in numbers):
            node.minimum = min(part.minimum for part in numbers)
        if numbers and all(part.maximum is not None for part in numbers):
            node.maximum = max(part.maximum for part in numbers)
        if len(lists) == 1:
            node.item = lists[0].item
        elif lists:
            raise SystemExit("not understood: two kinds of list")
        if len(mappings) == 1:
            part = mappings[0]
            node.properties, node.names, node.other = part.properties, part.names, part.other
            node.extensions = part.extensions
        elif mappings:
            raise SystemExit("not understood: two kinds of mapping")


def share(nodes):
    """Numbers the nodes so that equal ones have one number; 0 is what nothing is said of. Gives them in order."""
    def number(other):
        return 0 if other is None else classes[id(other)] + 1

    nothing = Node()
    nothing.names = "Any"
    nodes = [nothing] + nodes
    classes = {id(node): 0 for node in nodes}
    count = 0
    while True:  # refines until classes hold equal nodes only; references may go round in circles
        keys = {}
        refined = {}
        for node in nodes:
            key = (node.kinds, node.format, node.choices, node.minimum, node.maximum, node.names, node.extensions,
                   number(node.other), number(node.item),
                   tuple(sorted((name, one.description, one.default, one.required, one.deprecated, number(one.node))
                                for name, one in node.properties.items())))
            refined[id(node)] = keys.setdefault(key, len(keys))
        classes = refined
        if len(keys) == count:
            break
        count = len(keys)
    chosen = {}
    for node in nodes:
        chosen.setdefault(classes[id(node)], node)
    for node in nodes:
        node.index = classes[id(node)]
    return [chosen[number] for number in sorted(chosen)]


def literal(text):
    escaped = "".join(character if 32 <= ord(character) < 127 and character not in '"\\'
                      else "\\" + character if character in '"\\'
                      else "".join(f"\\{byte:03o}" for byte in character.encode()) for character in text)
    return f'"{escaped}"'


def write(root, nodes, source, output):
    properties, texts, rows = [], [], []
    spans = {}

    def span(table, entries):
        key = (id(table), entries)
        if key not in spans:
            spans[key] = len(table)
            table.extend(entries)
        return f"{{{spans[key] if entries else 0}, {len(entries)}}}"

    def index(node):
        return 0 if node is None else node.index

    def boolean(value):
        return "true" if value else "false"

    for node in nodes:
        entries = tuple(
            f"{{{literal(name)}, {literal(one.description)}, {literal(one.default)}, {one.node.index}, "
            f"{boolean(one.required)}, {boolean(one.deprecated)}}}"
            for name, one in sorted(node.properties.items()))
        rows.append(
            f"{{{node.kinds}, Format::{node.format}, Names::{node.names}, {boolean(node.extensions)}, "
            f"{boolean(node.minimum is not None)}, {boolean(node.maximum is not None)}, "
            f"{int(node.minimum or 0)}, {int(node.maximum or 0)}, {span(properties, entries)}, "
            f"{span(texts, tuple(literal(choice) for choice in node.choices))}, "
            f"{span(texts, tuple(literal(name) for name, one in sorted(node.properties.items()) if one.required))}, "
            f"{index(node.other)}, {index(node.item)}}}")

    def table(declaration, entries):
        lines = "".join(f"    {entry},\n" for entry in entries or ["{}"])
        return f"constexpr {declaration} = {{\n{lines}}};\n"

    with open(output, "w", encoding="ascii") as file:
        file.write(f"// Generated by schemas/generate.py from {source}.\n"
                   '#include "model/schema/tables.h"\n\n'
                   "namespace quaymaster::schema::tables {\n\n")
        file.write(table("NodeRow kNodes[]", rows))
        file.write(table("PropertyRow kProperties[]", properties))
        file.write(table("std::string_view kTexts[]", texts))
        file.write(f"constexpr std::uint32_t kComposeRoot = {root.index};\n\n"
                   "}  // namespace quaymaster::schema::tables\n")


def main():
    source, additions, output = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        schema = json.load(file)
    with open(additions, encoding="utf-8") as file:
        merge_additions(schema, json.load(file), "")
    reader = Reader(schema)
    root = reader.read(schema)
    nodes = share(reader.nodes)
    write(root, nodes, source.rsplit("node_modules/", 1)[-1], output)


if __name__ == "__main__":
    main()
