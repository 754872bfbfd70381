"""What the fault tests share: news that can be told apart by version, runs of nutgraf, and an index written down as values."""

import dataclasses
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

WORDS = ("model chips DeepSeek market cloud Tencent shares Doubao training price users report company data search phone "
         "licence export server agent reasoning benchmark factory robot investor quarter revenue regulator launch paper").split()
ALL = 10000
# A run that takes longer hangs.
PATIENCE = 60
# Batches of so many passages are large.
LARGE = ["--small-batch", "40"]


class Failure(Exception):
    pass


def expect(holds, message):
    if not holds:
        raise Failure(message)


def preloaded(library, **variables):
    """The environment of a run with fault_point.cpp."""
    asan = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    return {**os.environ, "LD_PRELOAD": library, "ASAN_OPTIONS": asan.lstrip(":"), **variables}


def article(rng, article_id, version, paragraphs):
    """Every paragraph names its article and version, so that each passage says where it belongs."""
    lines = [f"Article {article_id} version{version}", "", f"{rng.randint(2019, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}", ""]
    for _ in range(paragraphs):
        words = [rng.choice(WORDS) for _ in range(110)]
        lines += [f"Zorbal report {article_id} version{version}: " + " ".join(words) + ".", ""]
    return "\n".join(lines)


@dataclasses.dataclass(frozen=True)
class State:
    """What an index holds: its numbers, and every passage with its text and the companies of its article."""
    numbers: tuple
    passages: frozenset

    @property
    def articles(self):
        return {passage.rsplit("#", 1)[0] for passage, *_ in self.passages}


class World:
    """A folder with news and an index."""

    def __init__(self, program, folder):
        self.program = str(program)
        self.folder = pathlib.Path(folder)
        self.news = self.folder / "news"
        self.index = self.folder / "index"
        self.news.mkdir()

    def command(self, words, index=None):
        return [self.program, words[0], "--index", str(index or self.index), *words[1:]]

    def run(self, words, index=None, codes=(0,), **options):
        try:
            done = subprocess.run(self.command(words, index), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  text=True, timeout=PATIENCE, **options)
        except subprocess.TimeoutExpired:
            raise Failure(f"{' '.join(words)}: not done after {PATIENCE} s") from None
        if codes is not None and done.returncode not in codes:
            raise Failure(f"{' '.join(words)}: exit {done.returncode} instead of {codes}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done

    def state(self, index=None):
        """Checks the index, and gives what it holds."""
        check = self.run(["check"], index)
        expect(check.stdout == "the index is sound\n" and check.stderr == "", f"check says: {check.stdout}{check.stderr}")
        info = json.loads(self.run(["info", "--json"], index).stdout)
        numbers = tuple((key, info[key]) for key in ("articles", "passages", "terms", "tokens", "batches", "sequence"))
        found = self.run(["search", "zorbal", "--limit", str(ALL), "--dups", "show", "--format", "jsonl"], index, codes=(0, 1))
        hits = [json.loads(line) for line in found.stdout.splitlines()]
        passages = frozenset((hit["passage"]["id"], hit["passage"]["text"], hit["article"]["title"],
                              tuple(hit["article"]["companies"])) for hit in hits)
        expect(len(passages) == len(hits), "a passage is found twice")
        expect(len(passages) == info["passages"], f"{len(passages)} passages are found of {info['passages']}")
        return State(numbers, passages)

    def verify(self, state, versions):
        """The index holds the articles of `versions`, each whole and in its version."""
        expect(state.articles == {"news/" + path for path in versions}, "the index does not hold the articles that were acknowledged")
        for passage, text, title, _ in state.passages:
            path = passage.rsplit("#", 1)[0].removeprefix("news/")
            name = pathlib.Path(path).stem
            for where in (text, title):
                expect(f"{name} version{versions[path]}" in where, f"passage {passage} is not of version {versions[path]}: {where[:80]}")
        for path in random.Random(len(versions)).sample(sorted(versions), min(1, len(versions))):
            shown = json.loads(self.run(["show", "news/" + path, "--json"]).stdout)
            text = "".join(passage["text"] for passage in shown["passages"])
            expect(f"version{versions[path]}" in text, f"show {path} gives another version")

    def snapshot(self):
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.index, copy)
        return copy


class Story:
    """Random batches on a world: what to write into the news, what to run, and what must be in the index afterwards."""

    def __init__(self, world, seed):
        self.world = world
        self.rng = random.Random(seed)
        self.versions = {}
        self.written = 0

    def write(self, path, version, paragraphs=None):
        file = self.world.news / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(article(self.rng, file.stem, version, paragraphs or self.rng.randint(1, 5)), encoding="utf-8")
        self.versions[path] = version

    def add(self, count):
        for _ in range(count):
            self.written += 1
            self.write(f"{self.written // 50:02}/a{self.written:04}.txt", 1)

    def replace(self, count):
        for path in self.rng.sample(sorted(self.versions), min(count, len(self.versions))):
            self.write(path, self.versions[path] + 1)

    def forget(self, count):
        """Deletes files; gives their paths."""
        gone = self.rng.sample(sorted(self.versions), min(count, len(self.versions) // 2))
        for path in gone:
            (self.world.news / path).unlink()
            del self.versions[path]
        return gone

    def batch(self, kind):
        """Prepares a batch; gives the command."""
        run = ["index", str(self.world.news), "--jobs", "2"]
        if kind == "small":
            self.add(self.rng.randint(1, 8))
            return run
        if kind == "large":
            self.add(self.rng.randint(20, 40))
            return run + LARGE
        if kind == "replace":
            self.replace(self.rng.randint(1, 12))
            self.add(self.rng.randint(0, 3))
            return run
        if kind == "replace large":
            self.replace(self.rng.randint(20, 40))
            self.add(self.rng.randint(0, 20))
            return run + LARGE
        if kind == "prune":
            self.forget(self.rng.randint(5, 25))
            self.replace(3)
            return run + ["--prune"]
        if kind == "prune large":
            self.forget(self.rng.randint(5, 25))
            self.add(self.rng.randint(20, 40))
            return run + ["--prune"] + LARGE
        if kind == "remove":
            return ["remove"] + ["news/" + path for path in self.forget(self.rng.randint(1, 20))]
        raise ValueError(kind)


KINDS = ["small", "large", "replace", "replace large", "prune", "prune large", "remove"]


def main(test, usage):
    """Runs test(world, rng_seed, options...) in a folder of its own."""
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        print(usage, file=sys.stderr)
        return 2
    folder = tempfile.mkdtemp(prefix="nutgraf-fault-")
    start = time.monotonic()
    try:
        test(World(os.path.realpath(sys.argv[1]), folder), sys.argv[2:])
    except Failure as failure:
        print(f"FAILED: {failure}\nThe index is kept in {folder}")
        return 1
    shutil.rmtree(folder)
    print(f"passed in {time.monotonic() - start:.1f} s")
    return 0
