#!/usr/bin/env python3
"""Usage: aboutness.py NUTGRAF    nDCG@10 of company:X against the words of X's name as a query, by companies/aboutness.tsv.

Fails where company:X is below .85 in the mean, or less than .10 above the words. The name as it is searched, one concept with all
names of X, stands beside. Gains are the grades; what is not listed is 0.
"""
import collections
import json
import math
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "corpus"
DEPTH = 10


def read_judgements():
    judged = collections.defaultdict(list)
    for line in (HERE / "companies" / "aboutness.tsv").read_text().splitlines():
        company, article, span, grade = line.split("\t")
        begin, end = map(int, span.split("-"))
        judged[company].append((article, begin, end, int(grade)))
    return judged


def grade_of(hit, judged):
    """Of the judged passage of which the hit holds the larger part."""
    begin, end = hit["passage"]["bytes"]
    for article, first, last, grade in judged:
        if article == hit["article"]["id"] and 2 * (min(end, last) - max(begin, first)) > last - first:
            return grade
    return 0


def gain(grades):
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades[:DEPTH]))


def ndcg(nutgraf, index, query, judged, *options):
    command = [nutgraf, "search", "--index", index, "-n", str(DEPTH), "--dups", "show", "--json", *options, "--", query]
    hits = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["hits"]
    return gain([grade_of(hit, judged) for hit in hits]) / gain(sorted((row[3] for row in judged), reverse=True))


def main():
    nutgraf = sys.argv[1]
    names = {c["id"]: c["name"] for c in json.loads((CORPUS / "companies.json").read_text())["companies"]}
    judged = read_judgements()
    by_company, by_name, by_words = [], [], []
    with tempfile.TemporaryDirectory() as index:
        subprocess.run([nutgraf, "index", "-q", CORPUS / "articles", "--companies", CORPUS / "companies.json",
                        "--index", index], stderr=subprocess.DEVNULL, check=True)
        for company, rows in judged.items():
            by_company.append(ndcg(nutgraf, index, "company:" + company, rows))
            by_name.append(ndcg(nutgraf, index, names[company], rows))
            by_words.append(ndcg(nutgraf, index, names[company], rows, "--no-expand"))
            print(f"{company:12} {len(rows):3} passages  company: {by_company[-1]:.4f}  name {by_name[-1]:.4f}  "
                  f"words {by_words[-1]:.4f}")
    company, name, words = (sum(values) / len(values) for values in (by_company, by_name, by_words))
    print(f"mean of {len(by_company)} companies: company: {company:.4f}, name {name:.4f}, words {words:.4f}, "
          f"gain over words {company - words:+.4f}")
    return 0 if company >= 0.85 and company - words >= 0.10 else 1


sys.exit(main())
