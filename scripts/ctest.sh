#!/usr/bin/env bash
# Usage: scripts/ctest.sh PRESET [CTEST-OPTION...]    Runs the tests of a build; the last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
[ $# -gt 0 ] || { sed -n 's/^# Usage: /usage: /p' "${BASH_SOURCE[0]}" >&2; exit 2; }
preset=$1
shift
log=$PWD/build/$preset/ctest.log
junit=$PWD/build/$preset/ctest.xml
rm -f "$junit"

code=0
ctest --preset "$preset" -j "$(nproc)" --output-junit "$junit" "$@" 2>&1 | tee "$log" || code=${PIPESTATUS[0]}
[ -f "$junit" ] || { echo "ctest.sh: ctest left no results" >&2; exit "$((code ? code : 1))"; }

# ctest has printed the names of what failed and what was skipped. A test without its program counts as failed.
count() { grep -cE "$1" "$junit" || true; }
passed=$(count '^\s<testcase .* status="run">$')
skipped=$(count '^\s<testcase .* status="disabled">$|^\s\s<skipped message="SKIP_')
failed=$(($(count '^\s<testcase ') - passed - skipped))
grep -E '^[0-9]+% tests passed, [0-9]+ tests? failed out of [0-9]+' "$log" | tail -n 1
printf '%d passed, %d failed' "$passed" "$failed"
if [ "$skipped" -gt 0 ]; then printf ', %d skipped' "$skipped"; fi
echo
exit "$code"
