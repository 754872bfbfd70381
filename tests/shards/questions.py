"""What to ask an index: questions of every kind, made of the words that its own articles hold."""

import dataclasses
import json
import random
import re
import subprocess

WORD = re.compile(r"[A-Za-z][A-Za-z0-9'.-]*[A-Za-z0-9]|\d[\d.,]*\d|[一-鿿]{2,4}")
# What most articles have: asked for them, an index tells what is in it.
COMMON = ["the", "of", "and", "in", "der", "le", "的", "一", "中"]


@dataclasses.dataclass
class Hints:
    """What the articles of an index have in common with questions."""
    ids: list
    texts: list
    titles: list
    sources: list
    languages: list
    days: list
    companies: list


def run(program, words, codes=(0, 1)):
    done = subprocess.run([str(program), *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
    if done.returncode not in codes:
        raise SystemExit(f"{' '.join(map(str, words))}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def hints(program, index, limit=2000):
    hits = []
    for word in COMMON:
        lines = run(program, ["search", word, "--index", index, "--limit", limit, "--dups", "show", "--format", "jsonl"]).splitlines()
        hits += [json.loads(line) for line in lines]
    articles = {hit["article"]["id"]: hit["article"] for hit in hits}.values()

    def all_of(key):
        return sorted({article[key] for article in articles if article[key]}) or ["nothing"]

    return Hints(ids=all_of("id"), texts=sorted({hit["passage"]["text"] for hit in hits}), titles=all_of("title"), sources=all_of("source"),
                 languages=all_of("lang"), days=all_of("date"),
                 companies=sorted({company for article in articles for company in article["companies"]}) or ["nobody"])


class Questions:
    def __init__(self, known, seed):
        self.known, self.random = known, random.Random(seed)

    def run_of_words(self, most, texts=None):
        """Words as they stand side by side in a text."""
        while True:
            words = WORD.findall(self.random.choice(texts or self.known.texts))
            if words:
                begin = self.random.randrange(len(words))
                return words[begin:begin + self.random.randint(1, most)]

    def word(self):
        return self.run_of_words(1)[0]

    def title_word(self):
        return self.run_of_words(1, self.known.titles)[0]

    def phrase(self):
        return f'"{" ".join(self.run_of_words(4))}"'

    def leaf(self):
        make = self.random.choice([
            self.word, self.word, self.phrase,
            lambda: f"{self.word()} NEAR/{self.random.randint(1, 9)} {self.word()}",
            lambda: " NEAR/6 ".join((self.run_of_words(3) + [self.word()])[:2]),
            lambda: self.word()[:self.random.randint(3, 5)] + "*",
            lambda: f"title:{self.title_word()}",
            lambda: f'title:"{" ".join(self.run_of_words(2, self.known.titles))}"',
            lambda: f"heading:{self.word()}",
        ])
        return make()

    def field(self):
        make = self.random.choice([
            lambda: f'source:"{self.random.choice(self.known.sources)}"',
            lambda: f"lang:{self.random.choice(self.known.languages)}",
            lambda: f"date:{self.random.choice(self.known.days)[:self.random.choice([4, 7, 10])]}",
            lambda: f'id:"{self.random.choice(self.known.ids)}"',
            lambda: f"company:{self.random.choice(self.known.companies)}",
        ])
        return make()

    def nested(self, depth):
        if depth == 0:
            return self.leaf()
        a, b, c = (self.nested(depth - 1) for _ in range(3))
        return self.random.choice([f"({a}) AND ({b})", f"({a}) OR ({b})", f"({a}) NOT ({b})", f"+({a}) ({b}) -({c})", f"({a}) -({b})",
                                   f"({a}) ({b}) {self.field()}", f"{self.field()} ({c})"])

    def plain(self):
        return " ".join(self.run_of_words(6))

    def company(self):
        return self.random.choice([lambda: f"company:{self.random.choice(self.known.companies)}",
                                   lambda: f"{self.random.choice(self.known.companies)} {self.word()}"])()

    def rounds(self, each):
        """Options of `nutgraf search`, and what to ask with them."""
        days = sorted(self.random.choices(self.known.days, k=2))
        company, source = self.random.choice(self.known.companies), self.random.choice(self.known.sources)
        mixed = [lambda: self.nested(1), lambda: self.nested(2), self.plain, self.leaf, self.company, self.field]
        kinds = [
            ([], [self.leaf]), ([], [lambda: self.nested(1)]), ([], [lambda: self.nested(2)]), ([], [self.company]), ([], [self.field]),
            (["--limit", "200", "--dups", "show"], mixed), (["--offset", "10"], mixed), (["--by", "article"], mixed),
            (["--by", "article", "--offset", "10", "--limit", "5"], mixed), (["--sort", "date"], mixed),
            (["--sort", "date", "--by", "article", "--offset", "5"], mixed), (["--recency", "60d"], mixed),
            (["--company", company], mixed), (["--since", days[0], "--until", days[1]], mixed), (["--source", source], mixed),
            (["--lang", "zh"], mixed), (["--plain"], [self.plain]), (["--no-expand"], [self.company]), (["--explain"], mixed),
            (["--facets", "company,source,lang,day,week,month,year"], mixed), (["--facets", "company,source", "--by", "article"], mixed),
        ]
        kinds += [(["--rank", rank], mixed) for rank in ("fast", "thorough")]
        return [(options, [self.random.choice(makers)() for _ in range(each)]) for options, makers in kinds]
