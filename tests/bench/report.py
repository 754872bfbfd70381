#!/usr/bin/env python3
"""Usage: report.py MEASURED RESULTS KEY=VALUE...

Prints what scripts/bench.sh measured (MEASURED, a JSON object a line) as tables, ending with the figures that were asked
for, and appends the measurements to RESULTS, each with the keys given (machine, commit, ...).
"""

import json
import statistics
import sys

# What the first issue asks for.
FASTER_THAN_STOCK = 4.0
BYTES_OF_INDEX_PER_BYTE = 2.2
BATCH_SECONDS = 0.5
SEARCH_MILLISECONDS = 20.0


def print_table(title, header, rows):
    print(f"\n{title}")
    cells = [header] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    for row in cells:
        aligned = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print("  " + "  ".join(aligned).rstrip())


def seconds_of(measurement):
    """Wall and processor seconds of a measurement, whether its program or spawn_timer took them."""
    if "seconds" in measurement:
        return measurement["seconds"], measurement["cpu_seconds"]
    return measurement["median_ms"] / 1000, measurement["cpu_ms"] / 1000


class Report:
    def __init__(self, measurements):
        self.measurements = measurements
        stock = self.of("index", "stock")[0]
        self.text_bytes = stock["text_bytes"]
        self.title_bytes = stock["title_bytes"]
        self.goals = []

    def of(self, measure, who=None):
        return [m for m in self.measurements if m["measure"] == measure and who in (None, m["who"])]

    def goal(self, what, asked, measured, met):
        self.goals.append((what, asked, measured, "met" if met else "NOT MET"))

    def indexing(self):
        stock = [seconds_of(m) for m in self.of("index", "stock")]
        rows = []
        for who in ("stock", "nutgraf-2", "nutgraf-1"):
            times = [seconds_of(m) for m in self.of("index", who)]
            wall, cpu = (statistics.median(values) for values in zip(*times))
            # Pairs of one round: what disturbs the machine for long falls on both.
            ratios = [(theirs[0] / ours[0], theirs[1] / ours[1]) for theirs, ours in zip(stock, times)]
            wall_ratio, cpu_ratio = (statistics.median(values) for values in zip(*ratios))
            least, most = min(ratio[0] for ratio in ratios), max(ratio[0] for ratio in ratios)
            rows.append((who, f"{wall:.2f}", f"{cpu:.2f}", f"{self.text_bytes / wall / 1e6:.1f}",
                         f"{wall_ratio:.2f}", f"{least:.2f}-{most:.2f}", f"{cpu_ratio:.2f}"))
            if who != "stock":
                jobs = who.removeprefix("nutgraf-")
                self.goal(f"indexing against the stock loop, --jobs {jobs}", f"{FASTER_THAN_STOCK:.1f}x faster",
                          f"{wall_ratio:.2f}x (processor time {cpu_ratio:.2f}x)", wall_ratio >= FASTER_THAN_STOCK)
        print_table(f"Indexing, {len(stock)} rounds in turns: medians; ratios are stock / nutgraf, pair by pair",
                    ["", "wall s", "cpu s", "MB/s", "ratio", "from-to", "cpu ratio"], rows)
        reading, reading_cpu = (statistics.median(m[key] for m in self.of("index", "stock"))
                                for key in ("reading_seconds", "reading_cpu_seconds"))
        print(f"  of it reading and cutting passages: {reading:.2f} s wall, {reading_cpu:.2f} s cpu (in the stock loop)")

    def size(self):
        files = [(m["file"], m["bytes"]) for m in self.of("size")]
        total = sum(size for _, size in files)
        stock = self.of("index", "stock")[0]["index_bytes"]
        rows = sorted(((name, size) for name, size in files if size > 1000), key=lambda row: -row[1])
        rows += [("nutgraf, live generation", total), ("stock", stock)]
        both = self.text_bytes + self.title_bytes
        print_table("Size, bytes", ["", "bytes", "per byte of text", "of text and titles"],
                    [(name, f"{size:,}", f"{size / self.text_bytes:.3f}", f"{size / both:.3f}") for name, size in rows])
        ratio = total / self.text_bytes
        self.goal("index for a byte of text", f"at most {BYTES_OF_INDEX_PER_BYTE}", f"{ratio:.3f} (of text and titles {total / both:.3f})",
                  ratio <= BYTES_OF_INDEX_PER_BYTE)

    def searching(self):
        floor = self.of("process", "/bin/true")[0]["median_ms"]
        inside = {m["kind"]: m for m in self.of("inside")}
        rows = []
        for m in self.of("process"):
            kind = m.get("kind")
            within = inside.get(kind)
            rows.append((kind or m["who"], f"{m['median_ms']:.2f}", f"{m['p95_ms']:.2f}", f"{m['least_ms']:.2f}", f"{m['cpu_ms']:.2f}",
                         f"{m['median_ms'] / floor:.1f}", f"{within['median_ms']:.2f}" if within else "", f"{within['p95_ms']:.2f}" if within else ""))
        print_table("Searching, top 10 with snippets, ms: as a process (start to exit, output read) and inside one",
                    ["", "median", "p95", "least", "cpu", "/bin/true x", "inside median", "p95"], rows)
        searches = self.of("process", "nutgraf search")
        slowest = max(searches, key=lambda m: m["median_ms"])
        self.goal("nutgraf search, start to hits, slowest kind", f"below {SEARCH_MILLISECONDS:.0f} ms",
                  f"{slowest['median_ms']:.1f} ms ({slowest['kind']}; p95 {max(m['p95_ms'] for m in searches):.1f})",
                  slowest["median_ms"] < SEARCH_MILLISECONDS)

    def batches(self):
        times = [seconds_of(m)[0] for m in self.of("batch")]
        cpu = [seconds_of(m)[1] for m in self.of("batch")]
        print_table("100 new articles into the index, a process each", ["", "median s", "least", "most", "cpu s"],
                    [(f"{len(times)} batches", f"{statistics.median(times):.3f}", f"{min(times):.3f}", f"{max(times):.3f}",
                      f"{statistics.median(cpu):.3f}")])
        self.goal("a batch of 100 articles", f"below {BATCH_SECONDS} s", f"{statistics.median(times):.3f} s (most {max(times):.3f})",
                  statistics.median(times) < BATCH_SECONDS)

    def print(self):
        stock = self.of("index", "stock")[0]
        print(f"{stock['articles']:,} articles, {stock['passages']:,} passages, {self.text_bytes:,} bytes of passage text, "
              f"{self.title_bytes:,} of titles")
        self.indexing()
        self.size()
        self.searching()
        self.batches()
        print_table("Goals", ["", "asked", "measured", ""], self.goals)


def main(measured, results, *pairs):
    circumstances = dict(pair.split("=", 1) for pair in pairs)
    with open(measured, encoding="utf-8") as lines:
        measurements = [json.loads(line) for line in lines]
    print("; ".join(f"{key} {value}" for key, value in circumstances.items()))
    Report(measurements).print()
    with open(results, "a", encoding="utf-8") as out:
        for measurement in measurements:
            out.write(json.dumps(circumstances | measurement) + "\n")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
