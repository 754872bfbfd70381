#!/usr/bin/env python3
"""Usage: fts5_peer.py index DATABASE PASSAGES | fts5_peer.py query DATABASE QUERIES

SQLite's FTS5 over the passages that `bench_collection passages` cuts: an English stemmer, title and text, one
transaction, optimised at the end. A query is its words with OR, the best 10 by BM25, with snippet(). Prints JSON lines
with the keys of stock_index and of query_bench. Reading articles and cutting passages is no part of it.
"""

import json
import os
import sqlite3
import statistics
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
                      "index_bytes": os.path.getsize(database)}))


def query(database, queries):
    connection = sqlite3.connect(database)
    times, hits = {}, {}
    with open(queries, encoding="utf-8") as lines:
        typed = [line.rstrip("\n").split("\t") for line in lines]
    for warm in (True, False):
        for kind, text in typed:
            match = " OR ".join(f'"{word}"' for word in text.split())
            start = time.monotonic()
            rows = connection.execute("SELECT id, title, snippet(passages, 2, '[', ']', '...', 40) FROM passages "
                                      "WHERE passages MATCH ? ORDER BY rank LIMIT 10", (match,)).fetchall()
            if not warm:
                times.setdefault(kind, []).append((time.monotonic() - start) * 1000)
                hits[kind] = hits.get(kind, 0) + len(rows)
    for kind, of in times.items():
        print(json.dumps({"kind": kind, "runs": len(of), "median_ms": statistics.median(of), "hits": hits[kind]}))


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("index", "query"):
        sys.exit(__doc__)
    {"index": index, "query": query}[sys.argv[1]](*sys.argv[2:])
