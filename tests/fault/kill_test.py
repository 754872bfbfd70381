"""Usage: kill_test.py NUTGRAF [SEED [ROUNDS]]    Kills writers at random moments (SIGKILL).

Each round prepares a batch, small or large, of new, replaced, pruned or removed articles. It runs once in a copy of the
index, undisturbed: that says how long it takes and what it leads to. Then it runs in the index and is killed. After that
the index must be sound and hold what it held before, or what the copy holds, nothing between; and the same run again must
succeed and lead to what the copy holds.
"""

import collections
import signal
import subprocess
import sys
import time

from harness import KINDS, Story, expect, main

SEED = 20250227
ROUNDS = 50
# So many of 50 kills must hit a running process.
HITS = 0.6


def killed_run(world, words, delay):
    """True: it was running when the signal came."""
    process = subprocess.Popen(world.command(words), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(delay)
    process.kill()
    return process.wait() == -signal.SIGKILL


def test(world, arguments):
    seed = int(arguments[0]) if arguments else SEED
    rounds = int(arguments[1]) if len(arguments) > 1 else ROUNDS
    print(f"seed {seed}, {rounds} rounds")
    story = Story(world, seed)
    story.add(150)
    world.run(["index", str(world.news)])
    before = world.state()
    world.verify(before, story.versions)

    results = collections.Counter()
    for number in range(rounds):
        # Small batches that follow each other matter: a large one starts afresh, and would hide what a kill left lying about.
        kind = story.rng.choice([*KINDS, "small", "small", "replace"])
        words = story.batch(kind)
        copy = world.snapshot()
        start = time.monotonic()
        world.run(words, copy)
        duration = time.monotonic() - start
        after = world.state(copy)
        expect(before != after, f"round {number}: the batch changes nothing")

        # The later part, where it is written and published, gets more of the kills.
        share = story.rng.random() if number % 2 == 0 else story.rng.uniform(0.5, 1.0)
        hit = killed_run(world, words, share * duration)
        found = world.state()
        if found == before:
            outcome = "before"
        elif found == after:
            outcome = "after"
        else:
            expect(False, f"round {number}, {kind}, killed at {share:.2f} of {duration:.3f} s: the index holds neither what was before "
                          f"the batch nor what is after it\nbefore {before.numbers}\nfound  {found.numbers}\nafter  {after.numbers}")
        results["running" if hit else "too late"] += 1
        results[outcome] += 1
        if hit and outcome == "after":
            results["running, yet after"] += 1
        # What is gone already cannot be removed again.
        world.run(words, codes=(0, 1) if words[0] == "remove" and outcome == "after" else (0,))
        before = world.state()
        expect(before == after, f"round {number}, {kind}: the next run does not lead to the same index\ngot      {before.numbers}\nexpected {after.numbers}")
        world.verify(before, story.versions)  # every passage of every article is there, in its version
        if number % 10 == 9:
            print(f"round {number + 1}: {len(story.versions)} articles, {len(before.passages)} passages; {dict(results)}", flush=True)

    print(f"{rounds} kills: {results['running']} hit a running process; {results['before']} left the index as before, "
          f"{results['after']} with the whole batch (of which {results['running, yet after']} were still running)")
    expect(results["running"] >= HITS * rounds, "too few kills hit a running process")
    expect(results["before"] > 0, "no kill came before a batch was in")


if __name__ == "__main__":
    sys.exit(main(test, __doc__.splitlines()[0]))
