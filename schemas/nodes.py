"""What the readers of schemas make, and how it is written as the tables of server/model/schema/tables.h."""
import json

KINDS = {"null": 0, "boolean": 1, "integer": 2, "number": 3, "string": 4, "object": 5, "array": 6}


class Node:
    """A node of a schema without references and alternatives."""

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
