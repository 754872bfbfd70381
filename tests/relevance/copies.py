#!/usr/bin/env python3
"""Usage: copies.py measure|check NUTGRAF COLLECTION [DATA_DIR]    Are edited copies folded, as users see it?
       copies.py approve FILE                                   Commit lines of `measure` to copies/figures.tsv.
       copies.py pairs NUTGRAF COLLECTION [DATA_DIR]            Print folded pairs with other words, shuffled: what was judged.

Passages of a collection are copied with 2, 5 and 10 % of their words edited, indexed beside it, and both are asked for by words
that they share; then every pair of judged.tsv is asked for. `check` fails where figures differ from figures.tsv, or a goal is
missed; it exits with 77 where DATA_DIR (else $NUTGRAF_DATA, ../shared/data) lacks the collection. copies/README.md says what is
measured.
"""
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FIGURES = HERE / "copies" / "figures.tsv"
JUDGED = HERE / "copies" / "judged.tsv"
SEED = 1987
RATES = (2, 5, 10)
SAMPLE = 1000    # articles, a passage of each
DEPTH = 50       # hits looked at
ASKED_WORDS = 4
LEAST_RECALL = .95
SKIPPED = 77

HAN = r"\u3400-\u9fff"
WORD = re.compile(rf"[{HAN}]|[^\s{HAN}]+")
ASKED = re.compile(rf"[{HAN}]{{3}}|[A-Za-z]{{4,}}")


def sources(collection, data):
    return {"corpus": [ROOT / "corpus" / "articles"], "reuters": [data / "articles" / "reuters21578.jsonl"],
            "fnc1_test": [data / "ir" / "fnc1_test" / "corpus.jsonl"],
            "articles": [data / "articles" / name for name in ("fuyaonews", "hextra_ai_insight", "rust_blog")],
            }[collection]


