#!/usr/bin/env python3
"""Usage: smoke_test.py NUTGRAF PROGRAMS CORPUS

Runs the programs of the benchmark (in the folder PROGRAMS) once, over a small collection made of CORPUS: each ends well
and measures something of every kind of query.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

KINDS = ["1 word", "2 words", "3 words", "4 words", "5 words", "AND of 2", "AND of 3", "abc*", "misspelt", "phrase, frequent", "phrase, rarer"]


def main(nutgraf, programs, corpus):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        articles, index, queries = work / "articles.jsonl", work / "index", work / "queries.tsv"

        def output(program, *arguments):
            return subprocess.run([f"{programs}/{program}", *map(str, arguments)], stdout=subprocess.PIPE, check=True).stdout

        def measured(program, *arguments):
            return [json.loads(line) for line in output(program, *arguments).splitlines()]

        articles.write_bytes(output("bench_collection", "scale", 200, corpus))
        (stock,) = measured("stock_index", work / "stock", articles)
        assert stock["passages"] >= 100 and stock["seconds"] > 0, stock
        (indexed,) = measured("spawn_timer", "--", nutgraf, "index", articles, "--index", index, "--quiet")
        assert indexed["median_ms"] > 0, indexed

        queries.write_bytes(output("bench_collection", "queries", 1, index, articles) + output("bench_collection", "misspelt", 1, articles))
        inside = measured("query_bench", index, queries, 1)
        processes = measured("spawn_timer", "--queries", queries, "--", nutgraf, "search", "--index", index)
        for lines in (inside, processes):
            assert sorted(line["kind"] for line in lines) == KINDS, lines
            assert all(line["runs"] == 1 and line["median_ms"] > 0 for line in lines), lines
        # The words of one article need not be those of a passage.
        assert all(line["hits"] > 0 for line in inside if line["kind"] != "AND of 3"), inside


if __name__ == "__main__":
    main(*sys.argv[1:])
