"""Comparing our model of a Dockerfile (`truth_tool dump`) with what BuildKit's parser makes of it."""
import json
import pathlib
import subprocess


def dumps(tool, paths):
    """Our view of each file, in order."""
    done = subprocess.run([str(tool), "dump"], input="".join(f"{p}\n" for p in paths), capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"truth_tool ended with {done.returncode}: {done.stderr[-500:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def differences(ours, theirs, where=""):
    """Where two nodes differ, a line each."""
    found = []
    for key in ("Cmd", "Flags", "JSON", "Args", "Heredocs") + (("Start", "End") if "Start" in ours else ()):
        mine, other = ours.get(key), theirs.get(key)
        if key == "Heredocs" and other:
            other = [{k: v for k, v in heredoc.items() if k != "FD"} for heredoc in other]
        if (mine or None) != (other or None):
            found.append(f"{where}{key}: {mine!r}, BuildKit: {other!r}")
    if ("Sub" in ours) != ("Sub" in theirs):
        found.append(f"{where}only one of us sees an instruction under ONBUILD")
    elif "Sub" in ours:
        found += differences(ours["Sub"], theirs["Sub"], where + "ONBUILD: ")
    return found


def file_differences(view, answer):
    nodes, others = view["Nodes"], answer.get("Nodes") or []
    found = []
    if view["Escape"] != answer.get("Escape", view["Escape"]):
        found.append("another escape character")
    if len(nodes) != len(others):
        found.append(f"{len(nodes)} instructions, BuildKit: {len(others)}")
    for index, (ours, theirs) in enumerate(zip(nodes, others)):
        found += differences(ours, theirs, f"instruction {index + 1}: ")
    return found


def write_texts(texts, folder):
    """Each text as a file; the paths in order."""
    paths = []
    for index, text in enumerate(texts):
        path = pathlib.Path(folder, f"{index}.Dockerfile")
        path.write_bytes(text.encode())
        paths.append(path)
    return paths
