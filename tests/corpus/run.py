#!/usr/bin/env python3
"""Runs the program over thousands of real files and checks what must hold for all of them.

    run.py --binary BUILD/quaymaster --archive dev.tar.xz

The archive holds the files under flat names and MANIFEST.tsv, which says where each came from. They are put back at
<repo>/<path>, and the folder is checked twice. What must hold:
  - the program ends normally, with exit code 0 or 1, and says nothing on standard error but notes
  - both runs print the same bytes
  - every file is accounted for: Dockerfiles, Compose files and manifests are analysed, apart from those that the
    program says it leaves alone, and those listed below
  - YAML that is none of the three stays silent
Exit status 0: it holds; 1: it does not; 77: there is no archive, so that nothing was tested.
"""
import argparse
import collections
import csv
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import time

LANGUAGE = {"dockerfile": "dockerfile", "compose": "compose", "kubernetes": "kubernetes"}
# Of `other-yaml`: looks like a manifest, or has services without being a Compose file. May be judged either way.
UNDECIDED = {"crd-only", "half-k8s", "services-key-noncompose"}
# Of the three kinds: hints of the manifest that say what a file lacks to be one.
NOT_WHOLE = {"kustomize-patch", "partial", "templated", "unparsable", "v1-legacy", "kustomization"}
# Manifests by their shape that no API server ever sees: the configuration of tools.
TOOL_CONFIGURATION = re.compile(r"(?m)^apiVersion: (eksctl\.io/|builtin$)")
# Names that nobody finds a Dockerfile by.
DOCKERFILE_NAME = re.compile(r"(?i)^((docker|container)file(\..+)?|.+\.(docker|container)file)$")


def unpack(archive, folder):
    """Puts the files back where they came from; returns the rows of the manifest by path."""
    with tarfile.open(archive) as tar:
        members = {pathlib.PurePosixPath(m.name): m for m in tar.getmembers() if m.isfile()}
        manifest = next(m for name, m in members.items() if name.name == "MANIFEST.tsv")
        text = tar.extractfile(manifest).read().decode()
        rows = {}
        for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
            source = pathlib.PurePosixPath(manifest.name).parent / row["kind"] / row["name"]
            target = pathlib.Path(folder, row["repo"], row["path"])
            target.parent.mkdir(parents=True, exist_ok=True)
            content = tar.extractfile(members[source]).read()
            target.write_bytes(content)
            row["tool"] = bool(TOOL_CONFIGURATION.search(content.decode(errors="replace")))
            rows[f"{row['repo']}/{row['path']}"] = row
    return rows


def check(binary, folder):
    started = time.monotonic()
    done = subprocess.run([binary, "check", "--no-config", "--format", "json", "."], cwd=folder, capture_output=True)
    return done, time.monotonic() - started


def problems_of(rows, report, left_alone):
    """What does not hold, one line each."""
    files = {f["path"]: f for f in report["files"]}
    problems = [f"error: {e['path']}: {e['message']}" for e in report["errors"]]
    problems += [f"not in the manifest: {path}" for path in files.keys() - rows.keys()]
    for path, row in sorted(rows.items()):
        kind, file = row["kind"], files.get(path)
        name = path.rsplit("/", 1)[-1]
        findable = kind != "dockerfile" or DOCKERFILE_NAME.match(name)
        excused = path in left_alone or row["sub"] in NOT_WHOLE or row["tool"]
        if kind in LANGUAGE and findable and not file and not excused:
            problems.append(f"not analysed: {path} ({kind}, {row['sub']})")
        if kind in LANGUAGE and file and file["language"] != LANGUAGE[kind]:
            problems.append(f"taken for {file['language']}: {path} ({kind}, {row['sub']})")
        if kind == "other-yaml" and row["sub"] not in UNDECIDED and file and file["diagnostics"]:
            problems.append(f"not silent: {path} ({row['sub']}): {file['diagnostics'][0]['message']}")
    return problems


def print_figures(rows, report, seconds, size):
    kinds = collections.Counter(row["kind"] for row in rows.values())
    seen, findings = collections.Counter(), collections.Counter()
    for file in report["files"]:
        kind = rows[file["path"]]["kind"] if file["path"] in rows else "?"
        seen[kind] += 1
        findings[kind] += len(file["diagnostics"])
    print(f"{'kind':12}{'files':>8}{'analysed':>10}{'findings':>10}")
    for kind, number in sorted(kinds.items()):
        print(f"{kind:12}{number:8}{seen[kind]:10}{findings[kind]:10}")
    print(f"{'all':12}{sum(kinds.values()):8}{sum(seen.values()):10}{sum(findings.values()):10}")
    print("severities: " + ", ".join(f"{report['summary'][s]} {s}" for s in ("error", "warning", "information", "hint")))
    print("runs: " + ", ".join(f"{s:.2f} s" for s in seconds) + f", {size / 1e6:.1f} MB of JSON")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--archive", type=pathlib.Path, required=True)
    options = parser.parse_args()
    if not options.archive.is_file():
        print(f"skipped: there is no {options.archive}")
        return 77

    binary = options.binary.resolve()
    with tempfile.TemporaryDirectory() as folder:
        rows = unpack(options.archive, folder)
        (first, seconds), (second, again) = check(binary, folder), check(binary, folder)
    if first.returncode not in (0, 1):
        print(f"exit code {first.returncode}\n{first.stderr.decode(errors='replace')[-2000:]}")
        return 1
    report = json.loads(first.stdout)
    print_figures(rows, report, (seconds, again), len(first.stdout))

    messages = first.stderr.decode(errors="replace").splitlines()
    left_alone = {m.split(": ")[1] for m in messages if m.startswith("note: ") and "left alone" in m}
    problems = [f"on standard error: {m}" for m in messages if not m.startswith("note: ")]
    if first.stdout != second.stdout:
        problems.append("two runs print different bytes")
    problems += problems_of(rows, report, left_alone)
    for problem in problems[:50]:
        print(problem)
    print(f"{len(problems)} problems; {len(left_alone)} files left alone, as the program says")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
