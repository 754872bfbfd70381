#!/usr/bin/env bash
# Usage: scripts/setup.sh [--tests|--bench|--all]    Installs the Debian 12 packages that are missing; --tests: those of the tests too; --bench: and what the benchmark compares with; --all: and of the tools.
set -euo pipefail

packages=(g++ cmake ninja-build pkg-config libxapian-dev libcli11-dev nlohmann-json3-dev libicu-dev libarchive-dev
  libgumbo-dev libmd4c-dev libyaml-cpp-dev libsimdjson-dev libtomlplusplus-dev libxxhash-dev libzstd-dev libcld2-dev)
test_packages=(doctest-dev dpkg-dev file libbenchmark-dev python3 python3-jsonschema xapian-tools zip zstd)
bench_packages=(sqlite3 recollcmd xapian-omega liblucene8-java default-jdk-headless)
tool_packages=(ccache clang-format clang-tidy)

case ${1-} in
  "") ;;
  --tests) packages+=("${test_packages[@]}") ;;
  --bench) packages+=("${test_packages[@]}" "${bench_packages[@]}") ;;
  --all) packages+=("${test_packages[@]}" "${tool_packages[@]}") ;;
  *) sed -n 's/^# Usage: /usage: /p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
command -v apt-get > /dev/null || { echo "setup.sh: there is no apt-get: install by hand: ${packages[*]}" >&2; exit 1; }

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo > /dev/null || { echo "setup.sh: run this as root: apt-get install ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
# Everything is printed to stderr: stdout belongs to the script that called.
{
  echo "installing: ${missing[*]}"
  ${as_root[@]+"${as_root[@]}"} apt-get -q update
  ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends "${missing[@]}"
} >&2
