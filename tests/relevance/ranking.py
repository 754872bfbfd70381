#!/usr/bin/env python3
"""Usage: ranking.py measure|check NUTGRAF COLLECTION [DATA_DIR]    How good is the ranking on a judged collection?
       ranking.py modes NUTGRAF [DATA_DIR]                      What does each --rank give on each collection?
       ranking.py table|approve FILE                            Print a table of what was measured, or commit it.

`measure` indexes the collection and prints a line of JSON: counts of the index, metrics of nutgraf and of plain BM25. `check`
fails where they differ from figures.tsv; it exits with 77 where DATA_DIR (else $NUTGRAF_DATA, ../shared/data) lacks the
collection. `modes` fails where the default loses too much against scoring every match. FILE holds lines of `measure`. README.md says what is measured and why figures changed.
"""
import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FIGURES = HERE / "figures.tsv"
COUNTS = ("articles", "passages", "terms", "tokens")
ENGLISH = ("time", "fnc1_test", "scifact", "cranfield", "cacm")
SKIPPED = 77

# nDCG@10 of others on whole documents, from the study that the ranking was built on, and what was asked for.
REFERENCES = {
    "Lucene 8, BM25": dict(time=.647, fnc1_test=.728, scifact=.679, cranfield=.366, cacm=.488, cmrc2018_zh=.984),
    "SQLite FTS5": dict(time=.685, fnc1_test=.737, scifact=.682, cranfield=.379, cacm=.492),
    "prototype": dict(time=.707, fnc1_test=.741, scifact=.706, cranfield=.421, cacm=.576, cmrc2018_zh=.991),
}
PEERS = ("Lucene 8, BM25", "SQLite FTS5")
MODES = ("bm25", "fast", "default", "thorough", "exhaustive")
LOSS = .002  # of the default against scoring everything, at most
MEAN_GAIN = .03  # over the better peer of each English collection


@dataclasses.dataclass
class Collection:
    source: pathlib.Path
    prefix: str
    topics: pathlib.Path
    qrels: pathlib.Path
    by: str = "article"


def collections(data):
    judged = HERE / "passages"
    sets = {name: Collection(data / "ir" / name / "corpus.jsonl", name, data / "ir" / name / "queries.tsv",
                             data / "ir" / name / "qrels.tsv")
            for name in (*ENGLISH, "cmrc2018_zh", "rgb_en_fact")}
    own = ROOT / "corpus"
    sets["corpus"] = Collection(own / "articles", "articles", own / "topics.tsv", own / "qrels.tsv")
    sets["passages"] = Collection(own / "articles", "articles", judged / "corpus/topics.tsv",
                                  judged / "corpus/qrels.tsv", "passage")
    sets["passages_shared"] = Collection(data / "articles", "articles", judged / "shared/topics.tsv",
                                         judged / "shared/qrels.tsv", "passage")
    return sets


def data_folder(given):
    return pathlib.Path(given[0] if given else os.environ.get("NUTGRAF_DATA") or ROOT.parent / "shared/data").resolve()


def run(command, accepted=(0,)):
    done = subprocess.run([str(part) for part in command], check=False, capture_output=True)
    if done.returncode not in accepted:
        sys.exit(done.stderr.decode())
    return done.stdout


def build(nutgraf, collection, index):
    run([nutgraf, "index", collection.source, "--index", index, "--prefix", collection.prefix, "-q"], (0, 5))


def evaluate(nutgraf, collection, index, *options):
    return json.loads(run([nutgraf, "eval", "--index", index, "--topics", collection.topics, "--qrels", collection.qrels,
                           "--by", collection.by, "--json", *options]))


def measure(nutgraf, name, collection):
    with tempfile.TemporaryDirectory() as index:
        build(nutgraf, collection, index)
        info = json.loads(run([nutgraf, "info", "--index", index, "--json"]))
        result = evaluate(nutgraf, collection, index, "--baseline", "bm25")
    return {"collection": name, "topics": result["topics"], "counts": {key: info[key] for key in COUNTS},
            "nutgraf": result["metrics"], "bm25": result["baseline"]["metrics"], "p": result["baseline"]["p"]}


def modes(nutgraf, known):
    found = {mode: {} for mode in MODES}
    for name, collection in known.items():
        with tempfile.TemporaryDirectory() as index:
            build(nutgraf, collection, index)
            for mode in MODES:
                found[mode][name] = evaluate(nutgraf, collection, index, "--rank", mode)["metrics"]["ndcg_10"]
    columns = list(known)
    if all(name in known for name in ENGLISH):
        columns.append("English")
        found = {mode: figures | {"English": english_mean(figures)} for mode, figures in found.items()}
    print("nDCG@10\n", cells("--rank", columns), "|---" + "|---:" * len(columns) + "|", sep="\n")
    for mode in MODES:
        print(row(mode, found[mode], columns, 4))
    losses = {name: found["exhaustive"][name] - found["default"][name] for name in known}
    worst = max(losses, key=losses.get)
    print(f"\nThe default loses most on {worst}: {losses[worst]:.4f} against scoring every match; allowed: {LOSS}")
    if losses[worst] > LOSS:
        sys.exit(1)


