#!/usr/bin/env python3
"""Reads Dockerfiles with BuildKit's own parser and with ours, and compares. Run by hand: CONTRIBUTING.md says how.

    run.py --oracle bkparse --tool BUILD/tests/truth_tool (--archive dev.tar.xz | FILE…)

Compared are instructions, their lines, flags, words, JSON or shell form and heredocs of all files that BuildKit's parser
accepts. Besides, none of them may have an ERROR or MISSING node, and each of our segments must have the tree that it has
in the whole file. Exit status 0: no difference; 1: there are some.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "truth"))
import buildkit  # noqa: E402


def unpack(archive, folder):
    """The Dockerfiles of the archive, as files."""
    paths = []
    with tarfile.open(archive) as tar:
        for member in tar:
            path = pathlib.PurePosixPath(member.name)
            if member.isfile() and path.parent.name == "dockerfile":
                target = pathlib.Path(folder, path.name)
                target.write_bytes(tar.extractfile(member).read())
                paths.append(target)
    return sorted(paths)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oracle", type=pathlib.Path, required=True)
    parser.add_argument("--tool", type=pathlib.Path, required=True)
    parser.add_argument("--archive", type=pathlib.Path)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = unpack(options.archive, folder) if options.archive else options.files
        listed = "".join(f"{p}\n" for p in paths)
        done = subprocess.run([str(options.oracle.resolve()), "-full", "-list"], input=listed.encode(), capture_output=True)
        answers = [json.loads(line) for line in done.stdout.decode(errors="replace").splitlines()]
        views = buildkit.dumps(options.tool.resolve(), paths)
    if not len(answers) == len(views) == len(paths):
        sys.exit(f"{len(paths)} files, {len(answers)} answers of BuildKit, {len(views)} of ours")

    refused, compared, instructions, problems = 0, 0, 0, []
    for path, answer, view in zip(paths, answers, views):
        found = []
        if answer.get("ParseErr"):
            refused += 1
        else:
            compared += 1
            instructions += len(answer.get("Nodes") or [])
            found += buildkit.file_differences(view, answer)
            if view["TreeErrors"]:
                found.append(f"{view['TreeErrors']} errors in the tree")
        if view["TreeDifferences"]:
            found.append(f"segments and whole: {view['TreeDifferences']}")
        problems += [f"{path.name}: {line}" for line in found]
    for problem in problems[:100]:
        print(problem)
    print(f"{len(paths)} files, {refused} refused by BuildKit's parser; compared: {compared} files, {instructions} "
          f"instructions; {len(problems)} differences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
