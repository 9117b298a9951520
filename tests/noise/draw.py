#!/usr/bin/env python3
"""Draws findings from real files, for a person to judge: is what it says true, and would the author want to know?

    draw.py --binary BUILD/quaymaster --archive dev.tar.xz [--seed N] [--count N] [--rule NAME]
            [--language LANGUAGE] [--folder DIR]
    draw.py --record JUDGED.tsv

The first form prints one finding a line: number, family, rule, repository, path, line, message, and an empty verdict.
At most a tenth of them are of one rule, and every family gets a tenth or all it has; --rule draws from one rule alone,
--language from the files of one format.
The files stay in --folder, so that they can be read beside the list. The second form reads such a list with verdicts
(`right` or `wrong`, a reason behind it) and prints a table for docs/noise.md. Neither shows text of the files.
"""
import argparse
import collections
import csv
import json
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "corpus"))
from run import unpack  # noqa: E402

COLUMNS = ["number", "family", "rule", "repository", "path", "line", "message", "verdict", "reason"]


def files_of(binary, folder, rows, preset):
    """The report of every file that is in the manifest, with its row."""
    done = subprocess.run([binary, "check", "--no-config", "--preset", preset, "--format", "json", "."], cwd=folder,
                          capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"exit code {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return [(rows[f["path"]], f) for f in json.loads(done.stdout)["files"] if f["path"] in rows]


def findings_of(files):
    for row, file in files:
        for finding in file["diagnostics"]:
            code = finding["rule"] + (f"/{finding['variant']}" if finding.get("variant") else "")
            yield {"family": finding["family"], "rule": code, "repository": row["repo"], "path": row["path"],
                   "line": finding["range"]["start"]["line"] + 1, "message": finding["message"]}


def drawn(findings, count, one_rule, seed):
    """In a random order, but every family first gets its share, and no rule more than its."""
    shuffled = list(findings)
    random.Random(seed).shuffle(shuffled)
    share = count if one_rule else max(1, count // 10)
    result, of_rule, of_family = [], collections.Counter(), collections.Counter()

    def take(finding):
        rule = finding["rule"].split("/")[0]
        if of_rule[rule] >= share or len(result) >= count:
            return False
        of_rule[rule] += 1
        of_family[finding["family"]] += 1
        result.append(finding)
        return True

    rest = [f for f in shuffled if of_family[f["family"]] >= share or not take(f)]
    for finding in rest:
        take(finding)
    return sorted(result, key=lambda f: (f["family"], f["rule"], f["repository"], f["path"], f["line"]))


def print_shares(files):
    """How much there is of it: the median file, and the rules that many files show."""
    for language in ("dockerfile", "compose", "kubernetes"):
        of_language = [f for _, f in files if f["language"] == language]
        if not of_language:
            continue
        median = statistics.median(len(f["diagnostics"]) for f in of_language)
        shares = collections.Counter(rule for f in of_language for rule in {d["rule"] for d in f["diagnostics"]})
        often = [f"{rule} {n / len(of_language):.0%}" for rule, n in shares.most_common() if n > len(of_language) / 5]
        print(f"{language}: {len(of_language)} files, median {median:g} findings; in more than 20 %: "
              + (", ".join(often) or "none"), file=sys.stderr)


def page(path):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    open_rows = [row["number"] for row in rows if row["verdict"] not in ("right", "wrong")]
    if open_rows:
        sys.exit(f"no verdict on {', '.join(open_rows)}")
    right = sum(row["verdict"] == "right" for row in rows)
    out = [f"{right} of {len(rows)} findings are right.", "",
           "| family | rule | repository | file | line | verdict |", "|---|---|---|---|---|---|"]
    for row in rows:
        verdict = row["verdict"] + (f": {row['reason']}" if row["verdict"] == "wrong" else "")
        out.append("| {family} | {rule} | {repository} | {path} | {line} | ".format(**row) + f"{verdict} |")
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path)
    parser.add_argument("--archive", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--preset", default="recommended")
    parser.add_argument("--rule", help="draw from this rule alone")
    parser.add_argument("--language", choices=["dockerfile", "compose", "kubernetes"])
    parser.add_argument("--folder", type=pathlib.Path, help="where the files are put (default: a folder of its own)")
    parser.add_argument("--record", type=pathlib.Path, metavar="JUDGED.tsv")
    options = parser.parse_args()
    if options.record:
        print(page(options.record))
        return 0
    if not options.binary or not options.archive or not options.archive.is_file():
        parser.error("--binary and --archive have to name files")

    folder = options.folder or pathlib.Path(tempfile.mkdtemp(prefix="noise-"))
    folder.mkdir(parents=True, exist_ok=True)
    rows = unpack(options.archive, folder)
    files = files_of(options.binary.resolve(), folder, rows, options.preset)
    print_shares(files)
    if options.language:
        files = [(row, file) for row, file in files if file["language"] == options.language]
    findings = list(findings_of(files))
    if options.rule:
        findings = [f for f in findings if f["rule"].split("/")[0] == options.rule]
    chosen = drawn(findings, options.count, options.rule is not None, options.seed)
    writer = csv.DictWriter(sys.stdout, COLUMNS, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    for number, finding in enumerate(chosen, 1):
        writer.writerow({"number": number, "verdict": "", "reason": "", **finding})
    print(f"{len(chosen)} of {len(findings)} findings; the files are in {folder}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
