#!/usr/bin/env bash
# Usage: scripts/test.sh [CTEST-OPTION...]    Builds with tests and assertions (preset dev) and runs all tests.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
export PATH=/usr/bin:/bin:$PATH LC_ALL=C.UTF-8  # Debian's compiler and Python come before all others

scripts/setup.sh --tests
cmake --preset dev > /dev/null
cmake --build --preset dev
exec scripts/ctest.sh dev "$@"
