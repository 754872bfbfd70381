"""Usage: shards_test.py NUTGRAF FAULT_POINT_LIBRARY kill|full [POINTS]    Crashes and full disks while several shards are written.

As points_test.py, of an index in three shards: after the fault each shard must be sound, and hold what it held before the
batch or all of the batch that belongs there. The same run completes the batch. A watch that runs in between and afterwards
shows everything that came.
"""

import dataclasses
import json
import os
import pathlib
import shutil
import sys

from harness import Failure, KINDS, Story, expect, main
from points_test import POINTS, SEED, Points, chosen

SHARDS = 3
LACKING = "a batch is missing that other shards have: run it again"


@dataclasses.dataclass
class Outcomes:
    before: int = 0
    between: int = 0
    after: int = 0


class ShardPoints(Points):
    def __init__(self, world, library, mode, points):
        super().__init__(world, library, mode, points)
        self.outcomes = Outcomes()

    def states(self, index):
        """Of each shard by itself."""
        return [self.world.state(pathlib.Path(index) / f"shard-{number:03}") for number in range(1, SHARDS + 1)]

    def news(self):
        """Titles that the watch has not shown before."""
        run = json.loads(self.world.run(["watch", "run", "--json", "--limit", "10000"], codes=(0, 1)).stdout)
        return {item["hit"]["article"]["title"] for watch in run["watches"] for item in watch["news"]}

    def check_fault(self, before, after, where):
        """What the fault left; gives whether the batch is in."""
        shards = self.states(self.world.index)
        for number, (found, one, other) in enumerate(zip(shards, before, after), 1):
            expect(found in (one, other), f"{where}: shard {number} holds neither what was before the batch nor what is after it")
        check = self.world.run(["check"], codes=(0, 3))
        for line in check.stderr.splitlines():
            expect(line.endswith(LACKING), f"{where}: check says {line}")
        even = len({dict(shard.numbers)["sequence"] for shard in shards}) == 1
        expect(even == (check.returncode == 0), f"{where}: check does not tell whether the shards are even")
        self.outcomes.before += shards == before
        self.outcomes.after += shards == after
        self.outcomes.between += shards not in (before, after)
        return shards == after

    def run(self, kind, words, _=None):
        world = self.world
        snapshot, copy = world.folder / "snapshot", world.folder / "copy"
        before = self.states(world.index)
        titles_before = {title for _, _, title, _ in world.state().passages}
        for folder in (snapshot, copy):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(world.index, folder)
        trace = self.trace(words, copy)
        after, whole = self.states(copy), world.state(copy)
        new = {title for _, _, title, _ in whole.passages} - titles_before
        numbers = chosen(trace, self.points)
        for number in numbers:
            self.restore(snapshot)
            where = f"{kind}, call {number} of {len(trace)} ({trace[number - 1]})"
            through = self.faulty(words, number)
            self.faults += 1
            is_in = self.check_fault(before, after, where)
            expect(is_in or not through, f"{where}: exit 0, but the batch is not in")
            seen = self.news()
            world.run(words, codes=(0, 1) if words[0] == "remove" else (0,))
            expect(world.state().passages == whole.passages, f"{where}: the next run does not complete the batch")
            seen |= self.news()
            if words[0] == "index":
                expect(seen >= new, f"{where}: the watch missed {sorted(new - seen)}")
        self.restore(copy)
        print(f"{kind}: {len(numbers)} faults in {len(trace)} calls {''.join(sorted(set(trace)))}", flush=True)

    def run_first(self, words):
        """The making of an index and its first batch."""
        world, copy = self.world, self.world.folder / "copy"
        trace = self.trace(words, copy)
        whole = world.state(copy)
        for number in chosen(trace, self.points):
            self.restore(None)
            where = f"first, call {number} of {len(trace)} ({trace[number - 1]})"
            self.faulty(words, number)
            self.faults += 1
            made = (world.index / "shards").exists()
            world.run(["info"], codes=(0,) if made else (3,))
            world.run(words)
            expect(world.state().passages == whole.passages, f"{where}: the next run does not complete the batch")
        self.restore(copy)


def test(world, arguments):
    library, mode = os.path.realpath(arguments[0]), arguments[1]
    points = ShardPoints(world, library, mode, int(arguments[2]) if len(arguments) > 2 else POINTS)
    story = Story(world, SEED)
    story.add(12)
    points.run_first(["index", str(world.news), "--jobs", "1", "--shards", str(SHARDS)])
    story.add(60)
    world.run(["index", str(world.news)])
    world.run(["watch", "add", "all", "zorbal"])
    world.run(["watch", "run"], codes=(0, 1))
    for kind in KINDS:
        words = story.batch(kind)
        words = ["1" if before == "--jobs" else word for before, word in zip([None] + words, words)]
        points.run(kind, words)
        world.verify(world.state(), story.versions)
        points.news()
    outcomes = points.outcomes
    print(f"{points.faults} faults: {outcomes.before} left the index as before, {outcomes.after} with the whole batch, "
          f"{outcomes.between} with a part of it")
    if min(outcomes.before, outcomes.between, outcomes.after) == 0 and mode == "kill":
        raise Failure("the faults do not come before, between and after the shards")


if __name__ == "__main__":
    sys.exit(main(test, __doc__.splitlines()[0]))
