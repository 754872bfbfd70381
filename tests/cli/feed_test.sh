#!/usr/bin/env bash
# Usage: feed_test.sh NUTGRAF    The Atom feed and the SVG picture, read by libxml2's xmllint; exit 77 where there is none.
set -euo pipefail
nutgraf=$(realpath "$1")
command -v xmllint > /dev/null || { echo "skipped: there is no xmllint (Debian: libxml2-utils)"; exit 77; }
corpus=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/corpus/articles
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export NUTGRAF_INDEX=$folder/index

fail() { echo "FAILED: $*"; exit 1; }
count() { xmllint --xpath "count($1)" feed.xml; }

"$nutgraf" index -q "$corpus/zh" 2> /dev/null
"$nutgraf" watch add news 'DeepSeek OR 腾讯 OR chips' --by passage > /dev/null
"$nutgraf" watch run --atom feed.xml 2> /dev/null || [ $? -eq 1 ]
xmllint --noout feed.xml
[ "$(count '//*[local-name()="entry"]')" = 0 ] || fail "the first run has entries"
"$nutgraf" index -q "$corpus" 2> /dev/null || [ $? -eq 5 ]
"$nutgraf" watch run -n 300 --atom feed.xml > /dev/null
xmllint --noout feed.xml
entries=$(count '//*[local-name()="entry"]')
[ "$entries" -gt 100 ] || fail "$entries entries: too few for a test"

# What RFC 4287 asks of a feed and of each entry.
for one in id title updated; do
  [ "$(count "/*[local-name()='feed']/*[local-name()='$one']")" = 1 ] || fail "the feed has not one $one"
  [ "$(count "//*[local-name()='entry'][count(*[local-name()='$one'])=1]")" = "$entries" ] || fail "an entry has not one $one"
done
[ "$(count "/*[local-name()='feed']/*[local-name()='author']/*[local-name()='name']")" = 1 ] || fail "the feed has no author"
[ "$(count "//*[local-name()='entry'][*[local-name()='content']]")" = "$entries" ] || fail "an entry has no content"
ids=$(grep -c '<id>' feed.xml)
[ "$(grep '<id>' feed.xml | sort -u | wc -l)" = "$ids" ] || fail "an id is there twice"
times=$(grep -E '<(updated|published)>' feed.xml | grep -cvE '>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z<' || true)
[ "$times" = 0 ] || fail "$times times are not as RFC 3339 has them"

"$nutgraf" timeline deepseek --svg > picture.svg
xmllint --noout picture.svg
echo "the feed and the picture are read: $entries entries"
