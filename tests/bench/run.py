#!/usr/bin/env python3
"""Measures, prints a table, and records it.

    run.py --benches BUILD/tests/bench --program BUILD/quaymaster [--shared FOLDER] [--record FILE]

With a folder that holds corpus/dev.tar.xz it also measures a manifest joined from that corpus and the command line
over all of it; without, it says so. Times are CPU times, the median of the repetitions: other work on the machine
disturbs them least. No test depends on them.
"""
import argparse
import csv
import json
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time

import first_diagnostics

REPETITIONS = 5
LONGEST_JOINED_DOCUMENT = 500  # lines
LINES_OF_JOINED_MANIFEST = 36_000
WHAT = {
    "models": "from nothing: segments, parse, models",
    "findings": "from nothing: the same and all findings of the default settings",
    "keystroke": "all findings again after one keystroke, somewhere else each time",
    "newline": "all findings again after a line break, somewhere else each time",
}


def unpacked(archive, folder):
    """Puts the corpus back at its original paths; returns the rows of its manifest."""
    with tarfile.open(archive) as tar:
        members = {pathlib.PurePosixPath(m.name): m for m in tar.getmembers() if m.isfile()}
        manifest = next(m for name, m in members.items() if name.name == "MANIFEST.tsv")
        text = tar.extractfile(manifest).read().decode()
        rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
        for row in rows:
            source = pathlib.PurePosixPath(manifest.name).parent / row["kind"] / row["name"]
            target = pathlib.Path(folder, row["repo"], row["path"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(tar.extractfile(members[source]).read())
    return rows


def joined_manifest(rows, folder):
    """Documents of real manifests under 500 lines, in the order of their names, until it is 36,000 lines long."""
    lines = []
    for row in sorted((r for r in rows if r["kind"] == "kubernetes"), key=lambda r: r["name"]):
        try:
            text = pathlib.Path(folder, row["repo"], row["path"]).read_bytes().decode()
        except UnicodeDecodeError:
            continue
        document = []
        for line in text.replace("\r\n", "\n").split("\n") + ["---"]:
            if line.rstrip() in ("---", "..."):
                if any(part.strip() for part in document) and len(document) < LONGEST_JOINED_DOCUMENT:
                    lines += ["---"] + document
                document = []
            else:
                document.append(line)
        if len(lines) >= LINES_OF_JOINED_MANIFEST:
            break
    return "\n".join(lines[:LINES_OF_JOINED_MANIFEST]) + "\n"


def analysis_figures(bench, files):
    command = [bench, *files, f"--benchmark_repetitions={REPETITIONS}", "--benchmark_min_time=0.2",
               "--benchmark_format=json"]
    report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    figures = {}
    for entry in report["benchmarks"]:
        if entry.get("aggregate_name") == "median":
            subject, _, what = entry["run_name"].rpartition("/")
            figures.setdefault(subject, {})[what] = entry["cpu_time"] / 1000
    return figures


def index_row(bench):
    """What the index of a large repository costs, as a line of text."""
    command = [bench, f"--benchmark_repetitions={REPETITIONS}", "--benchmark_format=json"]
    report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    median = next(entry for entry in report["benchmarks"] if entry.get("aggregate_name") == "median")
    return (f"The index of 20,000 files, {median['container_files']:.0f} of them container files, and all their "
            f"relations: {median['cpu_time']:.0f} ms of CPU, {median['held_bytes'] / 1e6:.2f} MB held.")


def program_figures(program, arguments, folder):
    """Median CPU and elapsed milliseconds of a run."""
    cpu, elapsed = [], []
    for _ in range(REPETITIONS):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run([program, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        elapsed.append(1000 * (time.monotonic() - started))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append(1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return statistics.median(cpu), statistics.median(elapsed)


def first_diagnostics_row(program, folder):
    """How long the first diagnostics take beside 20,000 other files and alone, measured in turns, as a line of text."""
    alone, among_many = pathlib.Path(folder, "alone"), pathlib.Path(folder, "among-many")
    first_diagnostics.large_repository(among_many)
    delays = [(first_diagnostics.delay(program, alone), first_diagnostics.delay(program, among_many))
              for _ in range(REPETITIONS)]
    small, large = (statistics.median(column) for column in zip(*delays))
    return (f"From opening a Dockerfile in a server that was just started to its first diagnostics: {small:.1f} ms in a folder "
            f"of its own, {large:.1f} ms in one of 20,000 files (elapsed, median of {REPETITIONS} each, in turns).")


def machine():
    name = platform.machine()
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            name = line.partition(":")[2].strip()
            break
    return f"{os.cpu_count()} × {name}, {platform.system()} {platform.release()}"


def report_text(figures, workspace_rows, program_rows, program):
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    lines = [
        "# Performance",
        "",
        "Written by `./dev bench --record`; `./dev bench` measures and prints the same. No figure here is a promise about your",
        "machine: compare figures of one run with each other.",
        "",
        f"{version} on {machine()}. CPU time, median of {REPETITIONS}.",
        "",
        "## One analysis",
        "",
    ]
    lines += [f"- **{what}**: {meaning}" for what, meaning in WHAT.items()]
    lines += ["", "| text | " + " | ".join(f"{what}, ms" for what in WHAT) + " |", "|---|" + "---:|" * len(WHAT)]
    for subject, by_what in figures.items():
        lines.append(f"| {subject} | " + " | ".join(f"{by_what[what]:.2f}" for what in WHAT) + " |")
    lines += [
        "",
        "`dockerfile/400` is a Dockerfile of at least 400 lines, and so on; `manifest/…` has many documents, `one-list/…` the same",
        "workloads in one document. `tests/bench/texts.cpp` makes them. `file/joined.yaml`: documents under "
        f"{LONGEST_JOINED_DOCUMENT} lines of real manifests, joined.",
        "",
        "## The workspace",
        "",
        *workspace_rows,
        "",
        "## The program",
        "",
        "| run | CPU, ms | elapsed, ms |",
        "|---|---:|---:|",
    ]
    lines += [f"| {name} | {cpu:.0f} | {elapsed:.0f} |" for name, (cpu, elapsed) in program_rows]
    return "\n".join(lines) + "\n"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--benches", required=True)
    options.add_argument("--program", required=True)
    options.add_argument("--shared", default="")
    options.add_argument("--record")
    chosen = options.parse_args()
    benches, program = pathlib.Path(chosen.benches).resolve(), str(pathlib.Path(chosen.program).resolve())

    with tempfile.TemporaryDirectory() as folder:
        archive = pathlib.Path(chosen.shared, "corpus", "dev.tar.xz")
        corpus = pathlib.Path(folder, "corpus")
        corpus.mkdir()
        files, program_rows = [], [("`quaymaster --version`", program_figures(program, ["--version"], folder))]
        if archive.is_file():
            rows = unpacked(archive, corpus)
            joined = pathlib.Path(folder, "joined.yaml")
            joined.write_text(joined_manifest(rows, corpus))
            files.append(str(joined))
            check = ["check", "--no-config", "--format", "json", "."]
            program_rows.append((f"`quaymaster check` over {len(rows):,} real files", program_figures(program, check, corpus)))
        else:
            print(f"No corpus: {archive} is not there, so nothing is measured with real files.", file=sys.stderr)
        workspace_rows = [index_row(benches / "bench_index"), "", first_diagnostics_row(program, folder)]
        text = report_text(analysis_figures(benches / "bench_analysis", files), workspace_rows, program_rows, program)
    print(text)
    if chosen.record:
        pathlib.Path(chosen.record).write_text(text)


if __name__ == "__main__":
    main()
