#!/usr/bin/env bash
# Usage: packages_test.sh CPACK BUILD_DIR VERSION    The packages are made, with names, dependencies and files as wanted.
set -euo pipefail
for tool in dpkg-shlibdeps file; do
  command -v $tool > /dev/null || { echo "skipped: needs dpkg-dev and file"; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cpack=$1 build=$2 version=$3

"$cpack" --config "$build/CPackConfig.cmake" -B "$folder" > "$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
architecture=$(dpkg --print-architecture)
program=$folder/nutgraf_${version}_$architecture.deb
development=$folder/libnutgraf-dev_${version}_$architecture.deb

# PACKAGE FIELD PATTERN
field() { dpkg-deb -f "$1" "$2" | grep -E -- "$3" > /dev/null || { echo "FAILED: $1: $2: no $3"; exit 1; }; }
# PACKAGE PATH
holds() { dpkg-deb -c "$1" > "$folder/list"; grep -F -- " $2" "$folder/list" > /dev/null || { echo "FAILED: $1: no $2"; exit 1; }; }
field "$program" Depends 'libxapian30'
field "$program" Depends 'libicu72'
field "$program" Section '^text$'
holds "$program" ./usr/bin/nutgraf
holds "$program" ./usr/share/nutgraf/search.schema.json
holds "$program" ./usr/share/doc/nutgraf/copyright
holds "$program" ./usr/share/man/man1/nutgraf.1
holds "$program" ./usr/share/bash-completion/completions/nutgraf
holds "$program" ./usr/share/zsh/vendor-completions/_nutgraf
holds "$program" ./usr/share/fish/vendor_completions.d/nutgraf.fish
field "$development" Depends 'libxapian-dev'
holds "$development" ./usr/include/nutgraf/search.h
ls "$folder"/*.tar.gz > /dev/null
echo "packages are as wanted"
