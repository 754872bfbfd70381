#!/usr/bin/env bash
# Usage: scripts/bench.sh [--quick] [--alone] [--scale PASSAGES] [DATA_DIR]    Measures speed and size against a stock Xapian loop and, but for --alone, other engines; DATA_DIR (else $NUTGRAF_DATA, ../shared/data) holds articles/reuters21578.jsonl, from whose sentences (else those of corpus/articles) larger collections are made.
set -euo pipefail
data=${NUTGRAF_DATA-}
rounds=3 runs=20 drawn=200 inner_runs=5 many=2000 batches=5 scale= alone=
while [ $# -gt 0 ]; do
  case $1 in
    --quick) rounds=1 runs=3 drawn=20 inner_runs=1 many=200 batches=2 ;;
    --alone) alone=yes ;;
    --scale) scale=${2:?--scale takes a number of passages}; shift ;;
    -*) sed -n 's/^# Usage: /usage: /p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
    *) data=$1 ;;
  esac
  shift
done
[ -z "$data" ] || data=$(realpath "$data")
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
export PATH=/usr/bin:/bin:$PATH LC_ALL=C.UTF-8

scripts/setup.sh --tests
[ -n "$alone" ] || scripts/setup.sh --bench || echo "not every peer could be installed" >&2
build=build/bench
cmake -S . -B $build -G Ninja -D CMAKE_BUILD_TYPE=Release -D NUTGRAF_BUILD_TESTS=ON -D NUTGRAF_BUILD_BENCH=ON > /dev/null
cmake --build $build --target bench_programs
nutgraf=$build/src/cli/nutgraf programs=$build/tests/bench

work=$(mktemp -d "$PWD/$build/run.XXXXXX")
trap 'rm -rf "$work"' EXIT
measured=$work/measured.jsonl

# The collection.
reuters=${data:-../shared/data}/articles/reuters21578.jsonl
sentences=$reuters collection=Reuters made_words=200000
if [ ! -f "$reuters" ]; then sentences=corpus/articles collection=corpus made_words=50000; fi
articles=$sentences
if [ -n "$scale" ] || [ ! -f "$reuters" ]; then
  collection="${scale:-31000} passages of sentences of $collection"
  articles=$work/made.jsonl
  $programs/bench_collection scale "${scale:-31000}" "$sentences" > "$articles"
fi
fewer=  # beside a large collection: what does a passage cost there more?
if [ "${scale:-0}" -gt 100000 ]; then
  fewer=$work/fewer.jsonl
  $programs/bench_collection scale 100000 "$sentences" > "$fewer"
fi

# add MEASURE WHO: completes the flat JSON objects on stdin to measurements.
add() { sed "s|^{|{\"measure\":\"$1\",\"who\":\"$2\",|" >> "$measured"; }

# index WHO ARTICLES OPTION...: makes the index $work/WHO.
index() {
  local who=$1 from=$2 timed passages
  shift 2
  rm -rf "${work:?}/$who"
  echo "  $who" >&2
  timed=$($programs/spawn_timer -- $nutgraf index "$from" --index "$work/$who" --quiet "$@")
  passages=$($nutgraf info --index "$work/$who" --json | sed -n 's/^ *"passages": \([0-9]*\).*/\1/p')
  echo "${timed%\}},\"passages\":$passages}" | add index "$who"
}

