#!/usr/bin/env bash
# Usage: shell_test.sh NUTGRAF zsh|fish|man    Lets the shell, or man's tools, read what the program prints for them; 77 where there are none.
set -euo pipefail
nutgraf=$(realpath "$1") kind=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export PATH="$(dirname "$nutgraf"):$PATH" HOME="$folder" LC_ALL=C.UTF-8

has() { command -v "$1" > /dev/null; }
skip() { echo "skipped: $1 is not installed"; exit 77; }
fail() { echo "FAILED: $*"; exit 1; }
# WANTED COMMAND...: a line of its output begins with WANTED.
offers() {
  local wanted=$1; shift
  "$@" > offered || fail "$*"
  grep -q "^$wanted" offered || fail "$* does not offer $wanted: $(cat offered)"
}
# NAME COMMAND...: it succeeds and prints nothing.
silent() {
  "${@:2}" > said 2>&1 || fail "$1: $(cat said)"
  [ ! -s said ] || fail "$1 complains: $(cat said)"
}

case $kind in
  zsh)
    has zsh || skip zsh
    nutgraf completion zsh > _nutgraf
    silent zsh zsh -n _nutgraf
    # Lines are typed in a terminal of their own: nothing less runs the whole machinery.
    cat > drive.zsh <<'ZSH'
zmodload zsh/zpty || exit 77
setopt extended_glob
zpty shell 'zsh -f -i'
zpty -w shell "PS1=; fpath=($PWD \$fpath); autoload -U compinit && compinit -u -D; zstyle ':completion:*' list-packed no; bindkey '^I' complete-word; echo rea''dy"
zpty -r shell line '*ready*'
# LINE WANTED: waits until the line, completed, holds this.
complete_line() {
  zpty -n -w shell "$1"$'\t'
  local out= part
  repeat 200; do
    sleep 0.05
    zpty -rt shell part && out+=$part
    out=${out//$'\e['[0-9;?]#[a-zA-Z]/}
    if [[ $out == *$2* ]]; then zpty -n -w shell $'\x15'; return 0; fi
  done
  print -r -- "$1 is not completed to $2: ${(q)out}"
  exit 1
}
complete_line 'nutgraf sea' 'nutgraf search '
complete_line 'nutgraf search --form' '--format'
complete_line 'nutgraf search --format cs' '--format csv'
complete_line 'nutgraf completion zs' 'completion zsh'
ZSH
    code=0
    zsh -f drive.zsh > offered || code=$?
    [ $code -ne 77 ] || skip zsh/zpty
    [ $code -eq 0 ] || fail "zsh: $(cat offered)" ;;
  fish)
    has fish || skip fish
    nutgraf completion fish > nutgraf.fish
    silent fish fish -n nutgraf.fish
    offers search fish -c "source nutgraf.fish; complete -C 'nutgraf sea'"
    offers --format fish -c "source nutgraf.fish; complete -C 'nutgraf search --fo'"
    offers csv fish -c "source nutgraf.fish; complete -C 'nutgraf search --format '"
    offers zsh fish -c "source nutgraf.fish; complete -C 'nutgraf completion '"
    offers nutgraf.fish fish -c "source nutgraf.fish; complete -C 'nutgraf index nut'" ;;
  man)
    has groff || has man || has mandoc || skip groff
    nutgraf man > nutgraf.1
    if has groff; then silent groff groff -man -Tutf8 -ww -z nutgraf.1; fi
    if has man; then
      man --warnings -E UTF-8 -l nutgraf.1 > page 2> said || fail "man: $(cat said)"
      [ ! -s said ] || fail "man complains: $(cat said)"
    fi
    if has mandoc; then
      # There is no date: the same source gives the same page.
      mandoc -Tlint -Wwarning nutgraf.1 | grep -v 'missing date' > said || true
      [ ! -s said ] || fail "mandoc complains: $(cat said)"
    fi ;;
  *) sed -n 's/^# Usage: /usage: /p' "$0" >&2; exit 2 ;;
esac
echo "passed: $kind"
