#!/usr/bin/env python3
"""Runs the cases of BuildKit's own parser tests against our model.

    parser_cases.py --tool BUILD/tests/truth_tool --cases buildkit_parser_cases.json

A case has a text and what BuildKit's tests expect: the instructions in a form of brackets, their lines, or that the
text is refused. Refused texts must come through without an error in the tree; that they are findings is tested with the
rules. Exit status 0: all agree; 1: not all do; 77: there are no cases.
"""
import argparse
import json
import pathlib
import sys
import tempfile

import buildkit


def quoted(word):
    """As Go's %q shows a string; control characters by their code."""
    named = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
    out = ""
    for c in word:
        if c in '"\\':
            out += "\\" + c
        elif c in named:
            out += named[c]
        elif ord(c) < 0x20 or ord(c) == 0x7F:
            out += f"\\x{ord(c):02x}"
        else:
            out += c
    return f'"{out}"'


def brackets(node):
    """An instruction as BuildKit's parser prints it."""
    parts = [node["Cmd"].lower()]
    if node.get("Flags"):
        parts.append("[" + " ".join(quoted(f) for f in node["Flags"]) + "]")
    if "Sub" in node:
        parts.append(brackets(node["Sub"]))
    parts += [quoted(word) for word in node["Args"]]
    return "(" + " ".join(parts) + ")"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", type=pathlib.Path, required=True)
    parser.add_argument("--cases", type=pathlib.Path, required=True)
    options = parser.parse_args()
    if not options.cases.is_file():
        print(f"skipped: there is no {options.cases}")
        return 77
    cases = json.loads(options.cases.read_text())
    with tempfile.TemporaryDirectory() as folder:
        views = buildkit.dumps(options.tool, buildkit.write_texts([c["dockerfile"] for c in cases], folder))
    problems, compared = [], 0
    for case, view in zip(cases, views):
        found = []
        if case.get("ast") is not None:
            compared += 1
            ours = [brackets(node) for node in view["Nodes"]]
            theirs = case["ast"].strip().splitlines()
            found += [f"{a}\n    BuildKit: {b}" for a, b in zip(ours, theirs) if a != b]
            if len(ours) != len(theirs):
                found.append(f"{len(ours)} instructions, BuildKit: {len(theirs)}")
        if case.get("instructions") is not None:
            compared += 1
            ours = [[node["Start"], node["End"]] for node in view["Nodes"]]
            if ours != case["instructions"]:
                found.append(f"lines {ours}, BuildKit: {case['instructions']}")
        if view["TreeErrors"]:
            found.append(f"{view['TreeErrors']} errors in the tree")
        if view["TreeDifferences"]:
            found.append(view["TreeDifferences"])
        problems += [f"{case['name']}: {line}" for line in found]
    for problem in problems:
        print(problem)
    print(f"{len(cases)} cases, {compared} compared word for word, {len(problems)} differences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
