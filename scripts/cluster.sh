#!/usr/bin/env bash
# Usage: scripts/cluster.sh start INDEX [PORT] | replicate INDEX SHARD FOLDER PORT | status INDEX | stop INDEX    Serves each shard of an index by a xapian-tcpsrv of its own on 127.0.0.1, from PORT (17001) on, and writes INDEX/cluster.json, which nutgraf takes for --index; replicate: copies shard SHARD (1, 2, ...) to FOLDER by Xapian's replication, and serves that too.
set -euo pipefail

usage() { sed -n 's/^# Usage: /usage: /p' "${BASH_SOURCE[0]}" >&2; exit 2; }
die() { echo "cluster.sh: $*" >&2; exit 1; }

[ $# -ge 2 ] || usage
command=$1
given=$2 index=$(realpath -- "$2")
served=$index/cluster  # by shard, what is served
servers=$served/servers  # a line each: shard, port, process, what it serves
for tool in xapian-tcpsrv xapian-replicate-server xapian-replicate setsid; do command -v $tool > /dev/null || die "$tool is missing (apt-get install xapian-tools)"; done

# Folders of the shards, below the index.
shards() {
  if [ -f "$index/shards" ]; then (cd "$index" && printf '%s\n' shard-[0-9]*); else echo .; fi
}

# NUMBER FOLDER. A server looks into the table of termlists before it gives a document away, and ours have none: an
# empty one stands beside links to the live files. A batch is seen by the next connection; after a new generation, start
# again.
link_shard() {
  local passages
  passages=$index/$2/$(cat "$index/$2/CURRENT")/passages
  mkdir -p "$served/$1"
  ln -s -f -t "$served/$1" "$passages"/{iamglass,postlist.glass,docdata.glass}
  : > "$served/$1/termlist.glass"
}

answers() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# PROCESS PORT: waits until it takes connections.
await() {
  for _ in $(seq 100); do
    kill -0 "$1" 2> /dev/null || return 1
    if answers "$2"; then return 0; fi
    sleep 0.05
  done
  return 1
}

# SHARD PORT PATH. On SIGTERM xapian-tcpsrv ends its whole process group: each has one of its own.
serve() {
  if answers "$2"; then die "port $2 is taken"; fi
  setsid xapian-tcpsrv --interface=127.0.0.1 --port="$2" --idle-timeout=600000 --quiet "$3" < /dev/null > /dev/null 2>&1 &
  echo "$1 $2 $! $3" >> "$servers"
  await $! "$2" || die "xapian-tcpsrv does not serve $3 on port $2"
}

write_cluster() {
  local number=0 folder separator="" replicas
  {
    echo '{"schema": "nutgraf.cluster/1", "timeout_ms": 2000, "shards": ['
    while read -r folder; do
      number=$((number + 1)) replicas=""
      while read -r shard port _; do
        [ "$shard" = $number ] || continue
        if [ -z "$replicas" ]; then
          printf '%s  {"folder": "%s", "host": "127.0.0.1", "port": %s, "replicas": [' "$separator" "$folder" "$port"
          replicas=none
        else
          printf '%s{"host": "127.0.0.1", "port": %s}' "${replicas#none}" "$port"
          replicas=", "
        fi
      done < "$servers"
      printf ']}' && separator=$',\n'
    done < <(shards)
    printf '\n]}\n'
  } > "$index/cluster.json.new"
  mv "$index/cluster.json.new" "$index/cluster.json"
}

stop() {
  [ -f "$servers" ] || return 0
  while read -r _ _ process _; do
    # A number may be another process's by now.
    if [ "$(ps -o comm= -p "$process")" = xapian-tcpsrv ]; then kill -- "-$process" 2> /dev/null || true; fi
  done < "$servers"
  rm -rf "$served"
}

start() {
  local port=${1-17001} number=0 folder
  stop
  trap 'stop' EXIT  # all of them or none
  while read -r folder; do
    number=$((number + 1))
    link_shard $number "$folder"
    serve $number "$port" "$served/$number"
    port=$((port + 1))
  done < <(shards)
  write_cluster
  trap - EXIT
  echo "$given/cluster.json"
}

replicate() {
  local shard=$1 copy=$2 port=$3 process replicated=true
  [ -f "$servers" ] || die "start the cluster first"
  if answers $((port + 1)); then die "port $((port + 1)) is taken"; fi
  setsid xapian-replicate-server --interface=127.0.0.1 --port=$((port + 1)) "$served" < /dev/null > /dev/null 2>&1 &
  process=$!
  await $process $((port + 1)) &&
    xapian-replicate --host=127.0.0.1 --port=$((port + 1)) --master="$shard" --one-shot "$copy" || replicated=false
  kill -- -$process
  $replicated || die "shard $shard could not be replicated"
  serve "$shard" "$port" "$(realpath "$copy")"
  write_cluster
}

status() {
  [ -f "$servers" ] || die "no servers of $index"
  local alive=0
  while read -r shard port process path; do
    if kill -0 "$process" 2> /dev/null && answers "$port"; then
      echo "shard $shard  127.0.0.1:$port  answers  process $process  $path"
    else
      echo "shard $shard  127.0.0.1:$port  DEAD     process $process  $path"
      alive=1
    fi
  done < "$servers"
  return $alive
}

case $command in
  start) start "${@:3}" ;;
  replicate) [ $# -eq 5 ] || usage; replicate "${@:3}" ;;
  status) status ;;
  stop) stop ;;
  *) usage ;;
esac
