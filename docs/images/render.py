#!/usr/bin/env python3
"""Draws what a program prints to a terminal as an SVG image.

    build/release/quaymaster check --color always examples/shop | docs/images/render.py 'quaymaster check examples/shop' \
        > docs/images/check.svg

Understands the escape sequences of bold, dim, underline and the 16 colours. Needs nothing but Python.
"""
import html
import re
import sys
import unicodedata

COLUMNS, LINES = 118, 46
CELL, LEADING, MARGIN, BAR = 8.2, 18, 16, 34
PALETTE = ["#484f58", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#c9d1d9",
           "#8b949e", "#ffa198", "#9be9a8", "#f2cc60", "#a5d6ff", "#e2c5ff", "#b3f0ff", "#ffffff"]
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;?]*[A-Za-z]")


def styled(line, style):
    """Splits a line into (text, style) and gives the style at its end."""
    parts, at = [], 0
    for match in ESCAPE.finditer(line):
        if match.start() > at:
            parts.append((line[at:match.start()], dict(style)))
        at = match.end()
        if match.group(1) is None:
            continue
        for code in (int(c or 0) for c in match.group(1).split(";")):
            if code == 0:
                style = {}
            elif code == 1:
                style = {**style, "font-weight": "bold"}
            elif code == 2:
                style = {**style, "opacity": "0.65"}
            elif code == 4:
                style = {**style, "text-decoration": "underline"}
            elif 30 <= code <= 37 or 90 <= code <= 97:
                style = {**style, "fill": PALETTE[code - 30 if code < 90 else code - 82]}
            elif code == 39:
                style = {k: v for k, v in style.items() if k != "fill"}
    if at < len(line):
        parts.append((line[at:], dict(style)))
    return parts, style


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def svg_line(parts, y):
    out, column = [], 0
    for text, style in parts:
        text = text[:COLUMNS - column]
        if text.strip():
            # The length is given, so that any monospaced font keeps the columns.
            attributes = "".join(f' {name}="{value}"' for name, value in style.items())
            out.append(f'<text x="{MARGIN + column * CELL:.1f}" y="{y}" textLength="{width(text) * CELL:.1f}"'
                       f'{attributes}>{html.escape(text, quote=False)}</text>')
        column += width(text)
    return out


def main():
    command = sys.argv[1]
    lines = sys.stdin.read().rstrip("\n").split("\n")
    if len(lines) > LINES:  # the beginning, and the summary
        tail = next((i for i in range(len(lines) - 1, -1, -1) if not lines[i].strip()), len(lines) - 2)
        tail = max(tail, len(lines) - 14)
        lines = lines[:LINES - (len(lines) - tail) - 1] + ["\x1b[2m  …\x1b[0m"] + lines[tail:]

    lines = [f"\x1b[32m$\x1b[0m \x1b[1m{command}\x1b[0m"] + lines
    body, style = [], {}
    for number, line in enumerate(lines):
        parts, style = styled(line.expandtabs(8), style)
        body += svg_line(parts, BAR + MARGIN + 4 + number * LEADING)
    total_width, total_height = 2 * MARGIN + COLUMNS * CELL, BAR + 2 * MARGIN + len(lines) * LEADING
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total_width:.0f} {total_height}" '
          f'width="{total_width:.0f}" height="{total_height}" role="img">')
    print(f'<title>{html.escape(command)}</title>')
    print(f'<rect width="100%" height="100%" rx="8" fill="#0d1117"/>')
    for i, colour in enumerate(["#ff5f57", "#febc2e", "#28c840"]):
        print(f'<circle cx="{MARGIN + 6 + i * 20}" cy="{BAR / 2 + 2}" r="6" fill="{colour}"/>')
    print('<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" '
          'font-size="13.5" fill="#c9d1d9" xml:space="preserve" style="white-space: pre">')
    print("\n".join(body))
    print("</g>\n</svg>")


if __name__ == "__main__":
    main()