source tests/bench/peers.sh
[ -n "$alone" ] || find_peers
[ ${#passage_peers[@]} -eq 0 ] || $programs/bench_collection passages "$articles" > "$work/passages.jsonl"
[ ${#file_peers[@]} -eq 0 ] || $programs/bench_collection files "$work/files" "$articles"

echo "indexing, $rounds rounds" >&2
cat "$articles" ${fewer:+"$fewer"} > /dev/null
for ((round = 0; round < rounds; round++)); do
  echo "  stock" >&2
  $programs/stock_index "$work/stock" "$articles" | add index stock
  index nutgraf-2 "$articles" --jobs 2
  [ -z "$fewer" ] || index nutgraf-2-fewer "$fewer" --jobs 2
  index nutgraf-1 "$articles" --jobs 1
  for peer in ${passage_peers[@]+"${passage_peers[@]}"}; do
    echo "  $peer" >&2
    index_passages "$peer" | add index "$peer"
  done
done
live=$work/nutgraf-2/$(cat "$work/nutgraf-2/CURRENT")
find "$live" -type f -printf '{"file":"%f","bytes":%s}\n' | add size nutgraf

echo "searching, a process each" >&2
processes() { $programs/spawn_timer --warm 1 "$@"; }
$programs/bench_collection queries 10 "$work/nutgraf-2" "$articles" > "$work/some.tsv"
processes --runs $((runs * 5)) -- /bin/true | add process /bin/true
processes --runs $((runs * 5)) -- $nutgraf --version | add process "nutgraf --version"
processes --runs $((runs * 5)) -- $nutgraf suggest de --index "$work/nutgraf-2" | add process "nutgraf suggest"
processes --runs "$runs" --queries "$work/some.tsv" -- \
  $nutgraf search --index "$work/nutgraf-2" --color never 2> "$work/search.err" | add process "nutgraf search"

echo "searching inside a process" >&2
$programs/bench_collection queries "$drawn" "$work/nutgraf-2" "$articles" > "$work/queries.tsv"
$programs/query_bench "$work/nutgraf-2" "$work/queries.tsv" "$inner_runs" | add inside nutgraf
$nutgraf companies --index "$work/nutgraf-2" --json | python3 -c '
import json, sys
for company in json.load(sys.stdin)["companies"]:
    print("company:x", "company:" + company["id"], sep="\t")
    print("company name", company["name"], sep="\t")' > "$work/companies.tsv"
$programs/query_bench "$work/nutgraf-2" "$work/companies.tsv" "$inner_runs" | add inside nutgraf
grep '^[1-5] words\?	' "$work/queries.tsv" > "$work/ranked.tsv"
$programs/query_bench "$work/nutgraf-2" "$work/ranked.tsv" "$inner_runs" bm25 fast default thorough | add ranks nutgraf
$programs/bench_collection words $made_words "$sentences" > "$work/words.jsonl"
$nutgraf index "$articles" "$work/words.jsonl" --index "$work/words" --quiet
$programs/bench_collection misspelt "$drawn" "$articles" > "$work/misspelt.tsv"
$programs/query_bench "$work/words" "$work/misspelt.tsv" "$inner_runs" | add inside "$made_words words more"
processes --runs $((runs * 5)) -- $nutgraf suggest de --index "$work/words" | add process "nutgraf suggest, $made_words words more"

if [ ${#passage_peers[@]} -gt 0 ]; then
  echo "searching beside others, $rounds rounds" >&2
  for ((round = 0; round < rounds; round++)); do
    $programs/query_bench "$work/nutgraf-2" "$work/queries.tsv" 1 | add beside nutgraf
    for peer in fts5 lucene-1; do
      [[ " ${passage_peers[*]} " != *" $peer "* ]] || ask "$peer" "$work/queries.tsv" | add beside "$peer"
    done
  done
fi
if [ -f "$work/fts5" ] && command -v sqlite3 > /dev/null; then
  python3 tests/bench/fts5_peer.py statements "$work/some.tsv" > "$work/statements.tsv"
  processes --runs "$runs" --queries "$work/statements.tsv" -- sqlite3 "$work/fts5" | add process sqlite3
fi

# omindex has the system forget each file that it has read; so that all find the files in memory:
warm_files() { find "$work/files" -type f -exec cat {} + > /dev/null; }
if [ ${#file_peers[@]} -gt 0 ]; then
  echo "files, $rounds rounds" >&2
  for ((round = 0; round < rounds; round++)); do
    rm -rf "$work/of-files"
    warm_files
    $programs/spawn_timer -- $nutgraf index "$work/files" --index "$work/of-files" --quiet | add_size "$work/of-files" | add files nutgraf
    for peer in "${file_peers[@]}"; do
      echo "  $peer" >&2
      warm_files
      index_files "$peer" | add files "$peer"
    done
  done
  if [[ " ${file_peers[*]} " == *" recoll "* ]]; then
    grep '^[1-5] words\?	' "$work/some.tsv" > "$work/words.tsv"
    processes --runs "$runs" --queries "$work/words.tsv" -- recollq -c "$work/recoll" -o -A -n 10 2> "$work/recollq.err" | add process recollq
  fi
fi

echo "files of queries, $rounds rounds" >&2
$programs/bench_collection queries "$many" "$work/nutgraf-2" "$articles" | sed -n 's/^[1-5] words\{0,1\}\t//p' > "$work/many.txt"
for ((round = 0; round < rounds; round++)); do
  for jobs in 1 "$(nproc)"; do
    $programs/spawn_timer -- $nutgraf search --queries "$work/many.txt" --jobs "$jobs" --index "$work/nutgraf-2" \
      2> "$work/search.err" | sed "s|^{|{\"jobs\":$jobs,\"queries\":$(wc -l < "$work/many.txt"),|" | add queries nutgraf
  done
done

echo "small batches, $batches of each size" >&2
for size in 10 100 1000; do
  for ((batch = 0; batch < batches; batch++)); do
    $programs/bench_collection batch "$size" $((size + batch)) "$articles" > "$work/batch.jsonl"
    $programs/spawn_timer -- $nutgraf index "$work/batch.jsonl" --index "$work/nutgraf-2" --quiet |
      sed "s|^{|{\"articles\":$size,|" | add batch nutgraf
  done
done

python3 tests/bench/report.py "$measured" $build/results.jsonl \
  "collection=$collection" \
  "commit=$(git describe --always --dirty 2> /dev/null || echo unknown)" \
  "compiler=$(c++ --version | head -n 1)" \
  "cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
  "cores=$(nproc)" \
  "load=$(cut -d ' ' -f 1 /proc/loadavg)" \
  "date=$(date -u +%Y-%m-%dT%H:%M:%SZ)"
python3 tests/bench/plot.py $build/results.jsonl $build/plots
echo "pictures: $build/plots" >&2
