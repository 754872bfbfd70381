#!/usr/bin/env python3
"""Usage: report.py MEASURED RESULTS KEY=VALUE...

Prints what scripts/bench.sh measured (MEASURED, a JSON object a line) as tables, ending with the figures that were asked
for, and appends the measurements to RESULTS, each with the keys given (machine, commit, ...).
"""

import json
import statistics
import sys

# What is asked for.
FASTER_THAN_STOCK = 4.0
GROWTH_OF_A_PASSAGE = 1.15  # in time, from 100,000 passages to the whole
BYTES_OF_INDEX_PER_BYTE = 1.9
BATCH_SECONDS = 0.3
SEARCH_MILLISECONDS = 20.0
SUGGEST_MILLISECONDS = 5.0
INSIDE_MILLISECONDS = {  # medians
    "1 word": 2, "2 words": 2, "3 words": 2, "4 words": 2, "5 words": 2, "AND of 2": 2, "AND of 3": 2,
    "phrase, frequent": 5, "phrase, rarer": 5, "abc*": 30, "misspelt": 10,
    "company:x": 2, "company name": 2,
}
INSIDE_P99_MILLISECONDS = 50.0
DEFAULT_OVER_BM25_MILLISECONDS = 3.0
THROUGHPUT_RATIO = 1.8
PEERS_INDEXING = {"fts5": 1.3, "lucene-2": 2.5, "recoll": 8.0, "omega": 12.0}


def print_table(title, header, rows):
    print(f"\n{title}")
    cells = [header] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    for row in cells:
        aligned = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print("  " + "  ".join(aligned).rstrip())


