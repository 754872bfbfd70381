#!/usr/bin/env python3
"""Usage: judgements_test.py NUTGRAF    Are the judgements over corpus/ well formed, and of passages that are still there?"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "corpus"
faults = []


def rows(path, columns):
    """The cells of each line, after where it stands."""
    for number, line in enumerate((HERE / path).read_text().splitlines(), 1):
        cells = line.split("\t")
        if len(cells) == columns:
            yield f"{path}:{number}", *cells
        else:
            faults.append(f"{path}:{number}: {len(cells)} columns, not {columns}")


def no_repeats(path, keys):
    faults.extend(f"{path}: {key} twice" for key, count in collections.Counter(keys).items() if count > 1)


class Articles:
    """Byte ranges of the passages of each article of an index."""

    def __init__(self, nutgraf, index):
        self.command, self.ranges = [nutgraf, "show", "--index", index, "--json", "--"], {}

    def check(self, where, article, span):
        if article not in self.ranges:
            run = subprocess.run([*self.command, article], capture_output=True, check=False)
            self.ranges[article] = [p["bytes"] for p in json.loads(run.stdout)["passages"]] if run.returncode == 0 else []
        begin, end = (int(n) for n in span.split("-"))
        if begin >= end or not any(2 * (min(e, end) - max(b, begin)) > end - begin for b, e in self.ranges[article]):
            faults.append(f"{where}: no passage holds the larger part of {article} {span}")


def check_grade(where, grade):
    if grade not in "0123":
        faults.append(f"{where}: {grade} is no grade")


def check_passages(articles):
    for part in ("corpus", "shared"):
        topics = [qid for _, qid, _ in rows(f"passages/{part}/topics.tsv", 2)]
        no_repeats(f"passages/{part}/topics.tsv", topics)
        judged, best = [], {}
        for where, qid, article, span, grade in rows(f"passages/{part}/qrels.tsv", 4):
            check_grade(where, grade)
            judged.append((qid, article, span))
            best[qid] = max(grade, best.get(qid, "0"))
            if part == "corpus":
                articles.check(where, article, span)
        no_repeats(f"passages/{part}/qrels.tsv", judged)
        faults.extend(f"passages/{part}: {qid} has no passage of grade 3" for qid in topics if best.get(qid) != "3")
        faults.extend(f"passages/{part}: {qid} is no topic" for qid in best.keys() - set(topics))


def check_companies(articles):
    table = CORPUS / "companies.json"
    known = {company["id"] for company in json.loads(table.read_text())["companies"]} if table.exists() else None
    mentions = {}
    for path in ("mentions.tsv", "mentions_shared.tsv"):
        for where, article, span, companies in rows(f"companies/{path}", 3):
            mentions[article, span] = set(companies.split(",")) - {""}
            if path == "mentions.tsv":
                articles.check(where, article, span)
            if known is not None and mentions[article, span] - known:
                faults.append(f"{where}: not in companies.json: {mentions[article, span] - known}")
    pairs = []
    for where, company, article, span, grade in rows("companies/aboutness.tsv", 4):
        check_grade(where, grade)
        pairs.append((company, article, span))
        if company not in mentions.get((article, span), ()):
            faults.append(f"{where}: mentions.tsv does not have {company} there")
    no_repeats("companies/aboutness.tsv", pairs)


def main(nutgraf):
    with tempfile.TemporaryDirectory() as index:
        subprocess.run([nutgraf, "index", CORPUS / "articles", "--index", index, "-q"], check=True, capture_output=True)
        articles = Articles(nutgraf, index)
        check_passages(articles)
        check_companies(articles)
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main(*sys.argv[1:])
