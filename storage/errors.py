"""Everything that can go wrong while keeping and finding.

StorageError
├── DatabaseError
│   ├── UnsupportedDatabase   a URL that is neither SQLite nor PostgreSQL
│   ├── DatabaseUnreachable   no server, no rights, a folder that cannot be written
│   ├── DatabaseBusy          another process holds the write lock for too long
│   ├── DatabaseFull          the disk of the database has no room left
│   ├── DatabaseDamaged       a file that is no database, or a broken one
│   └── DatabaseTooNew        written by a later version of Elchi
├── WarcError
│   ├── WarcFull              the disk has no room left, or a limit on file size was met
│   └── RecordMissing         no such file, or no whole record at that place
├── IndexBusy                 another process is writing the search index
├── QueryError                a search that cannot be understood
├── ArticleUnknown            no article has this number or address
├── CaptureUnknown            no capture has this number
└── RunUnknown                no crawl has this number
"""

from __future__ import annotations


class StorageError(Exception):
    """The root. Each message says what a person should do next."""


class DatabaseError(StorageError):
    """The database cannot serve."""


class UnsupportedDatabase(DatabaseError):
    """The URL names a database that Elchi does not know."""


class DatabaseUnreachable(DatabaseError):
    """There is no database to talk to."""


class DatabaseBusy(DatabaseError):
    """Somebody else is writing and did not finish in time."""


class DatabaseFull(DatabaseError):
    """There is no room for what was to be saved; nothing of the transaction was."""


class DatabaseDamaged(DatabaseError):
    """The file is no database, or is broken."""


class DatabaseTooNew(DatabaseError):
    """The tables were made by a later version."""


class WarcError(StorageError):
    """A WARC file cannot be written or read."""


class WarcFull(WarcError):
    """No room for the next record. The file has been cut back to its last whole record."""


class RecordMissing(WarcError):
    """The WARC record that a row names is not there."""


class IndexBusy(StorageError):
    """Another process holds the search index's writer."""


class QueryError(StorageError):
    """The query cannot be understood; the message says where and what would be right."""


class ArticleUnknown(StorageError):
    """No article has the number or address that was asked for."""


class CaptureUnknown(StorageError):
    """No capture has the number that was asked for."""


class RunUnknown(StorageError):
    """No crawl has the number that was asked for."""
