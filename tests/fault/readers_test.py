"""Usage: readers_test.py NUTGRAF FAULT_POINT_LIBRARY    Searches without a pause while a writer commits 20 small batches and 12 large ones.

Every search answers with exit code 0 or 1, valid JSON and nothing on stderr, and sees whole batches only. Some of the
searches wait after each file they open, so that a new generation comes in between, and the old one goes.
"""

import json
import os
import subprocess
import sys
import threading

from harness import LARGE, Story, expect, main, preloaded

# Milliseconds that a reader waits after each file.
READERS = [0, 3, 15]
LARGE_BATCHES = {2, 5, 7, 8, 12, 15, 16, 20, 23, 26, 27, 30}
BATCHES = 32


def test(world, arguments):
    library = os.path.realpath(arguments[0])
    story = Story(world, 7)
    story.add(120)
    world.run(["index", str(world.news)])
    allowed = {len(story.versions)}
    done = threading.Event()
    problems = []
    answers = [0] * len(READERS)
    seen = set()

    def read(number):
        commands = [["search", "zorbal", "--json", "--by", "article", "--limit", "2000", "--dups", "show"],
                    ["search", "\"zorbal report\" DeepSeek", "--json"],
                    ["info", "--json"],
                    ["show", "news/00/a0001.txt", "--json"]]
        environment = dict(os.environ)
        if READERS[number] > 0:
            environment = preloaded(library, NUTGRAF_FAULT=f"pause:{READERS[number]}")
        while not done.is_set() and len(problems) < 10:
            words = commands[answers[number] % len(commands)]
            found = subprocess.run(world.command(words), stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment)
            answers[number] += 1
            try:
                values = json.loads(found.stdout)
            except ValueError:
                values = None
            if found.returncode not in (0, 1) or values is None or found.stderr:
                problems.append(f"{' '.join(words)}: exit {found.returncode}\n{found.stdout[:300]}{found.stderr[:1000]}")
                continue
            if words[0] == "search" and "--by" in words:
                seen.add(len(values["hits"]))
            if words[0] == "info":
                seen.add(values["articles"])

    threads = [threading.Thread(target=read, args=(number,)) for number in range(len(READERS))]
    for thread in threads:
        thread.start()
    try:
        for batch in range(BATCHES):
            large = batch in LARGE_BATCHES
            story.add(20 if large else 5)
            story.replace(20 if large else 3)
            allowed.add(len(story.versions))
            world.run(["index", str(world.news)] + (LARGE if large else []))
    finally:
        done.set()
        for thread in threads:
            thread.join()
    print(f"{sum(answers)} searches while {BATCHES} batches came in; states seen: {len(seen)} of {len(allowed)}")
    expect(not problems, f"{len(problems)} answers were wrong, such as:\n" + "\n".join(problems[:4]))
    expect(seen <= allowed, f"a search saw part of a batch: {sorted(seen - allowed)} articles")
    expect(sum(answers) >= 40, "too few searches")
    world.verify(world.state(), story.versions)


if __name__ == "__main__":
    sys.exit(main(test, __doc__.splitlines()[0]))
