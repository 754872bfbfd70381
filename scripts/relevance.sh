#!/usr/bin/env bash
# Usage: scripts/relevance.sh [--approve] [COLLECTION...]    Measures the ranking on judged collections: ../shared/data/ir (or $NUTGRAF_DATA/ir) and our own; --approve commits the figures that ctest compares with.
set -euo pipefail
approve=false
case ${1-} in
  --approve) approve=true; shift ;;
  -*) sed -n 's/^# Usage: /usage: /p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
[ -z "${NUTGRAF_DATA-}" ] || NUTGRAF_DATA=$(realpath "$NUTGRAF_DATA")
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
export PATH=/usr/bin:/bin:$PATH LC_ALL=C.UTF-8

scripts/setup.sh
cmake --preset release > /dev/null
cmake --build --preset release --target nutgraf > /dev/null
build=build/release

if [ $# -eq 0 ]; then
  set -- time fnc1_test scifact cranfield cacm cmrc2018_zh rgb_en_fact corpus passages passages_shared
fi
results=$build/relevance.jsonl
: > $results
for name in "$@"; do
  code=0
  python3 -B tests/relevance/ranking.py measure $build/src/cli/nutgraf "$name" >> $results || code=$?
  [ $code -eq 0 ] || [ $code -eq 77 ] || exit $code
done
python3 -B tests/relevance/ranking.py table $results
echo "results: $results"
if $approve; then python3 -B tests/relevance/ranking.py approve $results; fi
