# Sourced by scripts/bench.sh: what other engines make of the same passages and files, and of the same queries.
# A peer that is not there is left out, and that is said. Needs: $work, $programs, $scale, add().

passage_peers=() file_peers=() lucene_jars=
most_passages_in_files=250000  # a folder of more files is no collection that anyone has

find_peers() {
  local jars=(/usr/share/java/lucene-{core,analyzers-common,queries,queryparser,highlighter,memory}-8*.jar)
  if python3 -c 'import sqlite3; sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(x)")' 2> /dev/null; then
    passage_peers+=(fts5 fts5-articles)
  else
    echo "left out: SQLite's FTS5 (python3 has no sqlite3 with it)" >&2
  fi
  if command -v javac > /dev/null && [ ${#jars[@]} -eq 6 ] && [ -f "${jars[0]}" ]; then
    lucene_jars=$(IFS=:; echo "${jars[*]}")
    mkdir -p "$work/classes"
    javac -cp "$lucene_jars" -d "$work/classes" tests/bench/LucenePeer.java
    passage_peers+=(lucene-1 lucene-2)
  else
    echo "left out: Lucene (liblucene8-java, a JDK)" >&2
  fi
  if [ "${scale:-0}" -gt $most_passages_in_files ]; then
    echo "left out: Recoll and Omega (too many files)" >&2
    return
  fi
  if command -v recollindex > /dev/null; then file_peers+=(recoll); else echo "left out: Recoll (recollcmd)" >&2; fi
  if command -v omindex > /dev/null; then file_peers+=(omega); else echo "left out: Omega (xapian-omega)" >&2; fi
}

lucene() { java -Xmx1g -cp "$lucene_jars:$work/classes" LucenePeer "$@"; }

# index_passages PEER: of passages.jsonl, fts5-articles of the articles themselves; memory is that of the whole process.
index_passages() {
  case $1 in
    fts5) python3 tests/bench/fts5_peer.py index "$work/fts5" "$work/passages.jsonl" ;;
    fts5-articles) python3 tests/bench/fts5_peer.py index "$work/fts5-articles" "$articles" ;;
    lucene-*) lucene index "$work/$1" "$work/passages.jsonl" "${1#lucene-}" ;;
  esac
}

# index_files PEER: of the folder files.
index_files() {
  rm -rf "${work:?}/$1"
  mkdir "$work/$1"
  case $1 in
    recoll)
      printf 'topdirs = %s\nindexstemminglanguages = english\n' "$work/files" > "$work/recoll/recoll.conf"
      $programs/spawn_timer -- recollindex -c "$work/recoll" -z 2> "$work/recoll.err" ;;
    omega) $programs/spawn_timer -- omindex --db "$work/omega/db" --url / "$work/files" 2> "$work/omega.err" ;;
  esac | add_size "$work/$1"
}

# add_size PATH: completes a JSON object on stdin with the bytes below PATH.
add_size() {
  local measured
  measured=$(cat)
  echo "${measured%\}},\"index_bytes\":$(du -sb "$1" | cut -f 1)}"
}

# ask PEER QUERIES: inside a process.
ask() {
  case $1 in
    fts5) python3 tests/bench/fts5_peer.py query "$work/fts5" "$2" ;;
    lucene-1) lucene query "$work/lucene-1" "$2" 1 ;;
  esac
}
