"""Starts a farm in a process of its own, and asks it how it is."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self
from urllib.request import ProxyHandler, build_opener

from benchmarks.farm.pages import Pages
from benchmarks.farm.scenario import Scenario, load_scenario
from benchmarks.farm.server import CONTROL
from benchmarks.farm.world import World

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the farm saw it. at: seconds of `time.monotonic`. status: 0 for a connection ended. size: bytes of body."""

    at: float
    day: int
    host: str
    target: str
    status: int
    role: str
    size: int


class RunningFarm:
    """A farm that serves. world: its truth. catalogue: folder of its catalogue files. facts: what it said of its start."""

    def __init__(
        self, scenario: str, folder: Path, *, hosts: int | None = None, articles: int | None = None, warm: bool = False
    ) -> None:
        loaded: Scenario = load_scenario(scenario)
        self.world = World(loaded.sized(hosts or loaded.hosts, articles or loaded.articles))
        self.catalogue = folder / "catalogue"
        self._log = folder / "requests.tsv"
        sizes = ("--hosts", str(self.world.scenario.hosts), "--articles", str(self.world.scenario.articles))
        self._command = [sys.executable, "-m", "benchmarks.farm", "--scenario", scenario, *sizes]
        self._command += ["--log", str(self._log), "--catalogue", str(self.catalogue), *(["--warm"] if warm else [])]
        self.facts: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the farm did not start; see what {' '.join(self._command)} says")
        self.facts = json.loads(line)
        self._opener = build_opener(ProxyHandler({"http": self.proxy}))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    @property
    def proxy(self) -> str:
        """Where the farm is asked."""
        return f"http://127.0.0.1:{self.facts['port']}"

    def set_day(self, day: int) -> None:
        """From now on it is that day."""
        self._control(f"/day?set={day}")

    def counts(self) -> dict[str, int]:
        """By role, how often it was asked since the last reset."""
        counts: dict[str, int] = self._control("/counts")["counts"]
        return counts

    def reset(self) -> None:
        """Forget what was asked."""
        self._control("/reset")

    def requests(self) -> list[Asked]:
        """What was asked since the last reset, in order."""
        self._control("/flush")
        rows = (line.split("\t") for line in self._log.read_text("utf-8").splitlines())
        return [
            Asked(float(at), int(day), host, target, int(status), role, int(size))
            for at, day, host, target, status, role, size in rows
        ]

    def article_urls(self, day: int = 0) -> list[str]:
        """The addresses of all articles that stand on a day."""
        pages = Pages(self.world)
        sites = self.world.sites
        return [
            f"http://{site.host}{pages.path(site, article)}" for site in sites for article in self.world.live(site, day)
        ]

    def pages_a_second(self, urls: Sequence[str], connections: int = 8) -> float:
        """How fast the farm serves to a client that reads and does nothing else."""
        host, port = "127.0.0.1", int(self.facts["port"])
        sockets = [socket.create_connection((host, port)) for _ in range(connections)]
        began = monotonic()
        for start in range(0, len(urls), connections):
            batch = list(zip(sockets, urls[start : start + connections], strict=False))
            for client, url in batch:
                client.sendall(f"GET {url} HTTP/1.1\r\nHost: farm\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            for client, _ in batch:
                _read_answer(client)
        seconds = monotonic() - began
        for client in sockets:
            client.close()
        return len(urls) / seconds

    def _control(self, target: str) -> dict[str, Any]:
        with self._opener.open(f"http://{CONTROL}{target}", timeout=60) as answer:
            values: dict[str, Any] = json.load(answer)
            return values


def _read_answer(client: socket.socket) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += client.recv(1 << 16)
    head, _, body = data.partition(b"\r\n\r\n")
    missing = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]) - len(body)
    while missing > 0:
        missing -= len(client.recv(min(missing, 1 << 18)))
