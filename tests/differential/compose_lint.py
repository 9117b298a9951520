#!/usr/bin/env python3
"""Checks Compose files with compose-lint and with ours, and compares. Run by hand.

    compose_lint.py --binary BUILD/quaymaster --tool compose-lint (--archive dev.tar.xz | --folder FOLDER) [--show CL-0005]

Compared are triples of file, service and rule of compose-lint (our findings by their aliases, with every rule on). Both
read each file by itself: without override files and without `.env`. Printed is a table: what both say, what only we say,
what only they say, and the part of all triples that both say; with `--show` the triples that differ, too. The table leaves
out services that are no containers by themselves (neither image nor build, a provider, or extending another file): we
conclude nothing from what such a service does not say, and they do. Exit status 0: the part is at least `--at-least`.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

PREFIX = "compose-lint:"


def unpack(archive, folder):
    """The Compose files of the archive, as files."""
    with tarfile.open(archive) as tar:
        for member in tar:
            path = pathlib.PurePosixPath(member.name)
            if member.isfile() and path.parent.name == "compose":
                pathlib.Path(folder, path.name).write_bytes(tar.extractfile(member).read())


class Blocks:
    """A file cut into its services and the other keys at its top, by their indentation alone."""

    def __init__(self, text):
        self.names, self.services, others = [], collections.defaultdict(list), collections.defaultdict(list)
        inside, indent, name = False, None, None
        for line in text.splitlines():
            bare, column = line.strip(), len(line) - len(line.lstrip())
            if bare and not bare.startswith("#"):
                if column == 0:
                    inside, indent = bool(re.match(r"""["']?services["']?\s*:""", bare)), None
                    name = None if inside else bare
                elif inside:
                    indent = column if indent is None else indent
                    key = re.match(r"""(["']?)([\w.-]+)\1\s*:""", bare)
                    name = key.group(2) if column == indent and key else name
                if name is not None:
                    (self.services if inside else others)[name].append(bare)
            self.names.append((inside, name))
        self.others = dict(others)

    def users(self, line):
        """The services that the line belongs to, or, by its anchors, is used in."""
        inside, name = self.names[line]
        if inside or name is None:
            return {name} - {None}
        anchors, grown = set(re.findall(r"&([\w.-]+)", " ".join(self.others[name]))), True
        while grown:
            texts = [" ".join(lines) for lines in self.others.values()]
            more = {a for t in texts if anchors & set(re.findall(r"\*([\w.-]+)", t)) for a in re.findall(r"&([\w.-]+)", t)}
            grown, anchors = not more <= anchors, anchors | more
        return {n for n, lines in self.services.items() if anchors & set(re.findall(r"\*([\w.-]+)", " ".join(lines)))}

    def partial(self, service):
        """Whether it is no container by itself: it extends another file, has a provider, or neither image nor build."""
        lines = self.services.get(service, [])
        has = lambda *keys: any(re.match(rf"""["']?({"|".join(keys)})["']?\s*:""", line) for line in lines)
        of_file = has("extends") and has("file")
        inherits = has("extends") or any("<<" in line or re.search(r":\s*\*", line) for line in lines[:1]) or has("<<")
        return of_file or has("provider") or not (has("image", "build") or inherits or "image:" in " ".join(lines[:1]))


def ours(binary, paths):
    command = [str(binary), "check", "--no-config", "--language", "compose", "--select", "all", "--format", "json"]
    command += ["--fail-on", "never", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    triples = set()
    for file in json.loads(done.stdout)["files"]:
        path = pathlib.Path(file["path"])
        blocks = Blocks(path.read_text(errors="replace"))
        for finding in file["diagnostics"]:
            rules = [alias[len(PREFIX):] for alias in finding["aliases"] if alias.startswith(PREFIX)]
            if not rules:
                continue
            lines = [finding["range"]["start"]["line"]]
            lines += [place["range"]["start"]["line"] for place in finding.get("related", [])]
            services = set().union(*(blocks.users(line) for line in lines if line < len(blocks.names)))
            triples |= {(path.name, service, rule) for service in services or {"?"} for rule in rules}
    return triples


def theirs(tool, path):
    command = [*tool, "check", "--format", "json", "--no-merge-overrides", "--no-env", "--allow-partial-coverage"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True)
    try:
        answer = json.loads(done.stdout)
    except json.JSONDecodeError:
        return None
    return {(path.name, finding["service"], finding["rule_id"]) for finding in answer["findings"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--tool", default="compose-lint", help="the command of compose-lint, words between blanks")
    parser.add_argument("--archive", type=pathlib.Path)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--show", action="append", default=[], metavar="RULE")
    parser.add_argument("--at-least", type=float, default=97.0, metavar="PERCENT")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as unpacked:
        if options.archive:
            unpack(options.archive, unpacked)
        paths = sorted(path for path in pathlib.Path(options.folder or unpacked).iterdir() if path.is_file())
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            answers = list(pool.map(lambda path: theirs(options.tool.split(), path), paths))
        refused = {path.name for path, answer in zip(paths, answers) if answer is None}
        blocks = {path.name: Blocks(path.read_text(errors="replace")) for path in paths}
        we = {triple for triple in ours(options.binary.resolve(), paths) if triple[0] not in refused}
        they = set().union(*(answer for answer in answers if answer))

    union = len(we | they)
    print(f"{len(paths)} files, {len(refused)} refused by compose-lint; {len(we & they)} of {union} triples, "
          f"{100 * len(we & they) / max(union, 1):.1f} %")
    left_out = {triple for triple in we | they if blocks[triple[0]].partial(triple[1])}
    we, they = we - left_out, they - left_out

    rows = collections.defaultdict(lambda: [0, 0, 0])
    for triple in we | they:
        rows[triple[2]][0 if triple in we and triple in they else 1 if triple in we else 2] += 1
    print("rule      both  only ours  only theirs")
    for rule, row in sorted(rows.items()):
        print(f"{rule}  {row[0]:5}  {row[1]:9}  {row[2]:11}")
    both, union = len(we & they), len(we | they)
    part = 100 * both / union if union else 100.0
    print(f"without {len(left_out)} of services that other files complete: {both} of {union} triples, {part:.1f} %")
    for triple in sorted(we ^ they):
        if triple[2] in options.show or "all" in options.show:
            print("only ours  " if triple in we else "only theirs", *triple)
    return 0 if part >= options.at_least else 1


if __name__ == "__main__":
    sys.exit(main())
