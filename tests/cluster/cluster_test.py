"""Usage: cluster_test.py NUTGRAF FOLDER [EACH]    Shards of the articles in FOLDER, behind servers, answer like one index.

Four servers on this machine are asked EACH questions of every kind; then servers die, stop, come back in part and serve
something else. Needs xapian-tools; everything that is started is stopped.
"""

import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "shards"))

from equal_test import Failure, answers, compare, compare_commands, differing  # noqa: E402
from questions import Questions, hints, run  # noqa: E402

SCRIPT = HERE.parent.parent / "scripts" / "cluster.sh"
SEED = 2026
EACH = 8
SHARDS = 4
# So long a server may take before it is given up. Only those that never answer should.
TIMEOUT_MS = 5000
SHORT_TIMEOUT_MS = 400


def expect(holds, message):
    if not holds:
        raise Failure(message)


def free_ports(count):
    """The first of so many ports side by side that nobody listens on."""
    for _ in range(100):
        first = random.randrange(20000, 30000)
        sockets = []
        try:
            for port in range(first, first + count):
                sockets.append(socket.create_server(("127.0.0.1", port)))
            return first
        except OSError:
            pass
        finally:
            for one in sockets:
                one.close()
    raise Failure(f"no {count} free ports")


class Cluster:
    def __init__(self, program, index):
        self.program, self.index, self.port = program, index, free_ports(SHARDS + 4)

    def __enter__(self):
        self.script("start", self.index, self.port)
        self.file = self.index / "cluster.json"
        self.change(timeout_ms=TIMEOUT_MS)
        return self

    def __exit__(self, *_):
        self.signal_all(signal.SIGCONT)
        self.script("stop", self.index)

    def script(self, *words):
        done = subprocess.run([SCRIPT, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise Failure(f"cluster.sh {' '.join(map(str, words))}: {done.stdout}{done.stderr}")

    def change(self, **keys):
        self.file.write_text(json.dumps({**json.loads(self.file.read_text()), **keys}))

    def process(self, port):
        lines = (self.index / "cluster" / "servers").read_text().splitlines()
        return next(int(line.split()[2]) for line in lines if int(line.split()[1]) == port)

    def signal_all(self, number):
        for line in (self.index / "cluster" / "servers").read_text().splitlines():
            try:
                os.killpg(int(line.split()[2]), number)
            except ProcessLookupError:
                pass

    def kill(self, port):
        os.killpg(self.process(port), signal.SIGKILL)
        while True:  # until nobody takes connections there
            try:
                socket.create_connection(("127.0.0.1", port)).close()
            except OSError:
                return

    def search(self, query, *options, codes=(0,)):
        return json.loads(run(self.program, ["search", query, "--index", self.file, "--json", *options], codes=codes))

    def refuses(self, words, message):
        done = subprocess.run([str(self.program), *words, "--index", str(self.file)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        expect(done.returncode == 3 and message in done.stderr, f"{words}: exit {done.returncode}: {done.stderr}")


def articles_of(program, index):
    lines = run(program, ["search", "*", "--index", index, "--by", "article", "--dups", "show", "--limit", 10000, "--format", "jsonl"]).splitlines()
    return {json.loads(line)["article"]["id"] for line in lines}


def without_databases(index, copy):
    """What a coordinator needs of an index that others serve."""
    for shard in range(1, SHARDS + 1):
        folder = index / f"shard-{shard:03}"
        generation = (folder / "CURRENT").read_text().strip()
        target = copy / folder.name
        (target / generation / "passages").mkdir(parents=True)
        shutil.copy(folder / "CURRENT", target)
        for file in (folder / generation).iterdir():
            if file.is_file():
                shutil.copy(file, target / generation)
        shutil.copy(folder / generation / "passages" / "iamglass", target / generation / "passages")


def test_equality(cluster, one, each, folder):
    program = cluster.program
    known = hints(program, one)
    rounds = Questions(known, SEED).rounds(each)
    expected = [answers(program, one, options, questions, folder) for options, questions in rounds]
    copy = folder / "copy"
    without_databases(cluster.index, copy)
    shutil.copy(cluster.file, copy / "cluster.json")
    asked = compare(program, rounds, expected, copy / "cluster.json", False, folder)
    commands = compare_commands(program, known, one, copy / "cluster.json")
    for words in (["show", known.ids[0], "--json"], ["suggest", "mod", "--json"]):
        a, b = (run(program, [*words, "--index", index]) for index in (one, cluster.file))
        expect(a == b, f"{words}: {a} / {b}")
    found = sum(bool(answer["hits"]) for of_round in expected for answer in of_round)
    expect(found * 2 > asked, "half of the questions should find something")
    print(f"{asked} questions, of which {found} find something, and {commands} commands: servers answer as one index", flush=True)


def test_missing(cluster, one):
    """Of the second shard; what the others have is all there."""
    everything = articles_of(cluster.program, one)
    absent = articles_of(cluster.program, cluster.index / "shard-002")
    expect(absent and absent < everything, "the second shard should have some articles")

    def check(reason):
        answer = cluster.search("*", "--by", "article", "--dups", "show", "--limit", 10000)
        found = {hit["article"]["id"] for hit in answer["hits"]}
        expect(answer.get("partial") is True, f"{reason}: not said to be partial")
        expect([(missing["shard"], missing["server"], reason in missing["reason"]) for missing in answer["missing_shards"]]
               == [(2, f"127.0.0.1:{cluster.port + 1}", True)], f"{reason}: {answer['missing_shards']}")
        expect(found == everything - absent, f"{reason}: {len(found)} articles, not {len(everything - absent)}")
        there, gone = min(everything - absent), min(absent)
        expect(cluster.search(f"id:{there}")["total"]["passages"] > 0, "an article of another shard should be found")
        cluster.refuses(["search", "*", "--strict"], "shard 2 (")
        cluster.refuses(["similar", there, "--strict"], "shard 2 (")
        cluster.refuses(["similar", gone], "shard 2 (")
        cluster.refuses(["show", there], "shard 2 (")
        cluster.refuses(["timeline", "nvidia"], "shard 2 (")

    cluster.change(timeout_ms=SHORT_TIMEOUT_MS)
    os.killpg(cluster.process(cluster.port + 1), signal.SIGSTOP)  # takes connections and never answers
    check("Timeout")
    os.killpg(cluster.process(cluster.port + 1), signal.SIGCONT)
    cluster.change(timeout_ms=TIMEOUT_MS)
    expect("partial" not in cluster.search("*"), "a server that goes on should be heard again")
    return check


def test_death_between_queries(cluster):
    """One process, and a server that dies while it is at work."""
    run_of_queries = subprocess.Popen([str(cluster.program), "search", "--queries", "-", "--jobs", "1", "--index", str(cluster.file), "--format", "json"],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def ask(query):
        run_of_queries.stdin.write(query + "\n")
        run_of_queries.stdin.flush()
        return json.loads(run_of_queries.stdout.readline())

    try:
        expect("partial" not in ask("chips"), "all servers are there")
        cluster.kill(cluster.port + 1)
        answer = ask("chips")
        expect(answer.get("partial") is True and answer["hits"], "the other servers should have answered")
    finally:
        run_of_queries.stdin.close()
        run_of_queries.wait(timeout=60)


def test_replica(cluster, one, folder):
    cluster.script("replicate", cluster.index, 2, folder / "replica", cluster.port + SHARDS)
    cluster.change(timeout_ms=TIMEOUT_MS)
    answer, expected = cluster.search("chips", "--dups", "show"), json.loads(run(cluster.program, ["search", "chips", "--index", one, "--json", "--dups", "show"]))
    expect(answer == expected, "a replica should take the place of a server that is dead")


def test_other_state(cluster):
    """A small batch is seen by the next connection; after a large one, folder and replica are of two generations."""
    cluster.script("replicate", cluster.index, 1, cluster.index.parent / "old", cluster.port + SHARDS)
    for number, options in ((1, []), (2, ["--small-batch", "1"])):
        news = cluster.index.parent / f"news-{number}"
        news.mkdir()
        for article in range(3 * SHARDS):
            (news / f"{article}.txt").write_text(f"Zorbalite {number}\n\nThe mineral zorbalite was found in place {article}.\n")
        run(cluster.program, ["index", news, "--index", cluster.index, "--quiet", *options])
        if number == 1:
            expect(cluster.search("zorbalite")["total"]["articles"] == 3 * SHARDS, "a small batch should be seen")
            run(cluster.program, ["remove", *(f"{news.name}/{article}.txt" for article in range(0, 3 * SHARDS, 2)), "--index", cluster.index])
            for query in ("zorbalite", "lang:en", "-zorbalite", "the OR \"the mineral\""):
                words = ["search", "--facets", "lang,source,company,month", "--json"]
                here, served = (json.loads(run(cluster.program, [*words, "--index", index, "--", query])) for index in (cluster.index, cluster.file))
                expect(here == served, f"{query!r} after a removal: {differing(here, served)}")
    shards = json.loads(cluster.file.read_text())["shards"]
    shards[0] |= {"port": cluster.port + SHARDS, "replicas": []}
    cluster.change(shards=shards)
    cluster.refuses(["search", "zorbalite"], "hold different states of the shard")


def test(program, source, each):
    with tempfile.TemporaryDirectory(prefix="nutgraf-cluster-") as name:
        folder = pathlib.Path(name)
        one, four = folder / "one", folder / "four"
        for index, options in ((one, []), (four, ["--shards", SHARDS])):
            run(program, ["index", source, "--index", index, "--quiet", *options])
        with Cluster(program, four) as cluster:
            test_equality(cluster, one, each, folder)
            check_missing = test_missing(cluster, one)
            test_death_between_queries(cluster)
            check_missing("Connection refused")
            test_replica(cluster, one, folder)
        with Cluster(program, four) as cluster:
            test_other_state(cluster)
        print("servers that die, stop, are replaced and serve another state: as it should be")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.splitlines()[0])
    for tool in ("xapian-tcpsrv", "xapian-replicate", "xapian-replicate-server"):
        if shutil.which(tool) is None:
            print(f"skipped: cluster: needs {tool} (apt-get install xapian-tools)")
            sys.exit(77)
    try:
        test(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) == 4 else EACH)
    except Failure as failure:
        sys.exit(f"cluster_test: {failure}")
