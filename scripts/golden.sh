#!/usr/bin/env bash
# Usage: scripts/golden.sh [--approve] [NAME...]    Runs the golden cases of tests/cli/cases, or rewrites what they expect.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
export PATH=/usr/bin:/bin:$PATH LC_ALL=C.UTF-8

approve=()
case ${1-} in
  --approve) approve=(--approve); shift ;;
  -*) sed -n 's/^# Usage: /usage: /p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
scripts/setup.sh --tests
cmake --preset dev > /dev/null
cmake --build --preset dev --target nutgraf

if [ $# -eq 0 ]; then
  for cmd in tests/cli/cases/*/cmd; do set -- "$@" "$(basename "$(dirname "$cmd")")"; done
fi
code=0
for name in "$@"; do
  case_code=0
  bash tests/cli/run_case.sh ${approve[@]+"${approve[@]}"} build/dev/src/cli/nutgraf "tests/cli/cases/$name" || case_code=$?
  [ $case_code -eq 0 ] || [ $case_code -eq 77 ] || code=1
done
exit $code
