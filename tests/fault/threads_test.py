"""Usage: threads_test.py NUTGRAF FAULT_POINT_LIBRARY    A large batch in which one thread cannot be started, each in turn.

The batch is done by the others, or it ends with a message and the index is as before.
"""

import os
import sys

from harness import LARGE, Story, expect, main, preloaded

# Of the batch: one trains, then there are three workers, then those that write, check and delete.
THREADS = 10
WORKERS = 3
LATER_WORKERS = {3, 4}


def test(world, arguments):
    library = os.path.realpath(arguments[0])
    story = Story(world, 5)
    story.add(30)
    world.run(["index", str(world.news)])
    before = world.state()
    story.add(60)
    words = ["index", str(world.news), "--jobs", str(WORKERS), *LARGE]
    expected = None
    done = []
    for thread in range(1, THREADS + 1):
        copy = world.snapshot()
        run = world.run(words, copy, codes=(0, 70), env=preloaded(library, NUTGRAF_FAULT=f"thread:{thread}"))
        if run.returncode == 0:
            done.append(thread)
            after = world.state(copy)
            world.verify(after, story.versions)
            expect(expected in (None, after), f"thread {thread}: another index without it")
            expected = after
        else:
            expect("temporarily unavailable" in run.stderr, f"thread {thread}: no message: {run.stderr!r}")
            expect(world.state(copy) == before, f"thread {thread}: the index is not as before")
    print(f"batches were done without thread {done} of {THREADS}")
    expect(LATER_WORKERS <= set(done), "a worker that is missing ends the batch")


if __name__ == "__main__":
    sys.exit(main(test, __doc__.splitlines()[0]))
