"""What must be known before the first request: which sources, which hosts, how gently."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scraper.errors import ContactMissing, SettingError
from scraper.extensions.archive import Archive
from scraper.middlewares.host_slot import slot_of
from spiders.catalogue import SHIPPED, Api, Entry, Source, find_sources, load_catalogue
from storage import clock
from storage.locks import SourceHolds
from storage.schedule import Cadence
from storage.sources import SourceFacts

logger = logging.getLogger(__name__)

LENIENCY = {
    "legacy": "old, unsafe TLS is let pass, which somebody on the way could read and change",
    "unchecked": "certificates are not checked, so nobody knows whether it is this site that answers",
}
"""What a crawl warns of; see scraper/tls.py."""


def catalogue_of(folders: str) -> dict[str, Source]:
    """The catalogue that ELCHI_CATALOGUE names: folders separated as in PATH, ``shipped`` for Elchi's own. Raises `CatalogueError`."""
    named = [name for name in folders.split(os.pathsep) if name]
    return load_catalogue([SHIPPED if name == "shipped" else Path(name) for name in named])


def choose(catalogue: dict[str, Source], names: Sequence[str]) -> dict[str, Source]:
    """The sources of these names by slug, all where there are none. Raises `UnknownSource`."""
    return {source.slug: source for source in find_sources(catalogue, names)} if names else dict(catalogue)


def check_contact(contact: str, sources: Iterable[Source]) -> None:
    """Raises `ContactMissing` where the real web would be asked and nobody there could tell by whom."""
    real = [source.slug for source in sources if not source.is_reserved]
    if real and not contact:
        some = ", ".join(real[:3]) + (" and others" if len(real) > 3 else "")
        raise ContactMissing(
            f"{some} would be asked on the real web, where nobody could tell who is asking. "
            "Set ELCHI_CONTACT to an e-mail address or a web page of yours, and crawl again."
        )


def set_clock(moment: datetime | None, sources: Iterable[Source]) -> None:
    """Begin a rehearsal at this moment, where one is named. Raises `SettingError` where the real web would be asked on a false day."""
    if moment is None:
        return
    if real := [source.slug for source in sources if not source.is_reserved]:
        raise SettingError(f"ELCHI_NOW is for rehearsals on test hosts, and {real[0]} is on the real web. Unset it.")
    clock.begin_at(moment)


def allowed_hosts(sources: Iterable[Source]) -> dict[str, list[str]]:
    """By source, the hosts that may be asked; for `AllowedHostsMiddleware`."""
    return {source.slug: list(source.hosts) for source in sources}


def tls_leniency(sources: Iterable[Source]) -> dict[str, list[str]]:
    """By host, what its TLS is let pass by the sources that own it; for `scraper.tls`. Hosts that need nothing are not named."""
    hosts: dict[str, list[str]] = {}
    for source in sources:
        for host in source.hosts if source.leniency else ():
            hosts[host] = sorted({*hosts.get(host, []), *source.leniency})
    return hosts


def warn_of_leniency(sources: Iterable[Source]) -> None:
    """Say which sources are asked over a connection that proves less than it should."""
    for source in sources:
        for word in source.leniency:
            logger.warning("%s: %s, as its catalogue file wants it", source.slug, LENIENCY[word])


def download_slots(sources: Iterable[Source], *, mirrored: bool = False) -> dict[str, dict[str, Any]]:
    """Scrapy's DOWNLOAD_SLOTS: a host that several sources share is asked as gently as the gentlest of them wants.

    mirrored: no real server is asked, so nobody needs a pause.
    """
    slots: dict[str, dict[str, Any]] = {}
    for source in sources:
        for host in source.hosts:
            name = slot_of(urlsplit(f"//{host}").hostname or host)
            delay = 0.0 if mirrored else max(source.delay_seconds, slots.get(name, {}).get("delay", 0.0))
            slots[name] = {"delay": delay, "concurrency": 1 if delay else 4}
    return slots


def cadence_of(source: Source) -> Cadence:
    """The bounds of how often its entry points are asked."""
    shortest = timedelta(hours=source.cadence_hours)
    longest = timedelta(hours=source.cadence_hours_at_most) if source.cadence_hours_at_most else 7 * shortest
    return Cadence(shortest, longest)


def entries_by_url(source: Source) -> dict[str, Entry]:
    """A source's entry points by the address of their first page."""
    return {entry.address(0) if isinstance(entry, Api) else entry.url: entry for entry in source.entries}


def source_holds(archive: Archive, database_url: str) -> SourceHolds:
    """What keeps other crawls away from the sources of this one."""
    return SourceHolds(archive.home / "locks", database_url, f"run {archive.run_id} (process {os.getpid()})")


def source_facts(source: Source) -> SourceFacts:
    """What the archive keeps of a catalogue file."""
    institution = source.institution
    return SourceFacts(
        slug=source.slug,
        hosts=source.hosts,
        languages=source.languages,
        names=dict(institution.name),
        country=institution.country,
        kind=institution.kind,
        homepage=institution.homepage,
        ror=institution.ror,
    )
