"""Usage: limit_test.py NUTGRAF    A disk that fills in the middle of a batch, and of a merge, by a limit on the size of files.

Without any library in between: the limit of the system (RLIMIT_FSIZE) makes writes fail with EFBIG.
"""

import resource
import signal
import sys

from harness import LARGE, Story, expect, main


def limited(size):
    def apply():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return apply


def test(world, arguments):
    story = Story(world, 11)
    story.add(150)
    world.run(["index", str(world.news)])
    before = world.state()
    failed = {"small": 0, "large": 0}
    story.add(150)
    words = ["index", str(world.news)]
    for name, more in (("small", []), ("large", LARGE)):
        for size in (1000, 20_000, 60_000, 100_000, 200_000, 300_000, 400_000):
            done = world.run(words + more, codes=(0, 70), preexec_fn=limited(size), restore_signals=False)
            if done.returncode == 0:
                break
            failed[name] += 1
            expect("too large" in done.stderr.lower(), f"{name}, limit {size}: the message does not say why: {done.stderr!r}")
            expect(world.state() == before, f"{name}, limit {size}: the index is not as before")
        else:
            world.run(words + more)
        after = world.state()
        world.verify(after, story.versions)
        before = after
        story.add(200)
    print(f"limits that stopped a batch: {failed}")
    expect(min(failed.values()) >= 2, "too few limits stopped a batch")


if __name__ == "__main__":
    sys.exit(main(test, __doc__.splitlines()[0]))
