"""A process that reads captures: ``python -m scraper.reader_process``. Started, fed and stopped by `scraper.readers`."""

from __future__ import annotations

import errno
import logging
import os
import resource
import signal
import sys
import tempfile

from scraper.decoding import decode_body
from scraper.errors import BrokenEncoding
from scraper.reader_messages import DISK_FULL, READY, ReadAnswer, ReadRequest, packed, receive
from scraper.reading import Page, ReadingError, read_page
from scraper.reading.obstacles import instead_of
from storage.warc import read_record

logger = logging.getLogger(__name__)


def read_capture(request: ReadRequest) -> ReadAnswer:
    """Read one capture from its WARC file."""
    try:
        record = read_record(request.warc_path, request.offset)
        body = decode_body(record.body, record.headers.get("content-encoding"), request.max_bytes)
        page = Page(request.url, body, record.headers.get("content-type"), record.fetched_at)
        answer = _read(page, request)
        obstacle = instead_of(page, record.headers, answer.reading)
        return ReadAnswer(None, (obstacle.failure, obstacle.evidence)) if obstacle is not None else answer
    except BrokenEncoding as error:
        return ReadAnswer(None, ("encoding", str(error)))
    except Exception as error:  # a fault of ours on one page must not take the next page's reader away
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            folder = tempfile.gettempdir()
            message = f"no room in {folder} for the files of a reader: {error.strerror}. {REMEDY}"
            return ReadAnswer(None, (DISK_FULL, message))
        logger.exception("the reader failed on %s", request.url)
        return ReadAnswer(None, ("reader fault", f"{type(error).__name__}: {error}"))


def _read(page: Page, request: ReadRequest) -> ReadAnswer:
    try:
        return ReadAnswer(read_page(page, request.rules, request.found))
    except ReadingError as error:
        return ReadAnswer(None, ("not readable", str(error)))


NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

REMEDY = "Make room, or set TMPDIR, then crawl again; nothing captured is lost."

GRACE_SECONDS = 5.0
"""How much later than the crawl would kill it a reader ends itself: when the crawl is no more."""


def main(megabytes: int, seconds: float) -> None:
    """Serve until standard input ends, and end where one page takes too long and the crawl is not there to say so.

    What a library prints goes to standard error, so that it cannot mix with answers.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the crawl ends its readers itself, once they have answered
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process also while a parser in C does not return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    answers.write(packed(READY))
    while (request := receive(sys.stdin.buffer)) is not None:
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_SECONDS)
        answers.write(packed(read_capture(request)))
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
