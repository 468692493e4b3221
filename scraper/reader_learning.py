"""What a reader process does where it is asked to learn what a site repeats."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Final

from scraper.decoding import decode_body
from scraper.errors import BrokenEncoding
from scraper.reader_messages import LearnRequest
from scraper.reading import Page, ReadingError, Rules
from scraper.reading.reader import line_keys
from scraper.reading.repeats import Repeats, learn
from storage.errors import StorageError
from storage.warc import read_record

logger = logging.getLogger(__name__)

MOST_BYTES: Final = 2_000_000
"""Of a page's decoded body: a larger one says no more of its site."""
MOST_LINES: Final = 20_000
"""Of a page: one with more is no usual page."""


def learn_from(request: LearnRequest) -> Repeats | None:
    """What the pages of some captures repeat; None where too few of them can be read. One that cannot is left out."""
    pages = (_lines(path, offset, url, request.rules) for path, offset, url in request.captures)
    return learn(lines for lines in pages if lines)


def _lines(path: Path, offset: int, url: str, rules: Rules) -> frozenset[int]:
    try:
        record = read_record(path, offset)
        body = decode_body(record.body, record.headers.get("content-encoding"), MOST_BYTES)
        lines = line_keys(Page(url, body, record.headers.get("content-type"), record.fetched_at), rules)
    except MemoryError:
        os._exit(1)  # whose heap is full should not read the next page
    except (BrokenEncoding, ReadingError, RecursionError, StorageError, OSError) as error:
        logger.debug("nothing is learned from %s: %s", url, error)
        return frozenset()
    except Exception:  # a fault of ours on one page
        logger.exception("nothing is learned from %s", url)
        return frozenset()
    return lines if len(lines) <= MOST_LINES else frozenset()
