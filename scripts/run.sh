#!/usr/bin/env bash
# Usage: scripts/run.sh [QUERY]    Builds nutgraf, indexes the sample articles of corpus/ and searches them.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."

scripts/setup.sh
cmake --preset release > /dev/null
cmake --build --preset release

nutgraf=build/release/src/cli/nutgraf
index=build/release/corpus-index
query=${1-ByteDance Doubao}
printf '\n$ %s\n' "nutgraf index corpus/articles"
"$nutgraf" index corpus/articles --index "$index"
printf '\n$ %s\n' "nutgraf search $query"
"$nutgraf" search "$query" --index "$index" -n 5 || [ $? -eq 1 ]
cat <<EOF

Next:
  export PATH=$PWD/build/release/src/cli:\$PATH NUTGRAF_INDEX=$PWD/$index
  nutgraf search '"open source" DeepSeek' --since 2025-01-01    # words, phrases, filters
  nutgraf search 腾讯 --json                                    # for scripts
  nutgraf index --help                                          # your own articles: set NUTGRAF_INDEX to another folder first
EOF
