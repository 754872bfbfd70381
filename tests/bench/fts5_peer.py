#!/usr/bin/env python3
"""Usage: fts5_peer.py index DATABASE PASSAGES|ARTICLES | fts5_peer.py query DATABASE QUERIES | fts5_peer.py statements QUERIES

"statements" prints the queries as SQL, for the command line of sqlite3.

SQLite's FTS5 over the passages that `bench_collection passages` cuts: an English stemmer, title and text, one
transaction, optimised at the end. A query is its words with OR or AND, a phrase or a prefix, the best 10 by BM25, with
snippet(). Prints JSON lines with the keys of stock_index and of query_bench. Cutting passages is no part of
it, reading is that of JSON lines alone; ARTICLES are indexed whole.
"""

import json
import os
import resource
import sqlite3
import sys
import time


def index(database, passages):
    if os.path.exists(database):
        os.remove(database)
    start, start_cpu = time.monotonic(), time.process_time()
    connection = sqlite3.connect(database)
    connection.execute("CREATE VIRTUAL TABLE passages USING fts5(id UNINDEXED, title, text, tokenize = 'porter unicode61')")
    with open(passages, encoding="utf-8") as lines:
        records = map(json.loads, lines)
        connection.executemany("INSERT INTO passages VALUES (?, ?, ?)", ((r["id"], r["title"], r["text"]) for r in records))
    connection.execute("INSERT INTO passages(passages) VALUES ('optimize')")
    connection.commit()
    connection.close()
    print(json.dumps({"seconds": time.monotonic() - start, "cpu_seconds": time.process_time() - start_cpu,
                      "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                      "index_bytes": os.path.getsize(database)}))


SEARCH = ("SELECT id, title, snippet(passages, 2, '[', ']', '...', 40) FROM passages "
          "WHERE passages MATCH {} ORDER BY rank LIMIT 10")


def read_queries(path):
    """Kinds and queries in FTS5's own words."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            kind, text = line.rstrip("\n").split("\t")
            if kind.startswith("phrase"):
                yield kind, text
            elif text.endswith("*"):
                yield kind, f'"{text[:-1]}"*'
            else:
                joint = " AND " if " AND " in text else " OR "
                yield kind, joint.join(f'"{word}"' for word in text.replace(" AND ", " ").split())


def statements(queries):
    for kind, match in read_queries(queries):
        print(kind, SEARCH.format("'" + match.replace("'", "''") + "'"), sep="\t")


def percentile(values, share):
    return sorted(values)[int(share * (len(values) - 1) + 0.5)]


def query(database, queries):
    connection = sqlite3.connect(database)
    times, hits = {}, {}
    typed = list(read_queries(queries))
    for warm in (True, False):
        for kind, match in typed:
            start = time.monotonic()
            rows = connection.execute(SEARCH.format("?"), (match,)).fetchall()
            if not warm:
                times.setdefault(kind, []).append((time.monotonic() - start) * 1000)
                hits[kind] = hits.get(kind, 0) + len(rows)
    for kind, of in times.items():
        print(json.dumps({"kind": kind, "runs": len(of), "median_ms": percentile(of, 0.5), "p99_ms": percentile(of, 0.99), "hits": hits[kind]}))


if __name__ == "__main__":
    commands = {("index", 4): index, ("query", 4): query, ("statements", 3): statements}
    command = commands.get((sys.argv[1] if len(sys.argv) > 1 else "", len(sys.argv))) or sys.exit(__doc__)
    command(*sys.argv[2:])
