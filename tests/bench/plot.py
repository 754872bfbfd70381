#!/usr/bin/env python3
"""Usage: plot.py RESULTS FOLDER

Draws what scripts/bench.sh wrote to RESULTS as pictures in FOLDER: indexing.svg (time and bytes beside others) and
queries.svg (median and 99th percentile of each kind of query, beside others), a panel for each collection, of which the
latest run counts. SVG 1.1, nothing from outside, the same bytes for the same results.
"""

import json
import math
import pathlib
import statistics
import sys
from xml.sax.saxutils import escape

from report import seconds_of

NAMES = {"nutgraf": "nutgraf", "nutgraf-2": "nutgraf, 2 threads", "nutgraf-1": "nutgraf, 1 thread", "fts5": "SQLite FTS5",
         "lucene-1": "Lucene 8, 1 thread", "lucene-2": "Lucene 8, 2 threads", "recoll": "Recoll", "omega": "Omega",
         "stock": "stock Xapian loop"}
COLOURS = {"nutgraf": "#0b5394", "nutgraf-2": "#0b5394", "nutgraf-1": "#6fa8dc", "fts5": "#b45f06", "lucene-1": "#6aa84f"}
OTHER = "#999999"
WIDTH, LEFT, RIGHT, LINE, PANEL_HEAD = 960, 190, 90, 22, 52


class Svg:
    def __init__(self, title, height):
        self.parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
                      'role="img" font-family="sans-serif" font-size="13" fill="#1a1a1a">',
                      f"<title>{escape(title)}</title>", f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>']

    def text(self, x, y, text, extra=""):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}"{extra}>{escape(text)}</text>')

    def bar(self, x, y, width, height, colour, hint):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" fill="{colour}">'
                          f"<title>{escape(hint)}</title></rect>")

    def line(self, x1, y1, x2, y2, colour="#dddddd"):
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>')

    def save(self, path):
        path.write_text("\n".join(self.parts + ["</svg>", ""]), encoding="utf-8")


class Scale:
    """Milliseconds, seconds or bytes along a logarithmic axis."""

    def __init__(self, values):
        self.low = math.floor(math.log10(min(values)) * 2) / 2
        self.high = math.ceil(math.log10(max(values)) * 2) / 2

    def at(self, value):
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log10(value) - self.low) / max(self.high - self.low, 0.5)

    def ticks(self):
        for power in range(math.floor(self.low), math.ceil(self.high) + 1):
            for digit in (1, 2, 5):
                if self.low <= math.log10(digit * 10.0**power) <= self.high + 1e-9:
                    yield digit * 10.0**power


def latest_runs(path):
    """Measurements of the latest run of each collection, the smaller collections first."""
    runs = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        m = json.loads(line)
        run = runs.setdefault(m["collection"], [])
        if run and run[0]["date"] != m["date"]:
            run.clear()
        run.append(m)
    size = {name: next(m["passages"] for m in run if m["measure"] == "index" and m["who"] == "stock") for name, run in runs.items()}
    return {f"{name}: {size[name]:,} passages" if name == "Reuters" else name: runs[name] for name in sorted(runs, key=size.get)}


def indexing_rows(run):
    """Name, seconds, colour, note; what reads ready-cut passages, then what reads files."""
    rows = []
    for measure, names in (("index", ("nutgraf-2", "nutgraf-1", "fts5", "lucene-2", "lucene-1", "stock")), ("files", ("nutgraf", "recoll", "omega"))):
        for who in names:
            measured = [seconds_of(m)[0] for m in run if m["measure"] == measure and m["who"] == who]
            if measured:
                name = NAMES[who] + (", .txt files" if measure == "files" else "")
                rows.append((name, statistics.median(measured), COLOURS.get(who, OTHER), f"{statistics.median(measured):.2f} s"))
    return rows


def query_rows(run):
    """For each kind of query, a row for each engine: name, p50, p99, colour."""
    beside = [m for m in run if m["measure"] == "beside"]
    for kind in dict.fromkeys(m["kind"] for m in beside):
        rows = []
        for who in ("nutgraf", "fts5", "lucene-1"):
            of = [m for m in beside if m["kind"] == kind and m["who"] == who]
            if of:
                rows.append((NAMES[who], *(statistics.median(m[key] for m in of) for key in ("median_ms", "p99_ms")), COLOURS[who]))
        yield kind, rows


def draw_indexing(runs, path):
    panels = {name: indexing_rows(run) for name, run in runs.items()}
    svg = Svg("Time to index, beside other engines", sum(PANEL_HEAD + LINE * len(rows) + 10 for rows in panels.values()))
    y = 0
    for name, rows in panels.items():
        most = max(row[1] for row in rows)
        svg.text(16, y + 26, f"Indexing, seconds. {name}", ' font-size="15" font-weight="bold"')
        svg.text(16, y + 43, "FTS5, Lucene and the stock loop are given passages ready cut; in the lower rows all read the same .txt files", ' fill="#666666"')
        y += PANEL_HEAD
        for label, value, colour, note in rows:
            svg.text(LEFT - 8, y + 15, label, ' text-anchor="end"')
            width = (WIDTH - LEFT - RIGHT) * value / most
            svg.bar(LEFT, y + 3, width, LINE - 7, colour, f"{label}: {note}")
            svg.text(LEFT + width + 6, y + 15, note)
            y += LINE
        y += 10
    svg.save(path)


def draw_queries(runs, path):
    panels = {name: list(query_rows(run)) for name, run in runs.items()}
    thin = 11
    height = sum(PANEL_HEAD + 24 + sum(thin * len(rows) + 9 for _, rows in kinds) for kinds in panels.values() if kinds)
    svg = Svg("Query times, beside other engines", height)
    y = 0
    for name, kinds in panels.items():
        if not kinds:
            continue
        scale = Scale([value for _, rows in kinds for row in rows for value in row[1:3]])
        svg.text(16, y + 26, f"Top 10 with snippets, milliseconds, one thread. {name}", ' font-size="15" font-weight="bold"')
        x = 16
        for who in ("nutgraf", "fts5", "lucene-1"):
            svg.bar(x, y + 34, 10, 10, COLOURS[who], NAMES[who])
            svg.text(x + 15, y + 43, NAMES[who])
            x += 40 + 7.5 * len(NAMES[who])
        svg.text(x + 10, y + 43, "bar: median; line: up to the 99th percentile; logarithmic", ' fill="#666666"')
        y += PANEL_HEAD
        bottom = y + sum(thin * len(rows) + 9 for _, rows in kinds)
        for tick in scale.ticks():
            svg.line(scale.at(tick), y, scale.at(tick), bottom)
            svg.text(scale.at(tick), bottom + 14, f"{tick:g}", ' text-anchor="middle" fill="#666666"')
        for kind, rows in kinds:
            svg.text(LEFT - 8, y + thin * len(rows) / 2 + 5, kind, ' text-anchor="end"')
            for label, p50, p99, colour in rows:
                hint = f"{kind}, {label}: p50 {p50:.2f} ms, p99 {p99:.2f} ms"
                svg.bar(LEFT, y + 1, scale.at(p50) - LEFT, thin - 3, colour, hint)
                svg.line(scale.at(p50), y + thin / 2, scale.at(p99), y + thin / 2, colour)
                y += thin
            y += 9
        y += 24
    svg.save(path)


def main(results, folder):
    runs = latest_runs(pathlib.Path(results))
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    draw_indexing(runs, folder / "indexing.svg")
    draw_queries(runs, folder / "queries.svg")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