# ---- the committed figures: lines of collection, what, value ----

def figures_of(measured):
    values = {key: str(value) for key, value in measured["counts"].items()}
    values |= {f"{system}.{metric}": f"{value:.4f}" for system in ("nutgraf", "bm25")
               for metric, value in measured[system].items()}
    return {(measured["collection"], what): value for what, value in values.items()}


def committed():
    if not FIGURES.exists():
        return {}
    rows = (line.split("\t") for line in FIGURES.read_text().splitlines())
    return {(collection, what): value for collection, what, value in rows}


def check(measured):
    """A rise fails as a fall does: the figures are changed together with what changed them, and the reason."""
    asked = {key: value for key, value in committed().items() if key[0] == measured["collection"]}
    got = figures_of(measured)
    differences = [f"{what}: {got.get((name, what))}, figures.tsv says {asked.get((name, what))}"
                   for name, what in sorted(asked.keys() | got.keys())
                   if asked.get((name, what)) != got.get((name, what))]
    if differences:
        print(*differences, "If that is right: scripts/relevance.sh --approve, and the reason in README.md.", sep="\n")
        sys.exit(1)


def approve(lines):
    figures = committed()
    for measured in lines:
        figures = {key: value for key, value in figures.items() if key[0] != measured["collection"]}
        figures |= figures_of(measured)
    FIGURES.write_text("".join(f"{name}\t{what}\t{value}\n" for (name, what), value in sorted(figures.items())))


# ---- the table ----

def english_mean(figures):
    complete = all(name in figures for name in ENGLISH)
    return sum(figures[name] for name in ENGLISH) / len(ENGLISH) if complete else None


def cells(name, values):
    return f"| {name:14} | " + " | ".join(f"{value:>7}" for value in values) + " |"


def row(name, figures, columns, digits=3):
    values = figures | {"English": english_mean(figures)} if digits == 3 else figures
    return cells(name, ["" if values.get(column) is None else f"{values[column]:.{digits}f}" for column in columns])


def print_goals(ours):
    better = {name: max(REFERENCES[peer].get(name, 0) for peer in PEERS) for name in (*ENGLISH, "cmrc2018_zh")}
    for name, peer in better.items():
        if name in ours:
            print(f"{'reached' if round(ours[name], 3) >= peer else 'MISSED '}  {name}: {ours[name]:.3f}, "
                  f"the better peer {peer:.3f}")
    if (mean := english_mean(ours)) is not None:
        goal = english_mean(better) + MEAN_GAIN
        print(f"{'reached' if mean >= goal else 'MISSED '}  English mean: {mean:.4f}, the better peers' + {MEAN_GAIN}: "
              f"{goal:.4f}")


def table(lines):
    found = {line["collection"]: line for line in lines}
    ours = {name: line["nutgraf"]["ndcg_10"] for name, line in found.items()}
    columns = [name for name in (*ENGLISH, "English", "cmrc2018_zh", "rgb_en_fact", "corpus", "passages",
                                 "passages_shared") if name in found or (name == "English" and english_mean(ours))]
    print("nDCG@10\n", cells("", columns), "|---" + "|---:" * len(columns) + "|", sep="\n")
    print(row("plain BM25", {name: line["bm25"]["ndcg_10"] for name, line in found.items()}, columns))
    print(row("nutgraf", ours, columns))
    print(row("p of the gain", {name: line["p"]["ndcg_10"] for name, line in found.items()}, columns, 4))
    for name, figures in REFERENCES.items():
        print(row(name, figures, columns))
    print()
    for name, line in found.items():
        print(f"{name}: {line['topics']} topics; " + ", ".join(f"{line['counts'][key]:,} {key}" for key in COUNTS))
    print()
    print_goals(ours)


def main(arguments):
    if len(arguments) == 2 and arguments[0] in ("table", "approve"):
        lines = [json.loads(line) for line in pathlib.Path(arguments[1]).read_text().splitlines()]
        return table(lines) if arguments[0] == "table" else approve(lines)
    if arguments and arguments[0] == "modes" and len(arguments) in (2, 3):
        known = collections(data_folder(arguments[2:]))
        return modes(arguments[1], {name: one for name, one in known.items() if one.source.exists()})
    if len(arguments) not in (3, 4) or arguments[0] not in ("measure", "check"):
        sys.exit(__doc__.splitlines()[0])
    verb, nutgraf, name, *rest = arguments
    known = collections(data_folder(rest))
    if name not in known:
        sys.exit(f"there is no collection {name}: {', '.join(known)}")
    if not known[name].source.exists():
        print(f"skipped: {name}: there is no {known[name].source}", file=sys.stderr)
        sys.exit(SKIPPED)
    measured = measure(nutgraf, name, known[name])
    return check(measured) if verb == "check" else print(json.dumps(measured))


if __name__ == "__main__":
    main(sys.argv[1:])
