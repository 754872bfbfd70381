#!/usr/bin/env python3
"""Usage: leave_one_out.py NUTGRAF [DATA_DIR]    Do weights that are chosen on some collections serve another?

For each of the five English collections: the article's share, the weight of exact forms and that of similar articles are
chosen on the other four, by their mean nDCG@10, and scored on it. What scores are made of comes from --explain, of the
50 best articles of each topic: they are ordered anew, nothing is searched again, and what an article gains by similar
ones is only multiplied.
"""
import collections
import itertools
import json
import math
import subprocess
import sys
import tempfile

from ranking import ENGLISH, build, collections as judged_collections, data_folder

DEFAULT = (1.5, .2, 2.)
GRID = list(itertools.product((1., 1.25, 1.5, 1.75, 2.), (.1, .2, .3, .4), (1., 1.5, 2., 2.5, 3.)))
Hit = collections.namedtuple("Hit", "article passage_stems passage_exact article_stems article_exact neighbours behind")


def hit_of(hit):
    parts = hit["explain"]
    sums = {(unit, exact): sum(word[unit]["score"] for word in parts["words"] if word["exact"] == exact)
            for unit in ("passage", "article") for exact in (False, True)}
    return Hit(hit["article"]["id"], sums["passage", False], sums["passage", True], sums["article", False],
               sums["article", True], parts["neighbours"], parts["behind"])


def score(hit, share, exact, neighbours):
    more = exact / DEFAULT[1]
    return (hit.passage_stems + more * hit.passage_exact + share * (hit.article_stems + more * hit.article_exact) +
            neighbours / DEFAULT[2] * hit.neighbours - hit.behind)


def explained(nutgraf, collection):
    """The answer to each topic, with the 50 best articles and what made their scores."""
    with tempfile.TemporaryDirectory() as index:
        build(nutgraf, collection, index)
        command = [nutgraf, "search", "--index", index, "--queries", collection.topics, "--by", "article", "--dups", "show",
                   "--plain", "--limit", "50", "--explain", "--json"]
        with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            yield from map(json.loads, process.stdout)


def grades_of(qrels):
    grades = collections.defaultdict(dict)
    for line in qrels.read_text().splitlines():
        qid, _, article, grade = line.split()
        if int(grade) > 0:
            grades[qid][article] = int(grade)
    return grades


def dcg(grades):
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades[:10]))


def mean_ndcg(hits, grades, weights):
    values = []
    for qid, relevant in grades.items():
        ranked = sorted(hits.get(qid, ()), key=lambda hit: -score(hit, *weights))
        values.append(dcg([relevant.get(hit.article, 0) for hit in ranked[:10]]) /
                      dcg(sorted(relevant.values(), reverse=True)))
    return sum(values) / len(values)


def mean_of(found, names, weights):
    return sum(found[name][weights] for name in names) / len(names)


def main(nutgraf, *rest):
    known = judged_collections(data_folder(rest))
    found = {}
    for name in ENGLISH:
        hits = {answer["qid"]: [hit_of(hit) for hit in answer["hits"]] for answer in explained(nutgraf, known[name])}
        grades = grades_of(known[name].qrels)
        found[name] = {weights: mean_ndcg(hits, grades, weights) for weights in GRID}
    print("| left out | chosen on the others: share, exact, neighbours | their mean | by default | on it | by default |")
    print("|---|---|---:|---:|---:|---:|")
    held = []
    for name in ENGLISH:
        others = [other for other in ENGLISH if other != name]
        best = max(GRID, key=lambda weights: mean_of(found, others, weights))
        held.append(found[name][best])
        print(f"| {name} | {best[0]}, {best[1]}, {best[2]} | {mean_of(found, others, best):.4f} | "
              f"{mean_of(found, others, DEFAULT):.4f} | "
              f"{found[name][best]:.4f} | {found[name][DEFAULT]:.4f} |")
    print(f"| mean | | | | {sum(held) / len(held):.4f} | {mean_of(found, ENGLISH, DEFAULT):.4f} |")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.splitlines()[0])
    main(*sys.argv[1:])
