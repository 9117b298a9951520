"""Reads the JSON schema of Compose.

What is said in additions (in the schema's own form) is merged into the schema first. The result knows no references and
no alternatives: what `oneOf` and `anyOf` allow is merged into one node that takes whatever one of them takes. What this
program does not understand of a schema it refuses, so that a newer schema does not quietly lose its meaning.
"""
import json

from nodes import KINDS, Node, Property

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


def read(source, additions):
    """The root of the schema, and all nodes."""
    with open(source, encoding="utf-8") as file:
        schema = json.load(file)
    with open(additions, encoding="utf-8") as file:
        merge_additions(schema, json.load(file), "")
    reader = Reader(schema)
    root = reader.read(schema)
    return root, reader.nodes
