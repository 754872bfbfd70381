"""Usage: equal_test.py NUTGRAF FOLDER [EACH]    Indexes of the articles in FOLDER in one piece and in shards answer alike.

Four shards made at once, and four that grew by small batches in which articles were replaced and removed, are asked EACH
questions of every kind, with every option. Hits, their order, scores, exact totals, facets and warnings must be those of
the index in one piece.
"""

import json
import pathlib
import random
import shutil
import sys
import tempfile

from questions import Questions, hints, run

SEED = 2025
EACH = 14
SHARDS = 4
BATCHES = 8


class Failure(Exception):
    pass


def grow(program, source, news, index):
    """Brings the files of `source` into `news` in small batches; some come in another version first, and some are not to stay."""
    chance = random.Random(SEED)
    files = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
    chance.shuffle(files)
    removed = []
    for number in range(BATCHES):
        for path in files[number::BATCHES]:
            target = news / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / path, target)
            if path.suffix in (".txt", ".md") and chance.random() < 0.5:
                target.write_bytes(target.read_bytes() + b"\n\nAnother version of it had these words, too, and lived for one batch only.\n")
        stray = news / f"stray-{number}.txt"
        stray.write_text(f"Stray {number}\n\nNobody will read what Nvidia and others said of chips in story {number}.\n")
        removed.append(f"{news.name}/{stray.name}")
        run(program, ["index", news, "--index", index, "--quiet", *(["--shards", SHARDS] if number == 0 else [])], codes=(0, 2))
        stray.unlink()
        for path in files[number::BATCHES]:
            shutil.copyfile(source / path, news / path)
    run(program, ["remove", *removed[:4], "--index", index])
    run(program, ["index", news, "--index", index, "--quiet", "--prune"], codes=(0, 2))


def answers(program, index, options, questions, folder):
    file = folder / "questions.tsv"
    file.write_text("".join(f"{number}\t{question}\n" for number, question in enumerate(questions)))
    lines = run(program, ["search", "--queries", file, "--index", index, "--format", "json", *options]).splitlines()
    if len(lines) != len(questions):
        raise Failure(f"{len(lines)} answers to {len(questions)} questions with {options}")
    return [json.loads(line) for line in lines]


def differing(a, b, path=""):
    """Where two values differ first; nothing where they are equal."""
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        return next(filter(None, (differing(a[key], b[key], f"{path}.{key}") for key in a)), None)
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return next(filter(None, (differing(x, y, f"{path}[{i}]") for i, (x, y) in enumerate(zip(a, b)))), None)
    return None if a == b else f"{path}: {str(a)[:300]} / {str(b)[:300]}"


def without_estimates(answer):
    """Of more matches than are counted, how many there are is extrapolated from those that were looked at."""
    if not answer.get("total", {}).get("exact", True):
        answer["total"] = {"exact": False}
    return answer


def without_suggestions(answer):
    """A word list that grew has words of articles that are gone, too, and counts them."""
    answer["query"]["warnings"] = [warning["message"] for warning in answer["query"]["warnings"]]
    return answer


def compare(program, rounds, expected, index, grown, folder):
    asked = 0
    for (options, questions), of_one in zip(rounds, expected):
        for question, a, b in zip(questions, of_one, answers(program, index, options, questions, folder)):
            if grown:
                a, b = without_suggestions(a), without_suggestions(b)
            where = differing(without_estimates(a), without_estimates(b))
            if where:
                raise Failure(f"{question!r} {' '.join(options)}: in one piece / in {index.name}: {where}")
            asked += 1
    return asked


def compare_commands(program, known, one, index):
    """Commands whose output holds nothing of how an index is kept or grew."""
    chance = random.Random(SEED + 1)
    ids = chance.sample(known.ids, min(12, len(known.ids)))
    companies = chance.sample(known.companies, min(6, len(known.companies)))
    commands = [["similar", article, "--json", "--explain"] for article in ids]
    commands += [["similar", article + "#1", "--json", "--by", "article"] for article in ids]
    commands += [["timeline", company, "--json", "--by", by] for company in companies for by in ("day", "month")]
    commands += [["timeline", companies[0], "--query", "chips OR title:china", "--json"], ["companies", "--json"]]
    commands += [["companies", "--json", "--with", company] for company in companies]
    for command in commands:
        name, *rest = command
        a, b = (without_estimates(json.loads(run(program, [name, "--index", folder, *rest]))) for folder in (one, index))
        where = differing(a, b)
        if where:
            raise Failure(f"{' '.join(command)}: in one piece / in {index.name}: {where}")
    return len(commands)


def test(program, source, each):
    with tempfile.TemporaryDirectory(prefix="nutgraf-shards-") as name:
        folder = pathlib.Path(name)
        news, one, made, grown = (folder / part for part in ("articles", "one", "made", "grown"))
        grow(program, source, news, grown)
        for index, options in ((one, []), (made, ["--shards", SHARDS])):
            run(program, ["index", news, "--index", index, "--quiet", *options], codes=(0, 2))
        for index in (one, made, grown):
            run(program, ["check", "--index", index], codes=(0,))
        known = hints(program, one)
        rounds = Questions(known, SEED).rounds(each)
        expected = [answers(program, one, options, questions, folder) for options, questions in rounds]
        found = sum(bool(answer["hits"]) for of_round in expected for answer in of_round)
        for index in (made, grown):
            asked = compare(program, rounds, expected, index, index == grown, folder)
            commands = compare_commands(program, known, one, index)
            print(f"{index.name}: {asked} questions, of which {found} find something, and {commands} commands: answers are equal", flush=True)
        if found * 2 < asked:
            raise Failure("half of the questions should find something")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.splitlines()[0])
    try:
        test(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) == 4 else EACH)
    except Failure as failure:
        sys.exit(f"equal_test: {failure}")