def run(*command, text=None, accepted=(0,)):
    done = subprocess.run([str(part) for part in command], check=False, input=text and text.encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in accepted:
        sys.exit(done.stderr.decode())
    return done.stdout.decode()


def index(nutgraf, paths, folder):
    """Gives the ids of the articles and how many passages each has."""
    report = folder / "report.jsonl"
    run(nutgraf, "index", *paths, "--index", folder / "index", "--report", report, "-q", accepted=(0, 5))
    return {row["id"]: row["passages"] for row in map(json.loads, report.open()) if row["status"] == "added"}


def search(nutgraf, folder, queries, *options):
    lines = "".join(f"{qid}\t{query}\n" for qid, query in queries.items())
    return run(nutgraf, "search", "--index", folder / "index", "--queries", "-", *options, text=lines, accepted=(0, 1))


# ---- copies ----

def sample_passages(nutgraf, folder, ids, chance):
    """A passage of each of a sample of articles."""
    queries = {number: f"id:{article}" for number, article in enumerate(chance.sample(sorted(ids), min(SAMPLE, len(ids))))}
    answers = search(nutgraf, folder, queries, "--json", "--dups", "show", "-n", "1000")
    return [chance.choice(hits) for hits in (json.loads(line)["hits"] for line in answers.splitlines()) if hits]


def is_han(word):
    return re.match(f"[{HAN}]", word)


class Editor:
    """Replaces, deletes or inserts words, drawn from texts as often as they stand there."""

    def __init__(self, texts, chance):
        words = [word for text in texts for word in WORD.findall(text)]
        self.han = [word for word in words if is_han(word)]
        self.other = [word for word in words if not is_han(word)]
        self.chance = chance

    def edit(self, text, percent):
        words = list(WORD.finditer(text))
        edited, end = [], 0
        for word in sorted(self.chance.sample(words, round(len(words) * percent / 100)), key=lambda word: word.start()):
            drawn = self.chance.choice(self.han if is_han(word[0]) else self.other)
            space = "" if is_han(word[0]) else " "
            edited += text[end:word.start()], self.chance.choice((drawn, "", word[0] + space + drawn))
            end = word.end()
        return "".join(edited) + text[end:]


def squash(text):
    return re.sub(r"\W+", " ", text).strip()


def copy_of(hit, number, percent, editor):
    article, text = hit["article"], hit["passage"]["text"]
    # A title that is only the beginning of the text is none.
    titled = not squash(text).startswith(squash(article["title"].rstrip("…")))
    return {"id": f"copy-{number}", "title": editor.edit(article["title"], percent) if titled else "",
            "text": editor.edit(text, percent), "date": article["date"], "lang": article["lang"]}


# ---- what users see ----

def asked_for(a, b, chance):
    shared = sorted(set(ASKED.findall(a)) & set(ASKED.findall(b)))
    return " ".join(chance.sample(shared, min(ASKED_WORDS, len(shared))))


def hits_of(nutgraf, folder, queries, how):
    found = {qid: set() for qid in queries}
    for line in search(nutgraf, folder, queries, "--plain", "--format", "trec", "-n", str(DEPTH), "--dups", how).splitlines():
        qid, _, docno, *_ = line.split(" ")
        found[qid].add(docno)
    return found


def measure_rate(nutgraf, paths, passages, percent, editor, folder):
    copies = [copy_of(hit, number, percent, editor) for number, hit in enumerate(passages)]
    texts = folder / "copies.jsonl"
    texts.write_text("".join(json.dumps(copy) + "\n" for copy in copies))
    known = index(nutgraf, [*paths, texts], folder)
    pairs, queries = {}, {}
    for number, (hit, copy) in enumerate(zip(passages, copies)):
        query = asked_for(hit["passage"]["text"], copy["text"], editor.chance)
        if query and known.get(copy["id"]) == 1:
            pairs[str(number)] = hit["passage"]["id"], copy["id"] + "#1"
            queries[str(number)] = query
    shown, folded = (hits_of(nutgraf, folder, queries, how) for how in ("show", "fold"))
    both = [qid for qid, pair in pairs.items() if shown[qid].issuperset(pair)]
    apart = [qid for qid in both if folded[qid].issuperset(pairs[qid])]
    return {"pairs": len(pairs), "both": len(both), "recall": 1 - len(apart) / len(both)}


def measure(nutgraf, collection, paths):
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        ids = index(nutgraf, paths, folder)
        passages = sample_passages(nutgraf, folder, ids, chance)
        judged = fold_judged(nutgraf, folder, collection)
    editor = Editor([hit["passage"]["text"] for hit in passages], chance)
    rates = {}
    for percent in RATES:
        with tempfile.TemporaryDirectory() as name:
            rates[percent] = measure_rate(nutgraf, paths, passages, percent, editor, pathlib.Path(name))
    return {"collection": collection, "rates": rates, "judged": judged}


# ---- folded pairs ----

def hits_with_duplicates(nutgraf, folder, queries, *options):
    for line in search(nutgraf, folder, queries, "--json", *options).splitlines():
        yield from json.loads(line)["hits"]


def fold_judged(nutgraf, folder, collection):
    """How many of the judged pairs fold where both articles are asked for."""
    rows = [row for row in (line.split("\t") for line in JUDGED.read_text().splitlines()) if row[0] == collection]
    queries = {str(number): " OR ".join(f'id:"{passage.rsplit("#", 1)[0]}"' for passage in row[1:3])
               for number, row in enumerate(rows)}
    folded = {frozenset((hit["passage"]["id"], duplicate["passage"]))
              for hit in hits_with_duplicates(nutgraf, folder, queries, "-n", "1000") for duplicate in hit["duplicates"]}
    count = collections.Counter()
    for _, *pair, judgement, _ in rows:
        count[judgement] += 1
        count[judgement + "_folded"] += frozenset(pair) in folded
    return dict(count)


def folded_pairs(nutgraf, paths):
    """Of all that folds where passages are asked for by their first words, a pair under each passage shown, if their words differ."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        ids = index(nutgraf, paths, folder)
        articles = {number: f"id:{article}" for number, article in enumerate(sorted(ids))}
        texts = {hit["passage"]["id"]: squash(hit["passage"]["text"]).lower()
                 for hit in hits_with_duplicates(nutgraf, folder, articles, "--dups", "show", "-n", "1000")}
        queries = {str(number): " ".join(re.findall(f"[{HAN}]|[^ {HAN}]+", text)[:20])
                   for number, (_, text) in enumerate(sorted(texts.items()))}
        pairs = collections.defaultdict(set)
        for hit in hits_with_duplicates(nutgraf, folder, queries, "--plain"):
            shown = hit["passage"]["id"]
            pairs[shown] |= {duplicate["passage"] for duplicate in hit["duplicates"]
                             if texts[duplicate["passage"]] != texts[shown]}
    chance = random.Random(SEED)
    drawn = [(shown, chance.choice(sorted(folded))) for shown, folded in sorted(pairs.items()) if folded]
    chance.shuffle(drawn)
    return drawn


# ---- the committed figures: lines of collection, percent or "judged", what, value ----

def figures_of(measured):
    rows = {**measured["rates"], "judged": measured["judged"]}
    return {(measured["collection"], str(row), what): f"{value:.4f}" if what == "recall" else str(value)
            for row, figures in rows.items() for what, value in figures.items()}


def committed():
    rows = (line.split("\t") for line in FIGURES.read_text().splitlines()) if FIGURES.exists() else ()
    return {tuple(key): value for *key, value in rows}


def check(measured):
    asked = {key: value for key, value in committed().items() if key[0] == measured["collection"]}
    got = figures_of(measured)
    problems = [f"{' '.join(key)}: {got.get(key)}, figures.tsv says {asked.get(key)}"
                for key in sorted(asked.keys() | got.keys()) if asked.get(key) != got.get(key)]
    problems += [f"{percent} %: recall {rate['recall']:.4f} is below {LEAST_RECALL}"
                 for percent, rate in measured["rates"].items() if rate["recall"] < LEAST_RECALL]
    if problems:
        print(*problems, "If that is right: copies.py approve, and the reason in copies/README.md.", sep="\n")
        sys.exit(1)


def approve(lines):
    figures = committed()
    for measured in map(json.loads, lines):
        figures = {key: value for key, value in figures.items() if key[0] != measured["collection"]}
        figures |= figures_of(measured)
    order = sorted(figures.items(), key=lambda item: (item[0][0], item[0][1].rjust(6), item[0][2]))
    FIGURES.write_text("".join("\t".join((*key, value)) + "\n" for key, value in order))


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "approve":
        return approve(pathlib.Path(arguments[1]).read_text().splitlines())
    if len(arguments) not in (3, 4) or arguments[0] not in ("measure", "check", "pairs"):
        sys.exit(__doc__.splitlines()[0])
    verb, nutgraf, collection, *rest = arguments
    data = pathlib.Path(rest[0] if rest else os.environ.get("NUTGRAF_DATA") or ROOT.parent / "shared/data").resolve()
    paths = sources(collection, data)
    if not all(path.exists() for path in paths):
        print(f"skipped: {collection} is not in {data}", file=sys.stderr)
        sys.exit(SKIPPED)
    if verb == "pairs":
        for shown, folded in folded_pairs(nutgraf, paths):
            print(collection, shown, folded, sep="\t")
        return
    measured = measure(nutgraf, collection, paths)
    return check(measured) if verb == "check" else print(json.dumps(measured))


if __name__ == "__main__":
    main(sys.argv[1:])
