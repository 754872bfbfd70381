#!/usr/bin/env python3
"""Usage: snippets.py [--check] NUTGRAF PEER [DATA_DIR]    Does the first fragment of a hit hold the sentence that it should show?

Prints a table for nutgraf and for Xapian::MSet::snippet (PEER is xapian_snippets) on the same hits; snippets/README.md says
what its columns mean. DATA_DIR (else $NUTGRAF_DATA, ../shared/data) has the sets that are not ours, which are left out
where it is missing. --check fails where a share differs from figures.tsv, or where the peer is ahead.
"""
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BYTES = 320  # SnippetOptions::max_bytes


class Index:
    """A collection, and the passages that searches met in it."""

    def __init__(self, nutgraf, folder, source, prefix):
        self.nutgraf, self.folder, self.met = nutgraf, folder, {}
        run = subprocess.run([nutgraf, "index", source, "--index", folder, "--prefix", prefix, "-q"], check=False,
                             capture_output=True)
        if run.returncode not in (0, 5):  # 5: a file without text
            sys.exit(run.stderr.decode())

    def search(self, query, *options):
        run = subprocess.run([self.nutgraf, "search", "--index", self.folder, "--json", *options, "--", query],
                             check=False, capture_output=True)
        if run.returncode > 1:
            sys.exit(run.stderr.decode())
        hits = json.loads(run.stdout)["hits"]
        for hit in hits:
            self.met[hit["passage"]["id"]] = {"language": hit["article"]["lang"], "text": hit["passage"]["text"]}
        return hits


def judged_cases(index, path):
    """(query, hit, wanted ranges of the passage's text) of the cases judged by reading."""
    for line in path.read_text().splitlines():
        query, article, passage, sentence = line.split("\t")
        passage, sentence = ([int(n) for n in span.split("-")] for span in (passage, sentence))
        for hit in index.search(query, "-n", "500", "--dups", "show"):
            if hit["article"]["id"] == article and hit["passage"]["bytes"] == passage:
                yield query, hit, [sentence]
                break
        else:
            sys.exit(f"{path.name}: judge again, the passage is cut otherwise now or not found: {article} {passage} for {query!r}")


def concepts(text):
    """Distinct words (crude stems) and pairs of Chinese characters: no analyzer of either side."""
    found = set()
    for word in re.findall(r"[0-9a-z]+|[\u3400-\u9fff]+", text.lower()):
        if word[0] >= "\u3400":
            found.update(word[i:i + 2] for i in range(len(word) - 1))
        else:
            found.add(re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 4 else word)
    return found


def richest_sentences(text, query):
    """Byte ranges of the sentences with most concepts of the query; several where they are equal."""
    spans, at = [], 0
    for part in re.split(r"(?<=[。！？!?\n])|(?<=[.])(?=\s)", text):
        lead = len(part) - len(part.lstrip())
        size = len(part.encode())
        if part.strip():
            spans.append((len(concepts(query) & concepts(part)), [at + lead, at + len(part.rstrip().encode())]))
        at += size
    most = max(score for score, _ in spans)
    return [span for score, span in spans if score == most] if most else []


def automatic_cases(index, folder, step):
    """(query, hit, wanted ranges): the best passage of the first relevant article among ten."""
    relevant = {}
    for line in (folder / "qrels.tsv").read_text().splitlines():
        query, _, article, grade = line.split()
        if int(grade) > 0:
            relevant.setdefault(query, set()).add(article)
    for line in (folder / "queries.tsv").read_text().splitlines()[::step]:
        number, query = line.split("\t")
        for hit in index.search(query, "--by", "article"):
            if hit["article"]["id"] in relevant.get(number, ()):
                wanted = richest_sentences(hit["passage"]["text"], query)
                if wanted:
                    yield query, hit, wanted
                break


def peer_fragments(peer, index, cases):
    lines = list(index.met.values())
    lines += [{"language": hit["article"]["lang"], "query": query, "text": hit["passage"]["text"], "bytes": BYTES}
              for query, hit, _ in cases]
    run = subprocess.run([peer], input="\n".join(map(json.dumps, lines)), stdout=subprocess.PIPE, text=True, check=True)
    for (_, hit, _), line in zip(cases, run.stdout.splitlines(), strict=True):
        shown = re.sub("[\x02\x03]", "", html.unescape(json.loads(line)["snippet"])).encode()
        begin = hit["passage"]["text"].encode().find(shown)
        if begin < 0:
            sys.exit(f"the peer shows what the passage does not have: {shown!r}")
        yield [begin, begin + len(shown)]


def share(fragments, cases, needed):
    """In how many cases the fragment holds the `needed` part of a wanted sentence."""
    held = 0
    for (begin, end), (_, _, wanted) in zip(fragments, cases, strict=True):
        held += any(min(end, e) - max(begin, b) >= needed * (e - b) for b, e in wanted)
    return held / len(cases)


def measure(name, peer, index, cases):
    cases = list(cases)
    ours = [hit["snippet"][0]["bytes"] for _, hit, _ in cases]
    theirs = list(peer_fragments(peer, index, cases))
    mean = lambda fragments: sum(end - begin for begin, end in fragments) / len(cases)
    row = {"set": name, "cases": len(cases), "whole": share(ours, cases, 1), "peer whole": share(theirs, cases, 1),
           "half": share(ours, cases, 0.5), "peer half": share(theirs, cases, 0.5), "bytes": mean(ours),
           "peer bytes": mean(theirs)}
    print(f"{name:14} {row['cases']:5}   {row['whole']:6.3f} {row['peer whole']:6.3f}   {row['half']:6.3f} "
          f"{row['peer half']:6.3f}   {row['bytes']:5.0f} {row['peer bytes']:5.0f}", flush=True)
    return row


def check(rows):
    """The figures are committed: a rise needs figures.tsv changed with the reason, as a fall does."""
    asked = dict(line.split("\t") for line in (HERE / "snippets" / "figures.tsv").read_text().splitlines())
    for row in rows:
        if f"{row['whole']:.3f}" != asked[row["set"]]:
            sys.exit(f"{row['set']}: {row['whole']:.3f} of the first fragments hold the sentence, figures.tsv says {asked[row['set']]}")
        if row["whole"] < row["peer whole"]:
            sys.exit(f"{row['set']}: Xapian::MSet::snippet is ahead")


def main(arguments):
    checking = "--check" in arguments
    nutgraf, peer, *rest = [argument for argument in arguments if argument != "--check"]
    data = pathlib.Path(rest[0] if rest else os.environ.get("NUTGRAF_DATA") or ROOT.parent / "shared/data")
    print("set            cases   whole  (peer)    half  (peer)   bytes (peer)")
    rows = []
    with tempfile.TemporaryDirectory() as work:
        index = Index(nutgraf, f"{work}/corpus", ROOT / "corpus/articles", "articles")
        rows.append(measure("corpus", peer, index, judged_cases(index, HERE / "snippets/corpus.tsv")))
        if (data / "articles").is_dir():
            index = Index(nutgraf, f"{work}/shared", data / "articles", "articles")
            rows.append(measure("shared", peer, index, judged_cases(index, HERE / "snippets/shared.tsv")))
        for name, step in (("cmrc2018_zh", 5), ("rgb_en_fact", 1)):
            if (data / "ir" / name).is_dir():
                index = Index(nutgraf, f"{work}/{name}", data / "ir" / name / "corpus.jsonl", name)
                rows.append(measure(name, peer, index, automatic_cases(index, data / "ir" / name, step)))
    if checking:
        check(rows)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__.splitlines()[0])
    main(sys.argv[1:])
