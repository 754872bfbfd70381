"""Usage: watch_test.py NUTGRAF FAULT_POINT_LIBRARY    A run of watches that is killed, or out of space, at every call that changes a file.

Whatever happens, what is new is shown by that run or by the next one, the feed can be read and holds it once the marks
have moved, and the watches are there.
"""

import json
import os
import shutil
import signal
import sys
import xml.dom.minidom

from harness import Story, expect, main, preloaded

RUN = ["watch", "run", "--json", "--atom"]


def titles(output):
    """What a whole answer shows; nothing of one that was cut."""
    try:
        return {item["hit"]["article"]["title"] for watch in json.loads(output)["watches"] for item in watch["news"]}
    except json.JSONDecodeError:
        return set()


class Watches:
    def __init__(self, world, library):
        self.world, self.library = world, library
        self.feed = world.folder / "feed.xml"
        self.snapshot = world.folder / "snapshot"
        self.command = RUN + [str(self.feed)]

    def save(self):
        shutil.copytree(self.world.index, self.snapshot)
        self.feed_before = self.feed.read_text()

    def restore(self):
        shutil.rmtree(self.world.index)
        shutil.copytree(self.snapshot, self.world.index)
        self.feed.write_text(self.feed_before)

    def marks(self):
        return [watch["mark"] for watch in json.loads(self.world.run(["watch", "list", "--json"]).stdout)["watches"]]

    def in_feed(self):
        document = xml.dom.minidom.parse(str(self.feed))
        entries = document.getElementsByTagName("entry")
        return {entry.getElementsByTagName("title")[0].firstChild.data for entry in entries}

    def run(self, fault):
        variables = {"NUTGRAF_FAULT": fault} if fault else {}
        return self.world.run(self.command, codes=None, env=preloaded(self.library, **variables))


def test(world, arguments):
    watches = Watches(world, os.path.realpath(arguments[0]))
    story = Story(world, 77)
    story.add(5)
    world.run(["index", str(world.news)])
    world.run(["watch", "add", "zorbal", "zorbal"])
    world.run(["watch", "add", "chips", "chips"])
    world.run(watches.command, codes=(1,))
    before = watches.marks()
    story.add(4)
    world.run(["index", str(world.news)])
    watches.save()

    trace = world.folder / "trace"
    watches.world.run(watches.command, env=preloaded(watches.library, NUTGRAF_FAULT_TRACE=str(trace)))
    calls = trace.read_text()
    after, all_news = watches.marks(), watches.in_feed()
    expect(after != before and len(all_news) == 4, f"the run without a fault shows {all_news}")
    outcomes = {"kept": 0, "moved": 0}
    for number in range(1, len(calls) + 1):
        for kind in ("kill", "full", "short"):
            watches.restore()
            where = f"{kind}, call {number} of {len(calls)} ({calls})"
            done = watches.run(f"{kind}:{number}")
            if kind == "kill":
                expect(done.returncode == -signal.SIGKILL, f"{where}: exit {done.returncode}")
            elif done.returncode != 0:
                expect(done.returncode == 70 and "no space left" in done.stderr.lower(), f"{where}: {done.returncode} {done.stderr}")
            marks = watches.marks()
            expect(marks in (before, after), f"{where}: the marks are {marks}")
            outcomes["moved" if marks == after else "kept"] += 1
            watches.in_feed()  # can be read
            second = watches.run(None)
            if marks == after:
                expect(titles(done.stdout) == all_news and second.returncode == 1, f"{where}: news was lost, or is shown again")
            else:
                expect(done.returncode != 0, f"{where}: exit 0, but the marks did not move")
                expect(titles(second.stdout) == all_news, f"{where}: the next run does not show all")
            expect(watches.in_feed() == all_news, f"{where}: the feed holds {watches.in_feed()}")
            expect(watches.marks() == after, f"{where}: the marks do not move any more")
    print(f"{len(calls)} calls ({calls}): {outcomes}")
    expect(min(outcomes.values()) > 0, "the faults did not come on both sides of the marks")


if __name__ == "__main__":
    sys.exit(main(test, __doc__.splitlines()[0]))
