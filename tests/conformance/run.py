#!/usr/bin/env python3
"""Compares the findings with what other linters say about cases of their own test suites.

    run.py --binary BUILD/quaymaster --suite FOLDER --deviations deviations.tsv --min-agree 0.9

The suite is a folder with a run.py that does the work, and its cases. Exit status 0: they agree often enough; 1: they
do not; 77: there is no suite, so that nothing was tested.
"""
import argparse
import pathlib
import subprocess
import sys


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--suite", type=pathlib.Path, required=True)
    parser.add_argument("--deviations", required=True)
    parser.add_argument("--min-agree", required=True)
    options = parser.parse_args()
    script = options.suite / "run.py"
    if not script.is_file():
        print(f"skipped: there is no {script}")
        return 77
    return subprocess.run([sys.executable, str(script), "--binary", options.binary, "--deviations", options.deviations,
                           "--min-agree", options.min_agree, "--list", "disagree"]).returncode


if __name__ == "__main__":
    sys.exit(main())
