"""Exit codes, which cron and scripts understand; docs/commands.md explains them to people."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the process says when it ends."""

    OK = 0
    """Done."""
    INCOMPLETE = 1
    """Done, but not all of it: an entry point of a source could not be used, a page not be read, nothing was found."""
    USAGE = 2
    """What was typed or configured cannot be used: an unknown source, a wrong catalogue file, a query that cannot be parsed."""
    ARCHIVE = 3
    """The archive cannot be used: database gone or locked, disk full. Nothing that was captured is lost."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C."""


def exit_code(error: Exception) -> Exit | None:
    """The code for an error of ours, None for a fault that nobody foresaw."""
    from scraper.errors import ScraperError
    from spiders.catalogue.errors import CatalogueError, UnknownSource
    from storage.errors import ArticleUnknown, CaptureUnknown, QueryError, RunUnknown, StorageError

    usage = (ScraperError, CatalogueError, UnknownSource, QueryError, ArticleUnknown, CaptureUnknown, RunUnknown)
    if isinstance(error, usage):
        return Exit.USAGE
    return Exit.ARCHIVE if isinstance(error, StorageError) else None
