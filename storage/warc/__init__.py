"""Raw captures in WARC 1.1 files (ISO 28500:2017): written by one owner, read by offset, mended after a crash."""

from storage.warc.reader import ArchivedResponse, read_record, scan
from storage.warc.repair import cut_torn_tail, is_being_written
from storage.warc.writer import CaptureRef, Exchange, WarcWriter

__all__ = [
    "ArchivedResponse",
    "CaptureRef",
    "Exchange",
    "WarcWriter",
    "cut_torn_tail",
    "is_being_written",
    "read_record",
    "scan",
]
