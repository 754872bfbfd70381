#!/usr/bin/env bash
# Usage: tests/bench/shards.sh BUILD ARTICLES [QUERIES]    What shards cost: an index of ARTICLES in 1, 2 and 4 shards, read here and behind servers on this machine, is asked QUERIES (20) of each kind. BUILD holds nutgraf and the programs of the benchmark (-D NUTGRAF_BUILD_BENCH=ON). Prints tables of Markdown.
set -euo pipefail
[ $# -ge 2 ] || { sed -n 's/^# Usage: /usage: /p' "${BASH_SOURCE[0]}" >&2; exit 2; }
build=$(realpath "$1") articles=$(realpath "$2") drawn=${3-20}
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../.."
nutgraf=$build/src/cli/nutgraf programs=$build/tests/bench
work=$(mktemp -d)
trap 'for index in "$work"/index-*; do scripts/cluster.sh stop "$index"; done; rm -rf "$work"' EXIT

# Bytes that came in over loopback so far, headers and all.
received() { sed -n 's/^ *lo: *\([0-9]*\).*/\1/p' /proc/net/dev; }

# NAME INDEX: a line of JSON for each kind of query, and what went over the wire for all of them.
ask() {
  local before
  before=$(received)
  $programs/query_bench "$2" "$work/queries.tsv" 1 | sed "s|^{|{\"who\":\"$1\",|" >> "$work/measured"
  # Each kind was asked twice; the first time to warm up.
  echo "{\"who\":\"$1\",\"kind\":\"wire\",\"bytes\":$((($(received) - before) / 2))}" >> "$work/measured"
}

# Resident and shared memory of servers, in KB, after all questions. Each connection has a process of its own.
memory() { awk '/^Rss:/ {all += $2} /^Pss:/ {own += $2} END {print all, own}' "/proc/$1/smaps_rollup"; }

for shards in 1 2 4; do
  index=$work/index-$shards
  echo "$shards" >&2
  options=()
  [ $shards = 1 ] || options=(--shards $shards)
  $nutgraf index "$articles" --index "$index" --quiet ${options[@]+"${options[@]}"}
  [ $shards != 1 ] || $programs/bench_collection queries "$drawn" "$index" "$articles" > "$work/queries.tsv"
  ask "$shards here" "$index"
  port=$((20000 + RANDOM % 9000))
  scripts/cluster.sh start "$index" $port > /dev/null
  ask "$shards served" "$index/cluster.json"
  find "$index" -path '*/gen-*' -type f -printf '%f %s\n' | sed "s/^/$shards /" >> "$work/sizes"
  # One connection, while it is open.
  coproc asking { $nutgraf search --queries - --jobs 1 --index "$index/cluster.json" --format json 2> /dev/null; }
  while read -r query; do
    echo "$query" >&"${asking[1]}"
    read -r _ <&"${asking[0]}"
  done < <(cut -f 2 "$work/queries.tsv")
  server=$(awk 'NR == 1 {print $3}' "$index/cluster/servers")
  child=$(ps -o pid= --ppid "$server" | head -n 1)
  echo "$shards $(memory "${child// /}")" >> "$work/memory"
  eval "exec ${asking[1]}>&-"
  wait "$asking_PID" || true
  scripts/cluster.sh stop "$index"
done
python3 - "$work" <<'PYTHON'
import collections, json, pathlib, sys

work = pathlib.Path(sys.argv[1])
lines = [json.loads(line) for line in (work / "measured").read_text().splitlines()]
who = list(dict.fromkeys(line["who"] for line in lines))
kinds = list(dict.fromkeys(line["kind"] for line in lines if line["kind"] != "wire"))
cells = {(line["kind"], line["who"]): line for line in lines}
print("| ms, p50 (p95) | " + " | ".join(who) + " |\n|---" * 1 + "|---" * len(who) + "|")
for kind in kinds:
    print(f"| {kind} | " + " | ".join(f"{cells[kind, w]['median_ms']:.1f} ({cells[kind, w]['p95_ms']:.1f})" for w in who) + " |")
queries = sum(1 for _ in open(work / "queries.tsv"))
print("| KB over the wire, mean | " + " | ".join(f"{cells['wire', w]['bytes'] / 1000 / queries:.0f}" if "served" in w else "" for w in who) + " |")
sizes = collections.defaultdict(lambda: collections.defaultdict(int))
for line in (work / "sizes").read_text().splitlines():
    shards, name, size = line.split()
    sizes[name][shards] += int(size)
print("\n| MB of files | 1 shard | 2 | 4 |\n|---|---|---|---|")
for name, of in sorted(sizes.items(), key=lambda item: -max(item[1].values())):
    if max(of.values()) > 10_000:
        print(f"| {name} | " + " | ".join(f"{of[shards] / 1e6:.1f}" for shards in "124") + " |")
print("\n| KB of memory, one connection of the first shard | all | its own |\n|---|---|---|")
for line in (work / "memory").read_text().splitlines():
    shards, everything, own = line.split()
    print(f"| {shards} shards | {everything} | {own} |")
PYTHON
