"""Every setting, with its unit and reason. Scrapy loads this file; the commands read it too. Nothing else reads the environment.

Those that begin with ELCHI_ can be set as environment variables of the same name, or with ``scrapy crawl -s NAME=VALUE``.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from scraper.errors import SettingError


def _number(name: str, default: float, least: float) -> float:
    words = os.environ.get(name, "")
    try:
        value = float(words) if words.strip() else default
    except ValueError:
        raise SettingError(f"{name} must be a number, such as {default:g}; it is {words!r}.") from None
    if not value >= least:
        raise SettingError(f"{name} must be at least {least:g}; it is {words!r}.")
    return value


def _switch(name: str) -> bool:
    words = os.environ.get(name, "").strip()
    if words not in {"", "0", "1"}:
        raise SettingError(f"{name} must be 1 or 0; it is {words!r}.")
    return words == "1"


def _moment(name: str) -> datetime | None:
    words = os.environ.get(name, "").strip()
    if not words:
        return None
    with suppress(ValueError):
        moment = datetime.fromisoformat(words)
        if moment.tzinfo is not None:
            return moment
    raise SettingError(f"{name} must be a moment with its zone, such as 2026-11-22T03:00:00+00:00; it is {words!r}.")


def _home() -> str:
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return os.environ.get("ELCHI_HOME") or str(Path(data) / "elchi")


# Where things are kept -------------------------------------------------------------------------------------------------------

ELCHI_HOME = _home()
"""Folder of the archive: warc/ (the captures), index/ (search), elchi.sqlite unless ELCHI_DATABASE_URL says otherwise."""

ELCHI_DATABASE_URL = os.environ.get("ELCHI_DATABASE_URL") or f"sqlite:///{Path(ELCHI_HOME).absolute()}/elchi.sqlite"
"""SQLAlchemy URL of SQLite or PostgreSQL. SQLite needs no server; PostgreSQL is for several machines."""

ELCHI_CATALOGUE = os.environ.get("ELCHI_CATALOGUE") or "shipped"
"""Folders of catalogue files, separated as in PATH; ``shipped`` is Elchi's own. A later folder's file replaces one of the same name."""

ELCHI_BUSY_SECONDS = _number("ELCHI_BUSY_SECONDS", 30, 0)
"""How long to wait while another process writes to the database."""

ELCHI_WARC_MEGABYTES = _number("ELCHI_WARC_MEGABYTES", 1000, 1)
"""Size at which a new WARC file is begun. 1 GB is what the WARC standard advises."""

# Who we are, and how gently we ask --------------------------------------------------------------------------------------------

ELCHI_CONTACT = os.environ.get("ELCHI_CONTACT", "").strip()
"""An e-mail address or web page where the people you crawl can reach you. Needed for every host of the real web."""

BOT_NAME = "elchi"
USER_AGENT = f"Elchi/0.1 (news archive; +{ELCHI_CONTACT})" if ELCHI_CONTACT else "Elchi/0.1 (news archive)"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Elchi"
DOWNLOAD_DELAY = (
    5  # seconds between two requests to one host; a source's delay_seconds and its Crawl-delay may ask for more
)
DOWNLOAD_DELAY_JITTER = 0  # a delay that is shortened at random is not kept
CONCURRENT_REQUESTS = 32  # over all hosts
CONCURRENT_REQUESTS_PER_DOMAIN = 4  # matters only where the delay is 0
CONCURRENT_ITEMS = 1  # of one answer, which has one: by default Scrapy starts 100 tasks for each (0.5 ms a page)
DOWNLOAD_TIMEOUT = _number("ELCHI_ANSWER_SECONDS", 25, 1)  # for a whole answer
DOWNLOAD_MAXSIZE = int(_number("ELCHI_PAGE_MEGABYTES", 10, 0.01) * 1_000_000)  # bytes, also after decompression
DOWNLOAD_WARNSIZE = 0
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 50_000_000  # bytes that wait for readers; by default one page of 5 MB stops all hosts
RETRY_TIMES = 2  # each in its host's queue, after the pause that 429 or 503 asked for
REDIRECT_MAX_TIMES = 8
REDIRECT_ENABLED = True
METAREFRESH_ENABLED = False  # what the page says, not what the server says; a reader's question
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",  # what every tool that reads a WARC can undo
}

ELCHI_BACK_OFF_SECONDS = _number("ELCHI_BACK_OFF_SECONDS", 10, 0)
"""How long a host that answers 429 or 503 without Retry-After is left alone; twice as long each time, up to 5 minutes."""

ELCHI_MIRROR = _switch("ELCHI_MIRROR")
"""Whether the sources are asked of a mirror on this machine, a proxy that replays captures: the catalogue's delay_seconds are not kept,
and https:// addresses are asked as http://. Refused unless every request must go through a proxy on a loopback address, so that no
real server can be hurried."""

ELCHI_REVISITS = _number("ELCHI_REVISITS", 0.05, 0)
"""Known articles that are seen again, at most, for each new one of the last four weeks; one a week and source besides."""

ELCHI_NOW = _moment("ELCHI_NOW")
"""The moment at which a rehearsal begins, with its zone: a crawl of test hosts as if it were that day. Refused for the real web."""

# How pages are read -----------------------------------------------------------------------------------------------------------

ELCHI_READERS = int(_number("ELCHI_READERS", min(os.cpu_count() or 1, 4), 1))
"""Processes that read pages beside the crawl."""

ELCHI_READER_SECONDS = _number("ELCHI_READER_SECONDS", 25, 0.1)
"""A page that takes longer to read is given up; its capture stays."""

ELCHI_READER_MEGABYTES = _number("ELCHI_READER_MEGABYTES", 1000, 200)
"""Address space of one reader process; more ends it, and the page is given up."""

ELCHI_NOTIFY = os.environ.get("ELCHI_NOTIFY", "").strip()
"""Address that ``elchi crawl`` tells when a person is needed. Never logged: it may hold a secret."""

ELCHI_PROGRESS = False
"""Whether a line on the terminal says how far a crawl is; ``elchi crawl`` sets it where there is a terminal."""

# Scrapy's own ----------------------------------------------------------------------------------------------------------------

SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
DOWNLOADER_MIDDLEWARES = {
    "scraper.middlewares.allowed_hosts.AllowedHostsMiddleware": 40,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scraper.middlewares.mirror.MirrorMiddleware": 50,
    "scraper.middlewares.robots.RobotsMiddleware": 100,
    "scraper.middlewares.challenge.ChallengeMiddleware": 560,  # its answers decompressed (590), and not tried again (550)
    "scraper.middlewares.back_off.BackOff": 870,
    "scraper.middlewares.host_slot.HostSlotMiddleware": 890,
}
DOWNLOAD_HANDLERS = {"http": "scraper.in_turn.InTurnHandler", "https": "scraper.in_turn.InTurnHandler"}
EXTENSIONS = {"scraper.extensions.politeness.Politeness": 0, "scraper.extensions.progress.CrawlProgress": 0}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = os.environ.get("ELCHI_LOG_LEVEL") or "INFO"
STATS_DUMP = False
