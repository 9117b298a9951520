#!/usr/bin/env python3
"""What survives while real files are typed, and when they are repaired.

    run.py typing   --tool BUILD/tests/truth_tool --archive dev.tar.xz
    run.py prefixes --tool BUILD/tests/truth_tool --archive dev.tar.xz [--jobs N]
    run.py damage   --tool BUILD/tests/truth_tool --archive dev.tar.xz [--jobs N]

typing: half-typed lines are put at 360 places of Dockerfiles, and as many of Compose files and manifests. All other
instructions must keep their kind and range; of the key paths behind the line at least 94 % must survive, in each case.
prefixes: files are analysed up to each line when they have at most 8 KiB, else up to 20 random places. Nothing may
crash, and segments that are not touched keep their findings.
damage: files are repaired with all rules on. What cannot be read must not become more, comments and line ends stay, a
second run changes nothing, and a safe fix leaves alone what it does not edit.
Exit status 0: it holds; 1: it does not; 77: there is no archive, so that nothing was tested.
"""
import argparse
import concurrent.futures
import csv
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import time

SMALL = 8192


def unpack(archive, folder):
    """The files of the archive by kind."""
    with tarfile.open(archive) as tar:
        members = {pathlib.PurePosixPath(m.name): m for m in tar.getmembers() if m.isfile()}
        manifest = next(m for name, m in members.items() if name.name == "MANIFEST.tsv")
        text = tar.extractfile(manifest).read().decode()
        files = {"dockerfile": [], "compose": [], "kubernetes": []}
        for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["kind"] not in files:
                continue
            source = pathlib.PurePosixPath(manifest.name).parent / row["kind"] / row["name"]
            target = pathlib.Path(folder, row["kind"], row["name"])
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(tar.extractfile(members[source]).read())
            files[row["kind"]].append(target)
    return {kind: sorted(paths) for kind, paths in files.items()}


def run(tool, words, files):
    done = subprocess.run([tool, *words], input="".join(f"{f}\n" for f in files), capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def suited(files, least, most):
    """Files of a length at which a place in them says something, without carriage returns, evenly spread."""
    result = []
    for file in files:
        content = file.read_bytes()
        if least <= content.count(b"\n") <= most and b"\r" not in content and b"<<" not in content:
            result.append(file)
    return result[:: max(1, len(result) // 90)]


def typing(tool, files):
    good = True
    for words, chosen in ((["type-dockerfile", "5"], suited(files["dockerfile"], 15, 80)[:90]),
                          (["type-yaml", "4"], suited(files["compose"], 30, 150)[:90]),
                          (["type-yaml", "4"], suited(files["kubernetes"], 30, 150)[:90])):
        status, output = run(tool, words, chosen)
        print(f"{words[0]}: {len(chosen)} files\n{output}")
        good = good and status == 0
    return good


def in_parts(tool, work, jobs):
    """Runs each of (words, files) and adds up what the first line of the output counts."""
    good, counted = True, 0
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for (words, part), (status, output) in zip(work, pool.map(lambda w: run(tool, *w), work)):
            head, _, rest = output.partition("\n")
            counted += int(head.split()[0]) if head[:1].isdigit() else 0
            if status != 0:
                good = False
                print(f"exit status {status}, among {part[0].name} … {part[-1].name}\n{rest[:2000]}")
    return good, counted


def parts(files, size=20):
    return [files[i : i + size] for i in range(0, len(files), size)]


def prefixes(tool, files, jobs):
    work = []
    for kind, paths in files.items():
        small = [p for p in paths if p.stat().st_size <= SMALL]
        large = [p for p in paths if p.stat().st_size > SMALL]
        work += [(["prefixes", kind, "lines"], part) for part in parts(small)]
        work += [(["prefixes", kind, "20"], part) for part in parts(large)]
    good, analysed = in_parts(tool, work, jobs)
    print(f"{sum(len(part) for _, part in work)} files, {analysed} prefixes")
    return good


def damage(tool, files, jobs):
    work = [(["damage", kind], part) for kind, paths in files.items() for part in parts(paths)]
    good, repaired = in_parts(tool, work, jobs)
    print(f"{repaired} of {sum(len(paths) for paths in files.values())} files repaired")
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["typing", "prefixes", "damage"])
    parser.add_argument("--tool", type=pathlib.Path, required=True)
    parser.add_argument("--archive", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    if not options.archive.is_file():
        print(f"skipped: there is no {options.archive}")
        return 77
    tool = str(options.tool.resolve())
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        files = unpack(options.archive, folder)
        if options.part == "typing":
            good = typing(tool, files)
        else:
            good = {"prefixes": prefixes, "damage": damage}[options.part](tool, files, options.jobs)
    print(f"{time.monotonic() - started:.0f} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
