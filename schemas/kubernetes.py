"""Reads the types of Kubernetes' API out of the TypeScript declarations of the npm packages kubernetes-models and
@kubernetes-models/apimachinery: an interface for each type, with its fields, what they are for, which are required, and
the words that they take.

What this program does not understand of a declaration it refuses.
"""
import os
import re

from nodes import KINDS, Node, Property

ANY = 0
NULL, BOOLEAN, INTEGER, NUMBER, STRING, MAPPING, SEQUENCE = (
    1 << KINDS[kind] for kind in ("null", "boolean", "integer", "number", "string", "object", "array"))
# The names of types that are written otherwise than they are declared.
SPECIAL = {
    "IIoK8sApimachineryPkgApiResourceQuantity": (INTEGER | NUMBER | STRING, "Quantity"),
    "IIoK8sApimachineryPkgUtilIntstrIntOrString": (INTEGER | STRING, "Any"),
    "IIoK8sApimachineryPkgApisMetaV1Time": (STRING, "Any"),
    "IIoK8sApimachineryPkgApisMetaV1MicroTime": (STRING, "Any"),
}
PLAIN = {"string": STRING, "boolean": BOOLEAN, "number": INTEGER}
# All numbers of the API are whole but these.
FRACTIONS = {"maximum", "minimum", "multipleOf"}
TYPE_META = {"apiVersion": "The group and version of the API that the object is written for.",
             "kind": "What the object is."}

TOKEN = re.compile(r'\s*(?:(/\*\*.*?\*/)|"([^"]*)"|([A-Za-z_]\w*)|(.))', re.S)
EXPORT = re.compile(r"export type \{[^}]*?\b(I\w+) as (IIo\w+)")
DECLARED = re.compile(r"(/\*\*(?:(?!\*/).)*\*/\s*)?export interface (I\w+)(?: extends [\w, ]+)? (\{)", re.S)


class Tokens:
    """The tokens of a declaration: (kind, text) with the kinds doc, text, name and sign."""

    def __init__(self, source, begin):
        self.source, self.at = source, begin
        self.advance()

    def advance(self):
        match = TOKEN.match(self.source, self.at)
        self.at = match.end()
        self.kind = ("doc", "text", "name", "sign")[match.lastindex - 1]
        self.text = match.group(match.lastindex)

    def take(self, text):
        """Whether the next token is the sign or name; it is taken then."""
        if self.kind not in ("sign", "name") or self.text != text:
            return False
        self.advance()
        return True

    def need(self, text):
        if not self.take(text):
            raise SystemExit(f"not understood: {self.text!r} where {text!r} was expected")


def cleaned(comment):
    lines = (re.sub(r"^\s*\*? ?", "", line) for line in comment.removeprefix("/**").removesuffix("*/").splitlines())
    return " ".join(" ".join(lines).split()).split(" Possible enum values:")[0]


class Reader:
    def __init__(self, packages):
        self.sources = {}  # full name -> (text, place of its brace, what it is for)
        self.types = {}    # full name -> Node
        self.nodes = []
        self.plain = {}
        for package in packages:
            self.find(package)

    def find(self, package):
        for folder, folders, files in os.walk(package):
            folders[:] = sorted(name for name in folders if name not in ("_schemas", "node_modules"))
            for name in sorted(files):
                if name.endswith(".d.ts") and name != "index.d.ts":
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        self.add(file.read())

    def add(self, text):
        exported, declared = EXPORT.search(text), DECLARED.search(text)
        if not exported or exported.group(2) in SPECIAL:
            return
        if not declared or declared.group(2) != exported.group(1):
            raise SystemExit(f"not understood: the declaration of {exported.group(2)}")
        self.sources[exported.group(2)] = (text, declared.start(3), cleaned(declared.group(1) or ""))

    def new(self, kinds=0):
        node = Node()
        node.kinds = kinds and kinds | NULL  # null is as good as nothing everywhere
        self.nodes.append(node)
        return node

    def scalar(self, kinds, form="Any", choices=()):
        key = (kinds, form, choices)
        if key not in self.plain:
            self.plain[key] = self.new(kinds)
            self.plain[key].format, self.plain[key].choices = form, choices
        return self.plain[key]

    def named(self, name):
        if name in SPECIAL:
            return self.scalar(*SPECIAL[name])
        if name not in self.types:
            text, begin, _ = self.sources[name]
            node = self.types[name] = self.new(MAPPING)
            self.fill(node, Tokens(text, begin), name)
            if not node.properties and node.names == "None":  # any JSON
                node.kinds, node.names = ANY, "Any"
        return self.types[name]

    def described(self, name):
        return self.sources[name][2] if name in self.sources else ""

    def fill(self, node, tokens, inside):
        """Reads `{ … }` into a mapping. `inside` is the name of the type that refers to itself by its short name."""
        tokens.need("{")
        while not tokens.take("}"):
            comment = ""
            while tokens.kind == "doc":
                comment = cleaned(tokens.text)
                tokens.advance()
            if tokens.take("["):
                for sign in ("key", ":", "string", "]", ":"):
                    tokens.need(sign)
                node.names, node.other = "Any", self.read(tokens, inside)[0]
            else:
                self.fill_property(node, tokens, inside, comment)
            tokens.take(";")

    def fill_property(self, node, tokens, inside, comment):
        name = tokens.text
        tokens.advance()
        optional = tokens.take("?")
        tokens.need(":")
        value, described = self.read(tokens, inside)
        if name in FRACTIONS and value is self.scalar(INTEGER) and inside.endswith("JSONSchemaProps"):
            value = self.scalar(INTEGER | NUMBER)
        required = not optional and name not in TYPE_META
        node.properties[name] = Property(value, {}, comment or TYPE_META.get(name) or described, required)

    def read(self, tokens, inside):
        """A type, and what is said of it where it is declared."""
        if tokens.kind == "sign" and tokens.text == "{":
            node = self.new(MAPPING)
            self.fill(node, tokens, inside)
            return node, ""
        words = []
        while tokens.kind == "text":
            words.append(tokens.text)
            tokens.advance()
            tokens.take("|")
        if words:
            return self.scalar(STRING, "Any", tuple(words)), ""
        name = tokens.text
        tokens.advance()
        if name == "Array":
            tokens.need("<")
            node = self.new(SEQUENCE)
            node.item, described = self.read(tokens, inside)
            tokens.need(">")
            return node, described
        if name in PLAIN:
            return self.scalar(PLAIN[name]), ""
        full = name if name in self.sources or name in SPECIAL else inside
        if full.endswith(name.removeprefix("I")):
            return self.named(full), self.described(full)
        raise SystemExit(f"not understood: the type {name} in {inside}")


def read(packages):
    """The objects, lists of them aside, as (apiVersion, kind, node, what it is for) in order, and all nodes."""
    reader = Reader(packages)
    objects = []
    for name in sorted(reader.sources):
        node = reader.named(name)
        version, kind = (node.properties.get(key) for key in ("apiVersion", "kind"))
        if not version or not kind or not len(version.node.choices) == len(kind.node.choices) == 1:
            continue
        if not ("items" in node.properties and kind.node.choices[0].endswith("List")):
            objects.append((version.node.choices[0], kind.node.choices[0], node, reader.described(name)))
    return sorted(objects, key=lambda one: one[:2]), reader.nodes
