#!/usr/bin/env bash
# Usage: scripts/sanitize.sh [asan|tsan] [CTEST-OPTION...]    Builds with sanitizers and runs all tests; asan includes ubsan.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
export PATH=/usr/bin:/bin:$PATH LC_ALL=C.UTF-8

case ${1-asan} in
  asan) preset=asan-ubsan ;;
  tsan) preset=tsan ;;
  *) sed -n 's/^# Usage: /usage: /p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
shift $(($# > 0))
scripts/setup.sh --tests
cmake --preset "$preset" > /dev/null
# GCC 12's sanitizers cannot place their shadow memory under the address randomisation of newer kernels.
fixed=()
if setarch -R true 2> /dev/null; then fixed=(setarch -R); fi
"${fixed[@]}" cmake --build --preset "$preset"
exec "${fixed[@]}" scripts/ctest.sh "$preset" "$@"
