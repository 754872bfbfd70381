#!/usr/bin/env bash
# Usage: scripts/lint.sh [--all] [FILE...]    Checks the format and the style of the files given, of all, or of those changed since the last commit.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."

files=()
case ${1-} in
  --all) mapfile -t files < <(git ls-files '*.cpp' '*.h') ;;
  -*) sed -n 's/^# Usage: /usage: /p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  "") mapfile -t files < <({ git diff --name-only --diff-filter=d HEAD; git ls-files -o --exclude-standard; } | grep -E '\.(cpp|h)$' | sort -u) ;;
  *) files=("$@") ;;
esac
[ ${#files[@]} -gt 0 ] || { echo "nothing to check"; exit 0; }

code=0
if command -v clang-format > /dev/null; then
  clang-format --dry-run -Werror "${files[@]}" || code=1
else
  echo "skipped: clang-format is not installed"
fi

mapfile -t sources < <(printf '%s\n' "${files[@]}" | grep '\.cpp$' || true)
if ! command -v clang-tidy > /dev/null; then
  echo "skipped: clang-tidy is not installed"
elif [ ${#sources[@]} -gt 0 ]; then
  cmake --preset dev > /dev/null
  # Flags that only GCC knows are no finding.
  printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "$(nproc)" \
    clang-tidy -p build/dev --quiet --extra-arg=-Wno-unknown-warning-option 2> /dev/null || code=1
fi
[ $code -ne 0 ] || echo "no findings in ${#files[@]} files"
exit $code
