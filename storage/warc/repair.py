"""Mends what a crash leaves behind: a file whose last record was cut off in the middle."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from storage.warc.reader import read_members


def is_being_written(path: Path) -> bool:
    """Whether a living process holds the file open for writing (its lock ends with it, also by kill -9)."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def cut_torn_tail(path: Path) -> int:
    """Cut off what follows the last whole record, and wait until the rest is on the disk; how many bytes were cut off.

    The file must not be open elsewhere. What is damaged in front of a whole record stays: there is nothing to be gained by
    losing what comes after it.
    """
    whole = 0
    for member in read_members(path):
        whole = member.offset + member.length
    torn = path.stat().st_size - whole
    with path.open("r+b" if torn else "rb") as file:
        if torn:
            file.truncate(whole)
        os.fsync(file)
    return torn
