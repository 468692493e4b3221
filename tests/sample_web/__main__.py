"""`python -m tests.sample_web [--port 8800]` serves; `--manifest` prints what a perfect crawl finds, as JSON Lines."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import threading
from datetime import date

from tests.sample_web.manifest import manifest
from tests.sample_web.server import TODAY, SampleWeb


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.sample_web", description="Serve the sample web on 127.0.0.1."
    )
    parser.add_argument("--port", type=int, default=8800, help="port of the proxy (0: any free one)")
    parser.add_argument(
        "--today", type=date.fromisoformat, default=TODAY, help="the date that the sites print as today"
    )
    parser.add_argument("--manifest", action="store_true", help="print what a perfect crawl finds, and end")
    options = parser.parse_args()
    if options.manifest:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        for row in manifest():
            print(json.dumps(row, ensure_ascii=False))
        return
    with SampleWeb(port=options.port, today=options.today) as web:
        print(web.proxy, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
