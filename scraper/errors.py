"""What can go wrong between asking and keeping.

ScraperError
├── SettingError         a setting has a value that cannot be used
├── ContactMissing       the real web would be asked without saying who asks
├── BrokenEncoding       a body does not undo as its Content-Encoding says, or grows too large
├── NoRoomToRead         the readers cannot write their temporary files
└── ReaderFailed         a reader process gave no answer
    ├── ReaderTimeout    it took too long and was stopped
    └── ReaderCrashed    it ended: out of memory, or a fault in a parser
"""

from __future__ import annotations


class ScraperError(Exception):
    """The root. Each message says what a person should do next."""


class SettingError(ScraperError):
    """A setting that cannot be used."""


class ContactMissing(ScraperError):
    """ELCHI_CONTACT is not set, and the sources are on the real web."""


class BrokenEncoding(ScraperError):
    """The bytes are not what their Content-Encoding says."""


class NoRoomToRead(ScraperError):
    """No reader can read anything: the fault is not the page's."""


class ReaderFailed(ScraperError):
    """A reader process gave no answer for a page."""


class ReaderTimeout(ReaderFailed):
    """The page took too long."""


class ReaderCrashed(ReaderFailed):
    """The process ended while it read the page."""
