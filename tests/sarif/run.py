#!/usr/bin/env python3
"""Check that `--format sarif` is valid by the schema of SARIF 2.1.0.

    run.py --binary BUILD/quaymaster --schema FILE EXAMPLES

`./dev test` gets the schema where it can; without it, or without Python's jsonschema, the test is skipped (77).
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

SKIPPED = 77
# In the published schema, one pattern is no regular expression of ECMA 262, and no validator takes it.
BROKEN_PATTERN = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$"


def without_broken_pattern(schema):
    if isinstance(schema, dict):
        return {key: without_broken_pattern(value) for key, value in schema.items()
                if not (key == "pattern" and value == BROKEN_PATTERN)}
    if isinstance(schema, list):
        return [without_broken_pattern(value) for value in schema]
    return schema


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--schema", type=Path, required=True)
    parser.add_argument("folder")
    options = parser.parse_args()
    try:
        from jsonschema import Draft7Validator
    except ImportError:
        print("skipped: Python has no jsonschema")
        sys.exit(SKIPPED)
    if not options.schema.exists():
        print(f"skipped: {options.schema} is not there")
        sys.exit(SKIPPED)

    # A path that does not exist becomes a notification, so that every part of the format occurs.
    done = subprocess.run([options.binary, "check", "--no-config", "--select", "all", "--format", "sarif",
                           options.folder, options.folder + "/missing"], capture_output=True, text=True, check=False)
    log = json.loads(done.stdout)
    results = log["runs"][0]["results"]
    if not results or not any("fixes" in result for result in results):
        sys.exit("there is nothing to validate: no results, or none with a fix")
    validator = Draft7Validator(without_broken_pattern(json.loads(options.schema.read_text())))
    errors = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(log)]
    print(*errors[:20], sep="\n")
    print(f"{len(results)} results, {len(errors)} errors")
    sys.exit(1 if errors else 0)


if __name__ == "__main__":
    main()
