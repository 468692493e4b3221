"""Which host is connected to how, and what a failure says; tests/crawl/test_tls.py asks real servers."""

from __future__ import annotations

import pytest
from OpenSSL import SSL
from service_identity import VerificationError
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from scraper.tls import TlsPolicy, tls_failure


def openssl(reason: str) -> SSL.Error:
    return SSL.Error([("SSL routines", "", reason)])


def wrapped(error: Exception) -> Exception:
    """As Twisted and Scrapy hand it on."""
    outer = RuntimeError("the download failed")
    outer.__cause__ = ResponseFailed([Failure(error)])
    return outer


@pytest.mark.parametrize(
    ("hostname", "port", "is_let_pass"),
    [
        (b"old.test", 443, True),
        (b"old.test", 8443, False),
        (b"www.old.test", 443, False),
        (b"other.test", 8443, True),
        (b"::1", 9443, True),
        (b"::1", 443, False),
    ],
)
def test_what_is_let_pass_is_so_for_the_very_host(hostname: bytes, port: int, is_let_pass: bool) -> None:
    policy = TlsPolicy({"old.test": ["unchecked"], "other.test:8443": ["unchecked"], "[::1]:9443": ["unchecked"]})
    creator = policy.creatorForNetloc(hostname, port)
    assert (type(creator) is not type(TlsPolicy({}).creatorForNetloc(hostname, port))) is is_let_pass
    assert policy.creatorForNetloc(hostname, port) is creator


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (openssl("certificate verify failed"), 'certificate = "unchecked"'),
        (VerificationError(errors=[]), "another name"),
        (openssl("dh key too small"), 'tls = "legacy"'),
        (openssl("unsafe legacy renegotiation disabled"), 'tls = "legacy"'),
        (openssl("something new"), "TLS failed: something new"),
    ],
)
def test_a_failure_says_what_can_be_done(error: Exception, words: str) -> None:
    assert words in str(tls_failure(wrapped(error)))


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        SSL.ZeroReturnError(),
        SSL.SysCallError(-1, "Unexpected EOF"),
        openssl("unexpected eof while reading"),
    ],
    ids=["timeout", "closed", "lost", "eof"],
)
def test_a_lost_connection_is_no_failure_of_tls(error: Exception) -> None:
    assert tls_failure(wrapped(error)) is None
