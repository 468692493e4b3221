"""The elchi command as a person runs it: a process of its own, in a clean environment, on an archive in a folder."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from sqlalchemy.engine import make_url

from storage.database import Database

COMMAND = (sys.executable, "-c", "from elchi.commands import main; main()")
ROOT = Path(__file__).parent.parent.parent
LONGEST_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended. out, err: what it printed. max_megabytes: the largest that it or a process below it ever was."""

    code: int
    out: str
    err: str

    def __str__(self) -> str:
        return f"exit {self.code}\n{self.out}\n{self.err}"


@dataclass(frozen=True)
class Elchi:
    """An archive and how it is worked on. proxy: where http:// addresses are asked. settings: environment variables."""

    home: Path
    catalogue: Path
    proxy: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)

    def with_settings(self, **settings: object) -> Self:
        return replace(self, settings={**self.settings, **{name: str(value) for name, value in settings.items()}})

    def environment(self) -> dict[str, str]:
        """Nothing of the person who runs the tests but the way to programs."""
        proxy = {"http_proxy": self.proxy} if self.proxy else {}
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home / "person"),
            "LANG": "C.UTF-8",
            "COLUMNS": "400",
            "ELCHI_HOME": str(self.home),
            "ELCHI_CATALOGUE": str(self.catalogue),
            **proxy,
            **self.settings,
        }

    def start(self, *words: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        """Start a command as the first of a process group. before: called in the new process."""
        return subprocess.Popen(
            [*COMMAND, *words],
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
            preexec_fn=before,
        )

    def run(self, *words: str, before: Callable[[], None] | None = None) -> Done:
        """Run a command to its end, or kill it when it takes too long."""
        return finish(self.start(*words, before=before))

    def crawl(self, *words: str, code: int | None = 0, before: Callable[[], None] | None = None) -> Done:
        """Crawl, and look at the exit code; None for any."""
        done = self.run("crawl", *words, before=before)
        assert code is None or done.code == code, done
        return done

    def export(self) -> list[dict[str, Any]]:
        """Every article and standing page of the archive."""
        done = self.run("export")
        assert done.code == 0, done
        return [json.loads(line) for line in done.out.splitlines()]

    def ledger(self, number: int = 1) -> dict[str, Any]:
        """What a run did: `elchi runs show NUMBER --json`."""
        done = self.run("runs", "show", str(number), "--json")
        assert done.code == 0, done
        run: dict[str, Any] = json.loads(done.out)
        return run

    @contextmanager
    def database(self) -> Iterator[Database]:
        url = self.settings.get("ELCHI_DATABASE_URL", f"sqlite:///{self.home}/elchi.sqlite")
        with Database(make_url(url).render_as_string(hide_password=False)) as database:
            yield database


def finish(process: subprocess.Popen[str]) -> Done:
    """Wait for a command that was started, and kill its whole group when it takes too long."""
    try:
        out, err = process.communicate(timeout=LONGEST_SECONDS)
    except BaseException:
        kill(process)
        raise
    return Done(process.returncode, out, err)


def kill(process: subprocess.Popen[str], number: int = signal.SIGKILL) -> None:
    """Send a signal to the whole group, if there still is one; kill -9 where nothing else is said."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return
    if number == signal.SIGKILL:
        process.communicate()


def limit_files(megabytes: int) -> Callable[[], None]:
    """No file of the new process may grow beyond this: what a full disk does to the one file that grows most."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (megabytes << 20, megabytes << 20))