def verdict(met):
    return "met" if met else "missed"


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
        self.goals.append((what, asked, measured, verdict(met)))

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

    def growth(self):
        fewer, whole = self.of("index", "nutgraf-2-fewer"), self.of("index", "nutgraf-2")
        if not fewer:
            return

        def for_a_passage(measurements):
            """Microseconds, wall and processor, of each round."""
            return [[1e6 * seconds / m["passages"] for seconds in seconds_of(m)] for m in measurements]

        ratios = [[many / few for few, many in zip(*pair)] for pair in zip(for_a_passage(fewer), for_a_passage(whole))]
        wall, cpu = (statistics.median(values) for values in zip(*ratios))
        least, most = min(ratio[0] for ratio in ratios), max(ratio[0] for ratio in ratios)
        rows = [(f"{of[0]['passages']:,} passages", *(f"{statistics.median(times):.1f}" for times in zip(*for_a_passage(of)))) for of in (fewer, whole)]
        print_table("Time for a passage, --jobs 2, microseconds: medians; ratios pair by pair", ["", "wall", "cpu"],
                    rows + [("ratio", f"{wall:.2f}", f"{cpu:.2f}")])
        self.goal(f"time for a passage, {whole[0]['passages']:,} against {fewer[0]['passages']:,}", f"at most {GROWTH_OF_A_PASSAGE}x",
                  f"{wall:.2f}x ({least:.2f}-{most:.2f}; processor time {cpu:.2f}x)", wall <= GROWTH_OF_A_PASSAGE)

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
        rows = [(" ".join(filter(None, (m["who"], m.get("kind")))), f"{m['median_ms']:.2f}", f"{m['p95_ms']:.2f}", f"{m['least_ms']:.2f}", f"{m['cpu_ms']:.2f}",
                 f"{m['median_ms'] / floor:.1f}") for m in self.of("process")]
        print_table("As a process (start to exit, output read), searches with top 10 and snippets, ms",
                    ["", "median", "p95", "least", "cpu", "/bin/true x"], rows)
        searches = self.of("process", "nutgraf search")
        slowest = max(searches, key=lambda m: m["median_ms"])
        self.goal("nutgraf search, start to hits, slowest kind", f"below {SEARCH_MILLISECONDS:.0f} ms",
                  f"{slowest['median_ms']:.1f} ms ({slowest['kind']}; p95 {max(m['p95_ms'] for m in searches):.1f})",
                  slowest["median_ms"] < SEARCH_MILLISECONDS)
        suggest = self.of("process", "nutgraf suggest")[0]
        self.goal("nutgraf suggest, start to exit", f"below {SUGGEST_MILLISECONDS:.0f} ms",
                  f"{suggest['median_ms']:.1f} ms (least {suggest['least_ms']:.1f}, p95 {suggest['p95_ms']:.1f})",
                  suggest["median_ms"] < SUGGEST_MILLISECONDS)

    def inside(self):
        rows = []
        for m in self.of("inside"):
            asked = INSIDE_MILLISECONDS[m["kind"]]
            rows.append((m["kind"], m["runs"], f"{m['median_ms']:.2f}", f"below {asked}", verdict(m["median_ms"] < asked),
                         f"{m['p95_ms']:.2f}", f"{m['p99_ms']:.2f}", f"below {INSIDE_P99_MILLISECONDS:.0f}",
                         verdict(m["p99_ms"] < INSIDE_P99_MILLISECONDS)))
        print_table("Inside a process, one thread, top 10 with snippets, ms; misspelt: " + self.of("inside")[-1]["who"],
                    ["", "runs", "p50", "asked", "", "p95", "p99", "asked", ""], rows)
        missed = [row[0] for row in rows if "missed" in row]
        self.goal("inside a process, medians and p99", "as above", f"missed: {'; '.join(missed)}" if missed else f"all {len(rows)} kinds",
                  not missed)

    def ranks(self):
        medians = {(m["kind"], m["rank"]): m["median_ms"] for m in self.of("ranks")}
        kinds, ranks = (list(dict.fromkeys(key)) for key in zip(*medians))
        over = {rank: max(medians[kind, rank] - medians[kind, "bm25"] for kind in kinds) for rank in ranks}
        print_table("--rank, inside a process, in turns, p50 in ms", [""] + ranks,
                    [[kind] + [f"{medians[kind, rank]:.2f}" for rank in ranks] for kind in kinds] +
                    [["most over bm25"] + [f"{over[rank]:+.2f}" for rank in ranks]])
        self.goal("the default over plain BM25, every kind of words", f"at most {DEFAULT_OVER_BM25_MILLISECONDS} ms more",
                  f"{over['default']:+.2f} ms", over["default"] <= DEFAULT_OVER_BM25_MILLISECONDS)

    def beside(self, measure, who, ours, key):
        """Medians of theirs and the ratios to ours, pair by pair."""
        theirs = [key(m) for m in self.of(measure, who)]
        ratios = [their / our for our, their in zip(ours, theirs)]
        return statistics.median(theirs), f"{statistics.median(ratios):.2f}", f"{min(ratios):.2f}-{max(ratios):.2f}"

    def peers_indexing(self):
        """Other engines that were given ready-cut passages, and those that read the same files."""
        own_bytes = sum(m["bytes"] for m in self.of("size"))
        for title, measure, our_name, names in (
                ("Indexing beside others: they get ready-cut passages, fts5-articles the articles; ratios are theirs / nutgraf --jobs 2, pair by pair",
                 "index", "nutgraf-2", ("nutgraf-2", "nutgraf-1", "fts5", "fts5-articles", "lucene-1", "lucene-2")),
                ("Indexing the same files, a folder of .txt; ratios are theirs / nutgraf, pair by pair",
                 "files", "nutgraf", ("nutgraf", "recoll", "omega"))):
            rows = []
            for who in names:
                if not self.of(measure, who):
                    continue
                ours = [seconds_of(m)[0] for m in self.of(measure, our_name)]
                wall, ratio, span = self.beside(measure, who, ours, lambda m: seconds_of(m)[0])
                cpu = statistics.median(seconds_of(m)[1] for m in self.of(measure, who))
                size = self.of(measure, who)[0].get("index_bytes", own_bytes)
                rows.append((who, f"{wall:.2f}", f"{cpu:.2f}", f"{max(m['peak_mb'] for m in self.of(measure, who)):.0f}",
                             f"{size / 1e6:.1f}", f"{size / self.text_bytes:.2f}", ratio, span))
                if who in PEERS_INDEXING:
                    self.goal(f"indexing against {who}", f"at least {PEERS_INDEXING[who]}x", f"{ratio}x ({span})", float(ratio) >= PEERS_INDEXING[who])
            if len(rows) > 1:
                print_table(title, ["", "wall s", "cpu s", "peak MB", "index MB", "per byte of text", "ratio", "from-to"], rows)

    def peers_searching(self):
        peers = [who for who in ("lucene-1", "fts5") if self.of("beside", who)]
        rows, slower = [], []
        for kind in dict.fromkeys(m["kind"] for m in self.of("beside")):
            def p50s(who):
                return [m["median_ms"] for m in self.of("beside", who) if m["kind"] == kind]

            def p99(who):
                return f"{statistics.median(m['p99_ms'] for m in self.of('beside', who) if m['kind'] == kind):.1f}"

            row = [kind, f"{statistics.median(p50s('nutgraf')):.2f}", p99("nutgraf")]
            for who in peers:
                ratio = statistics.median(their / our for our, their in zip(p50s("nutgraf"), p50s(who)))
                row += [f"{statistics.median(p50s(who)):.2f}", p99(who), f"{ratio:.2f}"]
                if who == "lucene-1" and ratio < 1:
                    slower.append(kind)
            rows.append(row)
        if not peers:
            return
        print_table("Searching beside others on the same passages, one thread, top 10 with snippets, ms; ratios are p50, theirs / nutgraf",
                    ["", "nutgraf p50", "p99"] + [cell for who in peers for cell in (f"{who} p50", "p99", "ratio")], rows)
        if "lucene-1" in peers:
            self.goal("p50 below Lucene's", "every kind", f"slower: {', '.join(slower)}" if slower else f"all {len(rows)} kinds", not slower)

    def throughput(self):
        one, most = min(m["jobs"] for m in self.of("queries")), max(m["jobs"] for m in self.of("queries"))
        rates = {jobs: [m["queries"] / seconds_of(m)[0] for m in self.of("queries") if m["jobs"] == jobs] for jobs in (one, most)}
        cpu = {jobs: statistics.median(seconds_of(m)[1] for m in self.of("queries") if m["jobs"] == jobs) for jobs in rates}
        print_table(f"A file of {self.of('queries')[0]['queries']:,} queries of 1 to 5 words, as a process, {len(rates[one])} rounds in turns",
                    ["", "queries/s", "from-to", "cpu s"],
                    [(f"--jobs {jobs}", f"{statistics.median(of):,.0f}", f"{min(of):,.0f}-{max(of):,.0f}", f"{cpu[jobs]:.2f}") for jobs, of in rates.items()])
        ratios = [theirs / ours for ours, theirs in zip(rates[one], rates[most])]
        self.goal(f"search --queries, {most} jobs against {one}", f"at least {THROUGHPUT_RATIO}x",
                  f"{statistics.median(ratios):.2f}x ({min(ratios):.2f}-{max(ratios):.2f})", statistics.median(ratios) >= THROUGHPUT_RATIO)

    def batches(self):
        rows = []
        for size in dict.fromkeys(m["articles"] for m in self.of("batch")):
            of = [m for m in self.of("batch") if m["articles"] == size]
            times, cpu = zip(*map(seconds_of, of))
            median = statistics.median(times)
            rows.append((f"{size} articles, {len(of)} batches", f"{median:.3f}", f"{min(times):.3f}", f"{max(times):.3f}", f"{statistics.median(cpu):.3f}"))
            if size == 100:
                self.goal("a batch of 100 articles", f"below {BATCH_SECONDS} s", f"{median:.3f} s (most {max(times):.3f})", median < BATCH_SECONDS)
        print_table("New articles into the index, a process each", ["", "median s", "least", "most", "cpu s"], rows)

    def print(self):
        stock = self.of("index", "stock")[0]
        print(f"{stock['articles']:,} articles, {stock['passages']:,} passages, {self.text_bytes:,} bytes of passage text, "
              f"{self.title_bytes:,} of titles")
        self.indexing()
        self.growth()
        self.size()
        self.searching()
        self.inside()
        self.ranks()
        self.throughput()
        self.peers_indexing()
        self.peers_searching()
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
