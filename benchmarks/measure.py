"""Runs a command and says what it cost: CPU of the whole process tree, wall time, and the memory of each process over time."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

SAMPLE_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Memory:
    """One look at a running command. at: seconds of `time.monotonic`. main: MB of the command. workers: of each process below."""

    at: float
    main: float
    workers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost. cpu: seconds, user and system, of it and of all processes below it that ended. began: by `time.monotonic`."""

    code: int
    began: float
    wall: float
    cpu: float
    memory: tuple[Memory, ...]

    @property
    def main_peak(self) -> float:
        """The most MB that the command itself ever held, as far as looks tell."""
        return max((look.main for look in self.memory), default=0.0)

    @property
    def worker_peak(self) -> float:
        """The most MB that any process below it held."""
        return max((size for look in self.memory for size in look.workers), default=0.0)


def run(command: Sequence[str], *, environment: Mapping[str, str], folder: Path, log: Path) -> Cost:
    """Run a command to its end. log: file for what it prints."""
    looks: list[Memory] = []
    with log.open("wb") as out:
        began = monotonic()
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
        done = threading.Event()
        watching = threading.Thread(target=_watch, args=(process.pid, looks, done))
        watching.start()
        # Not Popen.wait: only wait4 tells what this one child, and those that it waited for, have used.
        _, status, used = os.wait4(process.pid, 0)
        wall = monotonic() - began
        done.set()
        watching.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(process.returncode, began, wall, used.ru_utime + used.ru_stime, tuple(looks))


def _watch(pid: int, looks: list[Memory], done: threading.Event) -> None:
    while not done.is_set():
        main, workers = _megabytes(pid), [_megabytes(each) for each in _below(pid)]
        if main is not None:
            looks.append(Memory(monotonic(), main, tuple(size for size in workers if size is not None)))
        sleep(SAMPLE_SECONDS)


def _below(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(each) for task in tasks for each in (task / "children").read_text().split()]
    except OSError:
        return []
    return [each for child in children for each in (child, *_below(child))]


def _megabytes(pid: int) -> float | None:
    """Resident memory, None for a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    sizes = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(sizes[0]) / 1024 if sizes else None
