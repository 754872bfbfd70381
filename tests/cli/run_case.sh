#!/usr/bin/env bash
# Usage: run_case.sh [--approve] NUTGRAF CASE_DIR    Runs a golden case of the command line; --approve rewrites it.
#
# A case is a folder:
#   cmd      bash, run in an empty folder with `nutgraf` on PATH. Its exit code is that of its last command.
#            $CORPUS: corpus/ of the repository; $DATA: tests/data/; $SHARED: the data folder beside the repository.
#   stdout   what it must print, byte for byte
#   stderr   the same; no file: nothing
#   exit     its exit code; no file: 0
#   needs    "shared": the case is skipped (77) where there is no $SHARED
#   schema   stdout must also be valid for this schema of src/present, by validate_json.py
# Before comparing, paths of this machine become $TMP, $HOME, $REPO and $SHARED, durations "# ms", rates "# MB/s".
set -u

die() { echo "run_case.sh: $*" >&2; exit 2; }

approve=false
if [ "${1-}" = --approve ]; then approve=true; shift; fi
[ $# -eq 2 ] || die "usage: run_case.sh [--approve] NUTGRAF CASE_DIR"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
repo=$(cd "$here/../.." && pwd -P)
[ -x "$1" ] || die "no program at $1"
nutgraf=$(realpath "$1")
case_dir=$(realpath "$2") || exit 2
name=$(basename "$case_dir")
[ -f "$case_dir/cmd" ] || die "$2 has no file cmd"

shared=$(realpath -m "${NUTGRAF_DATA:-$repo/../shared/data}/..")
if [ -f "$case_dir/needs" ]; then
  needs=$(cat "$case_dir/needs")
  [ "$needs" = shared ] || die "$name needs '$needs', which only can be 'shared'"
  if [ ! -d "$shared/data" ]; then
    echo "skipped: $name: needs ../shared/data"
    exit 77
  fi
fi

root=$(realpath "$(mktemp -d)")
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/bin" "$root/home/tmp" "$root/work" "$root/got"
ln -s "$nutgraf" "$root/bin/nutgraf"

# Nothing of the caller's environment comes in, but for what sanitizers and coverage need.
keep=()
for variable in ASAN_OPTIONS LSAN_OPTIONS TSAN_OPTIONS UBSAN_OPTIONS GCOV_PREFIX GCOV_PREFIX_STRIP LLVM_PROFILE_FILE \
                LD_LIBRARY_PATH; do
  if [ -n "${!variable+set}" ]; then keep+=("$variable=${!variable}"); fi
done

(cd "$root/work" && exec env -i ${keep[@]+"${keep[@]}"} PATH="$root/bin:$PATH" HOME="$root/home" \
  TMPDIR="$root/home/tmp" XDG_DATA_HOME="$root/home/data" XDG_CONFIG_HOME="$root/home/config" \
  XDG_CACHE_HOME="$root/home/cache" XDG_STATE_HOME="$root/home/state" \
  LC_ALL=C.UTF-8 TERM=dumb TZ=UTC CORPUS="$repo/corpus" DATA="$repo/tests/data" SHARED="$shared" \
  bash "$case_dir/cmd" < /dev/null > "$root/got/stdout.raw" 2> "$root/got/stderr.raw")
echo $? > "$root/got/exit"

# A path as a pattern of sed -E.
pattern_of() { printf '%s' "$1" | sed 's/[^A-Za-z0-9_]/\\&/g'; }
# Sizes and counts stay: they are results.
normalise() {
  LC_ALL=C sed -E \
    -e "s/$(pattern_of "$root/work")/\$TMP/g" \
    -e "s/$(pattern_of "$root/home")/\$HOME/g" \
    -e "s/$(pattern_of "$repo")/\$REPO/g" \
    -e "s/$(pattern_of "$shared")/\$SHARED/g" \
    -e 's/(^|[^0-9A-Za-z.,])[0-9][0-9.,]* (([kMG]?B|[a-z]+)\/s)\>/\1# \2/g' \
    -e 's/(^|[^0-9A-Za-z.,])[0-9]([0-9.,]*[0-9])? (ms|s)\>/\1# \3/g' \
    -e 's/("timing_ms": ?)[0-9.e-]+/\1#/g'
}
for stream in stdout stderr; do normalise < "$root/got/$stream.raw" > "$root/got/$stream"; done

failed=false
if [ -f "$case_dir/schema" ]; then
  schema=$(cat "$case_dir/schema")
  python3 "$here/validate_json.py" "$schema" "$root/got/stdout.raw"
  case $? in
    0) ;;
    77) echo "$name: stdout was not validated against the schema '$schema'" ;;
    *) failed=true; echo "FAILED: $name: stdout is not valid for the schema '$schema'" ;;
  esac
fi

if $approve; then
  cp "$root/got/stdout" "$case_dir/stdout"
  # What is the default has no file.
  if [ -s "$root/got/stderr" ]; then cp "$root/got/stderr" "$case_dir/stderr"; else rm -f "$case_dir/stderr"; fi
  if [ "$(cat "$root/got/exit")" != 0 ]; then cp "$root/got/exit" "$case_dir/exit"; else rm -f "$case_dir/exit"; fi
  echo "approved: $name"
  if $failed; then exit 1; fi
  exit 0
fi

if [ ! -f "$case_dir/stdout" ]; then
  failed=true
  echo "FAILED: $name has no expected stdout yet; look at the difference, then run with --approve"
fi
mkdir "$root/expected"
: > "$root/expected/stdout"
: > "$root/expected/stderr"
echo 0 > "$root/expected/exit"
for part in stdout stderr exit; do
  if [ -f "$case_dir/$part" ]; then cp "$case_dir/$part" "$root/expected/$part"; fi
  if ! diff -a -u --label "$name/$part (expected)" --label "$name/$part (got)" \
      "$root/expected/$part" "$root/got/$part"; then
    failed=true
  fi
done
if $failed; then
  echo "FAILED: $name"
  exit 1
fi
echo "passed: $name"
