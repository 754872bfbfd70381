#!/usr/bin/env python3
"""Usage: linear_model.py NUTGRAF [DATA_DIR]    Would a trained model of what --explain tells rank better? Needs numpy.

The 50 best articles of each topic of the five English collections are ordered anew: score over the best score of the
topic, plus weights times features. Prints what each feature by itself gives at six weights, then leaves out one
collection after the other: weights are chosen on the others one by one, each as long as their mean nDCG@10 gains .0003,
and scored on it.
"""
import math
import re
import sys

import numpy

from leave_one_out import dcg, explained, grades_of
from ranking import ENGLISH, collections as judged_collections, data_folder

FEATURES = ("passage, stems", "passage, exact", "article, stems", "article, exact", "neighbours", "said by the passage",
            "said by the article", "words of the article", "names, passage", "names, article", "numbers, passage",
            "rarest word's share", "said by the title", "long query x passage", "long query x article",
            "long query x said", "question x neighbours")
SCAN = (-.04, -.02, -.01, .01, .02, .04)
STEPS = (-.02, -.01, .01, .02)
LEAST_GAIN = .0003
QUESTION = re.compile(r"\s*(what|who|which|how|when|where|why|is|are|does|do|can)\b", re.IGNORECASE)


def features_of(query, explained, best):
    """Of one article; `best`: the topic's best score."""
    stems = [word for word in explained["words"] if not word["exact"]]
    exact = [word for word in explained["words"] if word["exact"]]
    names = set() if query.isupper() else {name.lower() for name in re.findall(r"\b[A-Z][\w-]+", query)}
    length = min(len(re.findall(r"\w+", query)), 30) / 30
    question = 1. if QUESTION.match(query) or "?" in query else 0.

    def score(words, unit):
        return sum(word[unit]["score"] for word in words) / best

    def said(unit, least=1):
        importance = {word["word"]: word["weight"] * word["passage"]["idf"] for word in stems}
        return sum(importance[word["word"]] for word in stems if word[unit]["tf"] >= least) / (sum(importance.values()) or 1)

    named = [word for word in stems if word["word"].lower() in names]
    numbers = [word for word in stems if re.search(r"\d", word["word"])]
    passage, article, neighbours = score(stems, "passage"), score(stems, "article"), explained["neighbours"] / best
    rarest = max((word["passage"]["score"] for word in stems), default=0) / best / (passage or 1)
    of_article = sum(word["article"]["tf"] > 0 for word in stems) / max(1, len(stems))
    return (passage, score(exact, "passage"), article, score(exact, "article"), neighbours, said("passage"), said("article"),
            of_article, score(named, "passage"), score(named, "article"), score(numbers, "passage"), rarest,
            said("passage", 3), length * passage, length * article, length * said("passage"), question * neighbours)


def topics_of(nutgraf, collection):
    """For each judged topic its features, scores, grades and ideal DCG; nothing where it has no hits."""
    queries = dict(line.split("\t", 1) for line in collection.topics.read_text().splitlines())
    grades = grades_of(collection.qrels)
    topics = dict.fromkeys(grades)
    for answer in explained(nutgraf, collection):
        qid, hits = answer["qid"], answer["hits"]
        if qid in topics and hits:
            best = hits[0]["explain"]["total"] or 1
            topics[qid] = (numpy.array([features_of(queries[qid], hit["explain"], best) for hit in hits]),
                           numpy.array([hit["explain"]["total"] / best for hit in hits]),
                           numpy.array([float(grades[qid].get(hit["article"]["id"], 0)) for hit in hits]),
                           dcg(sorted(grades[qid].values(), reverse=True)))
    return list(topics.values())


DISCOUNTS = numpy.array([1 / math.log2(place + 2) for place in range(10)])


def ndcg(topics, weights):
    total = 0.
    for topic in filter(None, topics):
        features, scores, grades, ideal = topic
        first = numpy.argsort(-(scores + features @ weights), kind="stable")[:10]
        total += (grades[first] * DISCOUNTS[:len(first)]).sum() / ideal
    return total / len(topics)


def trained(collections, spread):
    """Weights by coordinate ascent on the mean of the collections."""
    weights = numpy.zeros(len(FEATURES))
    best = numpy.mean([ndcg(topics, weights) for topics in collections])
    for _ in range(2):
        for feature in range(len(FEATURES)):
            for step in STEPS:
                tried = weights.copy()
                tried[feature] += step / spread[feature]
                gained = numpy.mean([ndcg(topics, tried) for topics in collections])
                if gained > best + LEAST_GAIN:
                    best, weights = gained, tried
    return weights, best


def main(nutgraf, *rest):
    known = judged_collections(data_folder(rest))
    collections = {name: topics_of(nutgraf, known[name]) for name in ENGLISH}
    spread = numpy.vstack([topic[0] for topics in collections.values() for topic in topics if topic]).std(0) + 1e-9
    default = {name: ndcg(topics, numpy.zeros(len(FEATURES))) for name, topics in collections.items()}
    mean = numpy.mean(list(default.values()))
    print("| one feature, in standard deviations | " + " | ".join(f"{value:+.2f}" for value in SCAN) + " |")
    print("|---|" + "---:|" * len(SCAN))
    for feature, name in enumerate(FEATURES):
        gains = []
        for value in SCAN:
            weights = numpy.zeros(len(FEATURES))
            weights[feature] = value / spread[feature]
            gains.append(numpy.mean([ndcg(topics, weights) for topics in collections.values()]) - mean)
        print(f"| {name} | " + " | ".join(f"{gain:+.4f}" for gain in gains) + " |")
    print("\n| left out | gain of the others | gain on it | features |\n|---|---:|---:|---|")
    held = []
    for name, topics in collections.items():
        others = {other: of for other, of in collections.items() if other != name}
        weights, best = trained(others.values(), spread)
        held.append(ndcg(topics, weights) - default[name])
        used = ", ".join(feature for feature, weight in zip(FEATURES, weights) if weight)
        print(f"| {name} | {best - numpy.mean([default[other] for other in others]):+.4f} | {held[-1]:+.4f} | {used} |")
    print(f"| mean | | {numpy.mean(held):+.4f} | |")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.splitlines()[0])
    main(*sys.argv[1:])
