"""Processes that read pages, forked by ``python -m scraper.reader_process``. Started, fed and stopped by `scraper.readers`."""

from __future__ import annotations

import contextlib
import errno
import gc
import logging
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime

from scraper.decoding import decode_body
from scraper.errors import BrokenEncoding
from scraper.reader_learning import learn_from
from scraper.reader_messages import (
    DISK_FULL,
    READY,
    LearnRequest,
    PageRequest,
    ReadAnswer,
    ReadRequest,
    packed,
    receive,
)
from scraper.reading import Found, Page, ReadingError, Rules, read_page
from scraper.reading.obstacles import instead_of
from storage.warc import read_record

logger = logging.getLogger(__name__)


def read(request: ReadRequest | PageRequest) -> ReadAnswer:
    """Read one page. Whatever is wrong with it is in the answer."""
    try:
        return read_capture(request) if isinstance(request, ReadRequest) else read_given(request)
    except BrokenEncoding as error:
        return ReadAnswer(None, ("encoding", str(error)))
    except MemoryError:
        os._exit(1)  # whose heap is full should not read the next page
    except RecursionError:
        return ReadAnswer(None, ("not readable", "its elements are nested too deeply"))
    except Exception as error:  # a fault of ours on one page must not take the next page's reader away
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            folder = tempfile.gettempdir()
            message = f"no room in {folder} for the files of a reader: {error.strerror}. {REMEDY}"
            return ReadAnswer(None, (DISK_FULL, message))
        if isinstance(request, ReadRequest):
            logger.exception("the reader failed on %s", request.url)
        return ReadAnswer(None, ("reader fault", f"{type(error).__name__}: {error}"))


def read_capture(request: ReadRequest) -> ReadAnswer:
    """Read one capture from its WARC file."""
    record = read_record(request.warc_path, request.offset)
    body = decode_body(record.body, record.headers.get("content-encoding"), request.max_bytes)
    page = Page(request.url, body, record.headers.get("content-type"), record.fetched_at)
    answer = _read(page, request.rules, request.found)
    obstacle = instead_of(page, record.headers, answer.reading)
    return ReadAnswer(None, (obstacle.failure, obstacle.evidence)) if obstacle is not None else answer


def read_given(request: PageRequest) -> ReadAnswer:
    """Read a page that somebody holds in hand, and say what it cost."""
    began = time.process_time()
    answer = _read(request.page, request.rules, request.found)
    obstacle = instead_of(request.page, request.headers, answer.reading)
    return replace(answer, obstacle=obstacle, cpu_ms=round((time.process_time() - began) * 1000, 3))


def _read(page: Page, rules: Rules, found: Found) -> ReadAnswer:
    try:
        return ReadAnswer(read_page(page, rules, found))
    except ReadingError as error:
        return ReadAnswer(None, ("not readable", str(error)))


NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

REMEDY = "Make room, or set TMPDIR, then crawl again; nothing captured is lost."

GRACE_SECONDS = 1.0
"""How much later than the crawl gives a page up its reader ends."""


def main(megabytes: int, seconds: float) -> None:
    """Load what readers need, then fork one for every socket that comes over standard input, itself a socket.

    Where that ends, the crawl needs them no more: they end too. Each is waited for, so that what it used counts as the crawl's.
    """
    readers: set[int] = set()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the crawl ends its readers itself, once they have answered
    signal.signal(signal.SIGCHLD, lambda *_: forget_ended(readers))
    os.dup2(2, 1)  # nobody reads what a library prints
    warm_up()
    crawl = socket.socket(fileno=0)
    while handles := socket.recv_fds(crawl, 1, 1)[1]:
        connection = socket.socket(fileno=handles[0])
        reader = os.fork()
        if reader == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            crawl.close()
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
            serve(connection, seconds)
            return
        readers.add(reader)
        connection.close()
    end_all(readers)


def forget_ended(readers: set[int]) -> None:
    """Wait for those that have ended."""
    for reader in tuple(readers):
        if os.waitpid(reader, os.WNOHANG)[0]:
            readers.discard(reader)


def end_all(readers: set[int]) -> None:
    """Let them end by themselves, as their sockets are closed, and kill those that are busy."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    until = time.monotonic() + GRACE_SECONDS
    forget_ended(readers)
    while readers and time.monotonic() < until:
        time.sleep(0.01)
        forget_ended(readers)
    for reader in readers:
        os.kill(reader, signal.SIGKILL)
        os.waitpid(reader, 0)


def warm_up() -> None:
    """Read a page of our own: patterns, words and models are loaded when they are first needed, and forked readers share them."""
    with contextlib.suppress(OSError):  # no room for a model's file: each page will say so
        read_page(Page("http://warm.example/", WARM_PAGE.encode(), "text/html", datetime.now(UTC)))
    gc.freeze()  # a collection in a reader would write to every page of memory that is shared


WARM_PAGE = (
    "<h1>Å begynne med</h1><p>" + "Delegasjonen besøkte fakultetet og snakket med studenter om utveksling i byen. " * 5
)
"""Its words could be two languages': the model of languages is asked, and loaded."""


def serve(crawl: socket.socket, seconds: float) -> None:
    """Answer requests until the crawl closes the socket; end at once where a page takes too long."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process also while a parser in C does not return
    requests = crawl.makefile("rb")
    with contextlib.suppress(ConnectionError):  # the crawl has given the page up
        crawl.sendall(packed(READY))
        while (request := receive(requests)) is not None:
            signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_SECONDS)
            crawl.sendall(packed(learn_from(request) if isinstance(request, LearnRequest) else read(request)))
            signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
