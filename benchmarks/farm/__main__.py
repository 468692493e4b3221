"""``python -m benchmarks.farm``: serve a farm, and say on one line of JSON at which port, once it is ready."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path

from benchmarks.farm.catalogue import write_catalogue
from benchmarks.farm.scenario import load_scenario
from benchmarks.farm.server import Farm, serve
from benchmarks.farm.world import World


def main() -> None:
    """Serve until standard input ends, so that a farm never outlives who started it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.farm", description=__doc__)
    parser.add_argument("--scenario", default="speed", help="one of ours by its name, or a file")
    parser.add_argument("--hosts", type=int)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path, default=Path("farm-requests.tsv"))
    parser.add_argument("--catalogue", type=Path, help="folder to write catalogue files into")
    parser.add_argument("--warm", action="store_true", help="draw every article before serving")
    asked = parser.parse_args()
    scenario = load_scenario(asked.scenario)
    world = World(scenario.sized(asked.hosts or scenario.hosts, asked.articles or scenario.articles))
    if asked.catalogue:
        write_catalogue(world, asked.catalogue)
    began = time.monotonic()
    farm = Farm(world, asked.log)
    drawn = farm.warm() if asked.warm else 0
    asyncio.run(_serve(farm, asked.port, {"drawn": drawn, "seconds": round(time.monotonic() - began, 2)}))


async def _serve(farm: Farm, port: int, facts: dict[str, float]) -> None:
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[int] = loop.create_future()
    serving = asyncio.create_task(serve(farm, port, ready))
    print(json.dumps({"port": await ready, **facts}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    serving.cancel()
    farm.control("/flush")


if __name__ == "__main__":
    main()
