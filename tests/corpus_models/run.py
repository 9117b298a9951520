#!/usr/bin/env python3
"""Measures over thousands of real Dockerfiles how much of their shell texts the model understands.

    run.py --program BUILD/tests/corpus_models --archive dev.tar.xz

At least 99 of 100 RUN in a POSIX shell must parse completely, and one that does not must silence only itself.
Exit status 0: it holds; 1: it does not; 77: there is no archive, so that nothing was tested.
"""
import argparse
import pathlib
import subprocess
import sys
import tarfile
import tempfile


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--archive", type=pathlib.Path, required=True)
    options = parser.parse_args()
    if not options.archive.is_file():
        print(f"skipped: there is no {options.archive}")
        return 77

    with tempfile.TemporaryDirectory() as folder, tarfile.open(options.archive) as tar:
        paths = []
        for member in tar:
            if not member.isfile() or pathlib.PurePosixPath(member.name).parent.name != "dockerfile":
                continue
            path = pathlib.Path(folder, f"{len(paths)}-{pathlib.PurePosixPath(member.name).name}")
            path.write_bytes(tar.extractfile(member).read())
            paths.append(str(path))
        done = subprocess.run([options.program.resolve()], input="\n".join(paths) + "\n", capture_output=True, text=True,
                              errors="replace")
    print(done.stdout.replace(folder + "/", ""), end="")
    print(done.stderr, end="", file=sys.stderr)
    return 0 if done.returncode == 0 and paths else 1


if __name__ == "__main__":
    sys.exit(main())
