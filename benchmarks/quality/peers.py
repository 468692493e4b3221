"""Runs engines, Elchi's in this environment and the others in one that has the ``benchmarks`` extra, each in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.contenders import CACHE, ELCHI, PeerMissing
from benchmarks.farm.client import ROOT
from benchmarks.quality import kept
from benchmarks.quality.corpora import Case
from benchmarks.quality.engines import FETCHED_AT, OURS
from benchmarks.quality.score import Reading

MODULES = ("newspaper", "newsplease", "readability", "resiliparse", "htmldate", "trafilatura")


@dataclass(frozen=True, slots=True)
class Run:
    """What an engine made of the pages, in their order. errors: what it said of those it failed on."""

    readings: tuple[Reading, ...]
    errors: tuple[str, ...]


def python() -> Path:
    """A Python that has the peers: this one where the extra is installed, else that of an environment made for them.

    Raises `PeerMissing`.
    """
    if all(find_spec(name) for name in MODULES):
        return Path(sys.executable)
    folder = CACHE / "peers"
    program, done = folder / "bin" / "python", folder / "installed.json"
    wanted = json.dumps([_requirements(), sys.version])
    if not done.exists() or done.read_text("utf-8") != wanted:
        try:
            venv.create(folder, with_pip=True, clear=True)
            pip = (str(program), "-m", "pip", "install", "--quiet", "--upgrade")
            # pip 23 resolves extras of extras wrongly.
            for words in (("pip",), tuple(_requirements())):
                subprocess.run((*pip, *words), check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise PeerMissing(f"peers could not be installed: {getattr(error, 'stderr', '') or error}") from error
        done.write_text(wanted, "utf-8")
    return program


def _requirements() -> list[str]:
    """The extra, and those of our own dependencies that are peers or that they need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    shared = [each for each in project["dependencies"] if re.match(r"trafilatura|lxml", each)]
    return [*project["optional-dependencies"]["benchmarks"], *shared]


def versions(program: Path) -> dict[str, str]:
    """The peers' versions."""
    names = ["trafilatura", "readability-lxml", "newspaper4k", "news-please", "resiliparse", "htmldate"]
    code = f"import json; from importlib.metadata import version; print(json.dumps({{n: version(n) for n in {names}}}))"
    done = subprocess.run((str(program), "-c", code), check=True, capture_output=True, text=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def run_all(names: Sequence[str], cases: Sequence[Case], folder: Path, program: Path) -> dict[str, Run | str]:
    """Each engine's run, or why there is none. As many run at a time as there are processors.

    What peers read is kept (`benchmarks.quality.kept`), with what it cost them when they read it.
    """
    listed = _write(cases, folder)
    known = versions(program) if any(name not in OURS for name in names) else {}
    answers = {name: folder / f"{name}.jsonl" if name in OURS else kept.file_of(name, cases, known) for name in names}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        runs = pool.map(lambda name: _run(name, listed, answers[name], program, len(cases)), names)
        return dict(zip(names, runs, strict=True))


def _run(name: str, listed: Path, answers: Path, program: Path, count: int) -> Run | str:
    fault, done = "", kept.whole_lines(answers)
    if done < count:
        with answers.open("ab") as out:
            ended = subprocess.run(
                _command(name, listed, program, done),
                env=_environment(listed.parent),
                cwd=listed.parent,
                stdout=out,
                stderr=subprocess.PIPE,
            )
        fault = ended.stderr.decode("utf-8", "replace")[-300:]
    rows = [json.loads(line) for line in answers.read_bytes().splitlines()]
    if len(rows) != count:
        return f"it ended after {len(rows)} of {count} pages: {fault}"
    return Run(tuple(map(_reading, rows)), tuple(row["error"] for row in rows if "error" in row))


def _command(name: str, listed: Path, program: Path, done: int) -> tuple[str, ...]:
    """Elchi is run as a person runs it: what the list repeats of a host is learned."""
    if name in OURS:
        return (*ELCHI, "read", "--list", str(listed), "--jobs", "1")
    return (str(program), "-m", "benchmarks.quality.worker", name, str(listed), str(done))


def _environment(folder: Path) -> dict[str, str]:
    own = {"PYTHONPATH": str(ROOT), "HOME": str(folder), "ELCHI_HOME": str(folder)}
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **own}


def _reading(row: dict[str, Any]) -> Reading:
    """A line of the worker's, or of ``elchi read``."""
    published = row.get("published")
    day = published["date"] if published else row.get("date")
    return Reading(row.get("text") or "", row.get("title"), day, row.get("cpu_ms"))


def _write(cases: Sequence[Case], folder: Path) -> Path:
    """The pages as files, and the list that names them."""
    lines = []
    for number, case in enumerate(cases):
        file = folder / f"{number}.html"
        file.write_bytes(case.body)
        os.utime(file, (FETCHED_AT.timestamp(), FETCHED_AT.timestamp()))  # ``elchi read`` takes it for fetched then
        lines.append(json.dumps({"file": str(file), "url": case.url}))
    listed = folder / "pages.jsonl"
    listed.write_text("\n".join(lines) + "\n", "utf-8")
    return listed
