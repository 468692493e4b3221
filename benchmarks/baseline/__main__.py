"""``python -m benchmarks.baseline DATABASE``: crawl ELCHI_CATALOGUE with the obvious implementation."""

from __future__ import annotations

import sys

from benchmarks.baseline.spider import BaselineSpider
from elchi.crawling import run_spider

if __name__ == "__main__":
    run_spider(BaselineSpider, {"database": sys.argv[1]}, {"LOG_LEVEL": "ERROR"})
