#!/usr/bin/env bash
# Usage: run_case_test.sh    Tests run_case.sh with a stand-in for nutgraf: it must pass, fail and skip where it should.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

cat > "$folder/nutgraf" <<'PROGRAM'
#!/usr/bin/env bash
case $1 in
  say) shift; printf '%s\n' "$*" ;;
  fail) echo "cannot" >&2; exit 3 ;;
  info) echo '{"path":"a","id":null,"status":"added","passages":1,"reason":null}' ;;
  env) echo "$PWD $HOME $XDG_DATA_HOME $CORPUS $LC_ALL $TERM ${NO_COLOR-unset} ${NUTGRAF_INDEX-unset}"; ls -A ;;
esac
PROGRAM
chmod +x "$folder/nutgraf"

# NAME CMD: a new case.
new_case() { mkdir "$folder/$1"; printf '%s\n' "$2" > "$folder/$1/cmd"; }
# EXIT-CODE NAME [OPTION]: runs a case.
expect() {
  bash "$here/run_case.sh" ${3+"$3"} "$folder/nutgraf" "$folder/$2" > "$folder/log" 2>&1
  local code=$?
  if [ $code -ne "$1" ]; then
    echo "FAILED: case $2 ${3-}: exit code $code instead of $1"
    cat "$folder/log"
    failures=$((failures + 1))
  fi
}
# NAME TEXT: the approved stdout.
expect_stdout() {
  if [ "$(cat "$folder/$1/stdout")" != "$2" ]; then
    echo "FAILED: case $1 printed: $(cat "$folder/$1/stdout")"
    failures=$((failures + 1))
  fi
}

new_case plain 'nutgraf say hello'
expect 1 plain             # not approved yet
expect 0 plain --approve
expect 0 plain
[ ! -e "$folder/plain/stderr" ] && [ ! -e "$folder/plain/exit" ] || { echo "FAILED: needless files"; failures=1; }
printf 'hello' > "$folder/plain/stdout"
expect 1 plain             # a line break more
printf 'hello \n' > "$folder/plain/stdout"
expect 1 plain             # a space less
expect 0 plain --approve
echo oops > "$folder/plain/stderr"
expect 1 plain
expect 0 plain --approve
echo 1 > "$folder/plain/exit"
expect 1 plain

new_case fails 'nutgraf fail'
expect 0 fails --approve
expect 0 fails
rm "$folder/fails/exit"
expect 1 fails
expect 0 fails --approve
rm "$folder/fails/stderr"
expect 1 fails

export NO_COLOR=1 NUTGRAF_INDEX=/nowhere
new_case environment 'nutgraf env'
expect 0 environment --approve
expect_stdout environment '$TMP $HOME $HOME/data $REPO/corpus C.UTF-8 dumb unset unset'

new_case times "nutgraf say 'took 1.25 ms, then 3 s, at 12.3 MB/s and 1,234 articles/s; 3 stories, R1 s, 5 sets, 20 MB'"
expect 0 times --approve
expect_stdout times 'took # ms, then # s, at # MB/s and # articles/s; 3 stories, R1 s, 5 sets, 20 MB'

new_case needy 'nutgraf say hello'
echo shared > "$folder/needy/needs"
NUTGRAF_DATA="$folder/absent/data" expect 77 needy
grep -q '^skipped: needy: needs ../shared/data$' "$folder/log" || { echo "FAILED: no word on skipping"; failures=1; }
mkdir -p "$folder/present/data"
NUTGRAF_DATA="$folder/present/data" expect 0 needy --approve
NUTGRAF_DATA="$folder/present/data" expect 0 needy

if python3 -c 'import jsonschema' 2> /dev/null; then
  new_case json 'nutgraf info'
  echo report > "$folder/json/schema"
  expect 0 json --approve
  expect 0 json
  new_case bad 'nutgraf say {}'
  echo report > "$folder/bad/schema"
  expect 1 bad --approve
  expect 1 bad             # as approved, but not valid
fi

mkdir "$folder/empty"
expect 2 empty

[ "$failures" -eq 0 ] && echo "the runner behaves"
exit $((failures > 0))
