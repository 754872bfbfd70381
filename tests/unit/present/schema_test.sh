#!/usr/bin/env bash
# Usage: schema_test.sh PRESENT_SAMPLES    Samples of every JSON form are valid, and spoilt ones are not.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
validate() { python3 "$here/../../cli/validate_json.py" "$@"; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

python3 -c 'import jsonschema' 2>/dev/null || { echo "skipped: needs python3-jsonschema"; exit 77; }
"$1" "$folder" || { echo "no samples"; exit 1; }

valid() {  # SCHEMA FILE
  validate "$1" "$folder/$2" || { echo "FAILED: $2 should be valid"; failures=$((failures + 1)); }
}
# SCHEMA FILE SED-SCRIPT: the sample is invalid once the script has changed it.
invalid() {
  sed -E "$3" "$folder/$2" > "$folder/spoilt"
  if cmp -s "$folder/$2" "$folder/spoilt"; then
    echo "FAILED: '$3' changes nothing in $2"; failures=$((failures + 1))
  elif validate "$1" "$folder/spoilt" 2> "$folder/errors"; then
    echo "FAILED: $2 should be invalid after '$3'"; failures=$((failures + 1))
  elif grep -q Traceback "$folder/errors"; then
    cat "$folder/errors"; failures=$((failures + 1))
  fi
}

valid search search.json
valid search search-bare.json
valid search search-detailed.json
valid search search-run.jsonl
valid analysis analysis.json
valid search#hit hits.jsonl
valid article article.json
valid eval eval.json
valid eval eval-alone.json
valid info info.json
valid info info-empty.json
valid report report.jsonl
valid suggest suggest.json
valid timeline timeline.json
valid watch watch.json
valid watch watch-none.json
valid watches watches.json
valid timeline timeline-empty.json

invalid search search.json 's/nutgraf.search.1/nutgraf.search\/2/'
invalid search search.json 's/"limit"/"limits"/'                # a key is missing, another unknown
invalid search search.json 's/"limit": 2,/"limit": 2, "extra": 1,/'
invalid search search.json 's/"limit": 2,/"limit": 2, "limit": 2,/'
invalid search search.json 's/"date": "2025-02-27"/"date": ""/' # unknown is null, never empty
invalid search search.json 's/"lang": "en"/"lang": null/'
invalid search search.json 's/"score": 2.0/"score": NaN/'
invalid search search.json 's/"rank": 2/"rank": 3/'
invalid search search.json 's/\[29,56\]/[29,55]/'               # not the slice
invalid search search.json 's/\[29,56\]/[29,560]/'              # out of bounds
invalid search search.json 's/\[0,12\]/[0,11]/'                 # cuts a character
invalid search search.json 's/\[0,8\],\[12,17\]/[12,17],[0,8]/' # not in order
invalid search search.json 's/\[1203,1279\]/[1203,1280]/'
invalid search search.json 's/\[14,16\]/[16,14]/'
invalid search search-run.jsonl '2s/"hits":\[\]/"hits":null/'   # each line counts
invalid search#hit hits.jsonl '2s/"rank":2/"rank":0/'
invalid search search-detailed.json 's/"count": 1200/"count": 0/'
invalid search search-detailed.json 's/"lang": \[\]/"colour": []/'
invalid search search-detailed.json 's/"saturation": 1.2/"b": 1.2/'
invalid search search-detailed.json 's/"partial": true,//'         # neither without the other
invalid search search-detailed.json 's/"server": "[^"]*"/"server": ""/'
invalid analysis analysis.json 's/"role": "gram"/"role": "bigram"/'
invalid analysis analysis.json 's/"kind": "near"/"kind": "far"/'
invalid eval eval.json 's/"map": 1.0/"map": 1.1/'
invalid eval eval.json 's/"qid": "q2"/"query": "q2"/'
invalid eval eval-alone.json '/"recall_100"/d'
invalid article article.json 's/"full": true/"full": null/'
invalid article article.json 's/deepseek.txt#3"/deepseek.txt#4"/'
invalid info info.json 's/"terms": 123456/"terms": -1/'
invalid suggest suggest.json 's/"count": 7/"count": 0/'
invalid suggest suggest.json 's/"prefix"/"begin"/'
invalid timeline timeline.json 's/"by": "week"/"by": "decade"/'
invalid timeline timeline.json 's/"label": "2025-W06"/"label": "week 6"/'
invalid timeline timeline.json '/"undated"/,/}/d'
invalid timeline timeline.json 's/\[29,56\]/[29,55]/'           # not the slice
invalid timeline timeline.json '/"peaks"/,$ s/2025-W09/2025-W10/' # no bucket
invalid watch watch.json 's/"status": "updated"/"status": "unchanged"/'
invalid watch watch.json 's/\[29,56\]/[29,55]/'                 # not the slice
invalid watch watch.json 's/"mark": 1200/"mark": -1/'
invalid watches watches.json 's/"by": "passage"/"by": "word"/'
invalid watches watches.json 's/"name": "phone"/"name": "my phone"/'
invalid report report.jsonl 's/"rejected"/"refused"/'
invalid report report.jsonl '2s/$/]/'

[ "$failures" -eq 0 ] && echo "all samples behave"
exit $((failures > 0))
