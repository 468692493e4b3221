"""Servers with old TLS or bad certificates: each is refused with what can be done, and let pass where its own source says so."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.certificates import Authority, server
from tests.crawl.command import Done, Elchi
from tests.crawl.odd_web import OddWeb, says
from tests.crawl.sources import article, listing, text_of, write_source

pytestmark = pytest.mark.xdist_group("tls")

LEGACY, UNCHECKED = 'tls = "legacy"', 'certificate = "unchecked"'


@dataclass(frozen=True)
class Case:
    """A source whose server has a flaw. keys: what its catalogue file says of TLS. words: of the failure; None where it is read."""

    flaw: str
    keys: tuple[str, ...] = ()
    words: str | None = None


CASES = {
    "good": Case("good"),
    "self": Case("self-signed", (), UNCHECKED),
    "self-legacy": Case("self-signed", (LEGACY,), UNCHECKED),
    "self-unchecked": Case("self-signed", (UNCHECKED,)),
    "expired": Case("expired", (), UNCHECKED),
    "expired-unchecked": Case("expired", (UNCHECKED,)),
    "other": Case("another's", (), "made out to another name"),
    "other-legacy": Case("another's", (LEGACY,), "made out to another name"),
    "other-unchecked": Case("another's", (UNCHECKED,)),
    "small": Case("small key", (), "certificate verify failed"),
    "small-legacy": Case("small key", (LEGACY,)),
    "tls10": Case("TLS 1.0", (), LEGACY),
    "tls10-legacy": Case("TLS 1.0", (LEGACY,)),
    "tls10-unchecked": Case("TLS 1.0", (UNCHECKED,), LEGACY),
    "tls11": Case("TLS 1.1", (), LEGACY),
    "tls11-legacy": Case("TLS 1.1", (LEGACY,)),
    "dh": Case("small DH", (), "dh key too small"),
    "dh-legacy": Case("small DH", (LEGACY,)),
    "both": Case("TLS 1.0, self-signed", (LEGACY, UNCHECKED)),
}


def contexts(authority: Authority) -> dict[str, ssl.SSLContext]:
    good, own = authority.certify("good"), authority.certify("own", own=True)
    return {
        "good": server(good),
        "self-signed": server(own),
        "expired": server(authority.certify("expired", days=-1)),
        "another's": server(authority.certify("other", "other.test")),
        "small key": server(authority.certify("small", bits=1024)),
        "TLS 1.0": server(good, ssl.TLSVersion.TLSv1),
        "TLS 1.1": server(good, ssl.TLSVersion.TLSv1_1),
        "small DH": server(good, ssl.TLSVersion.TLSv1_2, authority.weak_parameters()),
        "TLS 1.0, self-signed": server(own, ssl.TLSVersion.TLSv1),
    }


@contextmanager
def before_rfc_5746() -> Iterator[str]:
    """A server that begins a handshake as one does that knows no secure renegotiation, and goes no further. Its host."""
    hello = b"\x03\x03" + bytes(32) + b"\x00\xc0\x2f\x00"  # TLS 1.2, ECDHE-RSA-AES128-GCM-SHA256, no extension
    message = b"\x02" + struct.pack(">I", len(hello))[1:] + hello
    record = b"\x16\x03\x03" + struct.pack(">H", len(message)) + message

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, suppress(OSError):  # it may be reset
                connection.recv(4096)
                connection.sendall(record)
                connection.settimeout(5)
                connection.recv(4096)  # an alert, or silence: it waits for our certificate

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class Crawl:
    done: Done
    sources: dict[str, Any]
    records: list[dict[str, Any]]
    listed: Done

    def failures(self, slug: str) -> dict[str, Any]:
        failures: dict[str, Any] = self.sources[slug]["failures"]
        return failures


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """All of them in one crawl."""
    home = tmp_path_factory.mktemp("tls")
    catalogue, authority = home / "catalogue", Authority(home)
    spoken = contexts(authority)
    with ExitStack() as stack:
        for slug, case in CASES.items():
            web = stack.enter_context(OddWeb({}, spoken[case.flaw]))
            web.sites = {web.host: {"/news": says(200, listing("/news/1")), "/news/1": says(200, article(slug))}}
            write_tls_source(catalogue, slug, web.host, case.keys)
        for slug, keys in {"old": (), "old-legacy": (LEGACY,)}.items():
            write_tls_source(catalogue, slug, stack.enter_context(before_rfc_5746()), keys)
        elchi = Elchi(home, catalogue).with_settings(
            SSL_CERT_FILE=authority.trusted, ELCHI_ANSWER_SECONDS=1, ELCHI_READERS=1
        )
        done = elchi.crawl("--verbose", code=None)
        yield Crawl(done, elchi.ledger(1)["sources"], elchi.export(), elchi.run("sources"))


def write_tls_source(catalogue: Path, slug: str, host: str, keys: tuple[str, ...]) -> None:
    write_source(catalogue, slug, (host,), f"https://{host}/news")
    path = catalogue / f"{slug}.toml"
    path.write_text(path.read_text("utf-8").replace("[source]\n", "\n".join(["[source]", *keys, ""])), "utf-8")


@pytest.mark.parametrize("slug", CASES)
def test_a_flaw_is_refused_and_let_pass_where_its_source_says_so(crawl: Crawl, slug: str) -> None:
    texts = [record["text"] for record in crawl.records if record["source"] == slug]
    words = CASES[slug].words
    if words is None:
        assert texts == [text_of(slug)]
        assert not crawl.failures(slug)
    else:
        assert not texts
        assert list(crawl.failures(slug)) == ["ssl"]
        assert words in crawl.failures(slug)["ssl"]["examples"][0]["message"]


def test_old_renegotiation_is_refused_and_let_pass(crawl: Crawl) -> None:
    """No server here speaks TLS without RFC 5746 any more, so this one only says hello: who lets it pass waits for its certificate."""
    assert "unsafe legacy renegotiation disabled" in crawl.failures("old")["ssl"]["examples"][0]["message"]
    assert LEGACY in crawl.failures("old")["ssl"]["examples"][0]["message"]
    assert list(crawl.failures("old-legacy")) == ["timeout"]


def test_each_crawl_warns_of_each_source_once(crawl: Crawl) -> None:
    for slug, case in CASES.items():
        warnings = [
            line
            for line in crawl.done.err.splitlines()
            if f" {slug}: " in line and "as its catalogue file wants it" in line
        ]
        assert len(warnings) == len(case.keys)


def test_the_list_of_sources_says_which_connections_prove_less(crawl: Crawl) -> None:
    said = dict(line.split(" ", 1) for line in crawl.listed.out.splitlines() if "proves less" in line)
    assert set(said) == {slug for slug, case in CASES.items() if case.keys} | {"old-legacy"}
    assert said["both"].endswith("tls = legacy, certificate = unchecked")
