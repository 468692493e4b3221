"""What a reader process does where it is asked to learn what a site repeats."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
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
    """What the pages of some captures repeat; None where too few of them can be read. One that cannot is left out.

    Pages that are the same line for line count once: one article under several addresses repeats its whole text.
    """
    pages = (_lines(path, offset, url, request.rules) for path, offset, url in request.captures)
    return learn(dict.fromkeys(lines for lines in pages if lines))


def _lines(path: Path, offset: int | None, url: str, rules: Rules) -> frozenset[int]:
    try:
        lines = line_keys(_saved(path, url) if offset is None else _captured(path, offset, url), rules)
    except MemoryError:
        os._exit(1)  # whose heap is full should not read the next page
    except (BrokenEncoding, ReadingError, RecursionError, StorageError, OSError) as error:
        logger.debug("nothing is learned from %s: %s", url, error)
        return frozenset()
    except Exception:  # a fault of ours on one page
        logger.exception("nothing is learned from %s", url)
        return frozenset()
    return lines if len(lines) <= MOST_LINES else frozenset()


def _captured(path: Path, offset: int, url: str) -> Page:
    record = read_record(path, offset)
    body = decode_body(record.body, record.headers.get("content-encoding"), MOST_BYTES)
    return Page(url, body, record.headers.get("content-type"), record.fetched_at)


def _saved(path: Path, url: str) -> Page:
    """The page of a file. What a pipe gives only once is left for whoever reads the page."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} is no file")
    with path.open("rb") as file:
        body = decode_body(file.read(MOST_BYTES + 1), None, MOST_BYTES)
    return Page(url, body, None, datetime.fromtimestamp(0, UTC))  # no line depends on the time
