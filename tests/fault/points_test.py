"""Usage: points_test.py NUTGRAF FAULT_POINT_LIBRARY kill|full [POINTS]    Crashes at each call that changes a file, or a full disk from there on.

For a small batch, a large one, replacements both ways, a prune, a removal, another table of companies and the first batch
of all: the run is traced
once in a copy of the index; then for many of its calls (all that sync, rename, cut or delete; of the writes as many as
POINTS leaves) it runs with the fault there. The index must be sound and hold what it held before or what the copy holds.
A full disk must be said in one message, with exit code 70, and leave what was before, unless it came after the batch
was in. At the end of each kind the run without a fault must succeed.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys

from harness import KINDS, Story, expect, main, preloaded

SEED = 512
POINTS = 4


def chosen(trace, points):
    """Numbers of the calls to fault, from 1."""
    structural = [number for number, what in enumerate(trace, 1) if what not in "w"]
    writes = [number for number, what in enumerate(trace, 1) if what == "w"]

    def spread(numbers, count):
        if len(numbers) <= count:
            return numbers
        # The last ones count most: there a batch is published.
        step = len(numbers) / count
        return sorted({numbers[int(i * step)] for i in range(count)} | {numbers[-1]})

    return sorted(set(spread(structural, 2 * points)) | set(spread(structural[-10:], 10)) | set(spread(writes, points)))


class Points:
    def __init__(self, world, library, mode, points):
        self.world, self.library, self.mode, self.points = world, library, mode, points
        self.faults = self.before = self.after = 0

    def restore(self, snapshot):
        shutil.rmtree(self.world.index, ignore_errors=True)
        if snapshot:
            shutil.copytree(snapshot, self.world.index)

    def trace(self, words, index):
        file = self.world.folder / "trace"
        file.unlink(missing_ok=True)
        self.world.run(words, index, env=preloaded(self.library, NUTGRAF_FAULT_TRACE=str(file)))
        return file.read_text()

    def faulty(self, words, number):
        """Runs with a fault; True where it went through all the same."""
        fault = ("kill" if self.mode == "kill" else "short" if number % 2 else "full") + f":{number}"
        done = self.world.run(words, codes=None, env=preloaded(self.library, NUTGRAF_FAULT=fault))
        if self.mode == "kill":
            expect(done.returncode in (0, -signal.SIGKILL), f"{fault}: exit {done.returncode}\n{done.stderr}")
        elif done.returncode != 0:
            message = done.stderr.strip()
            expect(done.returncode == 70, f"{fault}: exit {done.returncode} instead of 70\n{message}")
            expect(message.startswith("nutgraf: ") and message.count("\n") <= 1, f"{fault}: the message is {message!r}")
            expect("no space left" in message.lower(), f"{fault}: the message does not say that the disk is full: {message!r}")
        return done.returncode == 0

    def run(self, kind, words, empty_before):
        world = self.world
        snapshot = None
        before = None
        if not empty_before:
            before = world.state()
            snapshot = world.folder / "snapshot"
            shutil.rmtree(snapshot, ignore_errors=True)
            shutil.copytree(world.index, snapshot)
        copy = world.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        if snapshot:
            shutil.copytree(snapshot, copy)
        trace = self.trace(words, copy)
        after = world.state(copy)
        numbers = chosen(trace, self.points)
        for number in numbers:
            self.restore(snapshot)
            where = f"{kind}, call {number} of {len(trace)} ({trace[number - 1]})"
            through = self.faulty(words, number)
            self.faults += 1
            if empty_before and not (world.index / "CURRENT").exists():
                world.run(["info"], codes=(3,))
                found = None
            else:
                found = world.state()
            expect(found in (before, after), f"{where}: the index holds neither what was before the batch nor what is after it")
            expect(found == after or not through, f"{where}: exit 0, but the batch is not in")
            self.before += found == before
            self.after += found == after
            # Also with what the fault left lying about, the same run succeeds.
            world.run(words, codes=(0, 1) if words[0] == "remove" and found == after else (0,))
            expect(world.state() == after, f"{where}: the next run does not lead to the same index")
            if found == before and "large" not in kind:
                # And another one: that the same run came again may have hidden what was left.
                extra = world.news / "extra.txt"
                extra.write_text("Zorbal extra story, version1 of it.\n")
                world.run(["index", str(world.news)])
                expect(len(world.state().passages) == len(after.passages) + 1, f"{where}: one more article, but not one more passage")
                extra.unlink()
        self.restore(copy)
        print(f"{kind}: {len(numbers)} faults in {len(trace)} calls {''.join(sorted(set(trace)))}", flush=True)


def test(world, arguments):
    library, mode = os.path.realpath(arguments[0]), arguments[1]
    points = Points(world, library, mode, int(arguments[2]) if len(arguments) > 2 else POINTS)
    story = Story(world, SEED)
    story.add(12)
    points.run("first", ["index", str(world.news), "--jobs", "1"], True)
    story.add(60)
    world.run(["index", str(world.news)])
    for kind in KINDS:
        words = story.batch(kind)
        words = ["1" if before == "--jobs" else word for before, word in zip([None] + words, words)]
        points.run(kind, words, False)
        world.verify(world.state(), story.versions)
    table = world.folder / "companies.json"
    table.write_text('{"schema": "nutgraf.companies/1", "companies": [{"id": "zorbal", "name": "Zorbal"}]}')
    points.run("retag", ["companies", "--retag", "--companies", str(table)], False)
    print(f"{points.faults} faults: {points.before} left the index as before, {points.after} with the whole batch")
    expect(points.before > 0, "no fault came before a batch was in")


if __name__ == "__main__":
    sys.exit(main(test, __doc__.splitlines()[0]))
