"""Running commands in turn, timing them from start to exit, and what they take of memory."""

import os
import time
from dataclasses import dataclass
from statistics import median
from typing import Callable


@dataclass(frozen=True)
class Contender:
    """A command that may depend on the number of its turn, as may what is done before its turn."""

    command: Callable[[int], list]
    before: Callable[[int], None] = lambda turn: None


@dataclass(frozen=True)
class Taken:
    """What a contender took, turn by turn."""

    turns: list

    @property
    def seconds(self):
        return median(seconds for seconds, *_ in self.turns)

    @property
    def megabytes(self):
        return median(megabytes for _, megabytes, _ in self.turns)

    @property
    def processor_seconds(self):
        return median(processor for *_, processor in self.turns)

    def times(self, other):
        """How many times as long as another one: the median of the turns, because what disturbs one
        command of a turn disturbs the next one too."""
        return median(ours / theirs for (ours, *_), (theirs, *_) in zip(self.turns, other.turns))


def measure(turns, *contenders):
    """A, B, …, A, B, …, so that whatever else the machine does falls on all; the first turn only warms up."""
    taken = [[] for _ in contenders]
    for turn in range(turns + 1):
        for contender, results in zip(contenders, taken):
            contender.before(turn)
            results.append(run(contender.command(turn)))
    return [Taken(results[1:]) for results in taken]


def run(command, output="/dev/null"):
    """Runs a command to its end and tells the seconds, megabytes and processor seconds; a failure ends the
    comparison.

    Memory is the most that the process itself held, as the system counts it, which is never less
    than what this program holds when it starts another one: about 20 MB.
    """
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, write, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, "errors.txt", write, 0o600),
    ]
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if status:
        with open("errors.txt") as errors:
            raise SystemExit(f"{' '.join(command)} failed: {errors.read().strip()}")
    return seconds, usage.ru_maxrss / 1000, usage.ru_utime + usage.ru_stime


def printed(command):
    """What a command prints."""
    run(command, "output.txt")
    with open("output.txt") as output:
        return output.read()
