"""Which servers may answer over old TLS, or with a certificate that cannot be checked: those that the catalogue names, and no other.

Scrapy by default checks no certificate and lets every server renegotiate in the old way; see docs/decisions/0005-tls.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, Literal

from OpenSSL import SSL
from service_identity import VerificationError
from twisted.internet._sslverify import (
    ClientTLSOptions,  # Twisted has no public way to check a host's name over other options
)
from twisted.internet.ssl import CertificateOptions, TLSVersion, platformTrust
from twisted.web.client import BrowserLikePolicyForHTTPS

Leniency = Literal["legacy", "unchecked"]
"""legacy: TLS 1.0 and 1.1, small keys, old renegotiation. unchecked: any certificate."""

OP_LEGACY_SERVER_CONNECT: Final = 0x4
LEGACY_CIPHERS: Final = b"DEFAULT:@SECLEVEL=0"
"""No least size of keys: DH of 512 or 1024 bits, RSA of 1024, SHA-1 in signatures."""

UNCHECKED: Final = (
    "its certificate cannot be checked ({reason}): look at the site in a browser; where it is the right one, and its certificate is "
    'only out of date or badly set up, write certificate = "unchecked" into [source] of the catalogue file'
)
LEGACY: Final = (
    'it offers only what is out of date and unsafe ({reason}): where that is all it has, write tls = "legacy" into [source] '
    "of the catalogue file"
)
REMEDIES: Final = {
    "certificate verify failed": UNCHECKED,
    "unsafe legacy renegotiation disabled": LEGACY,
    "dh key too small": LEGACY,
    "bad dh value": LEGACY,
    "modulus too small": LEGACY,
    "unsupported protocol": LEGACY,
    "alert protocol version": LEGACY,
    "wrong signature type": LEGACY,
    "legacy sigalg disallowed or unsupported": LEGACY,
    "alert handshake failure": LEGACY,
}
"""By words of OpenSSL's reason, what a person can do."""

LOST: Final = "unexpected eof"
"""What OpenSSL says of a connection that was lost."""


class TlsFailed(Exception):
    """No safe connection. It says why, and what can be done."""


class TlsPolicy(BrowserLikePolicyForHTTPS):
    """How to connect to each host over TLS. hosts: by name, with its port where it is not 443, what the catalogue lets pass there."""

    def __init__(self, hosts: Mapping[str, Collection[Leniency]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._hosts = hosts
        self._creators: dict[str, Any] = {}

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 - Twisted's name
        """What makes connections to a host. Twisted asks for it with each request: it is made once."""
        name = hostname.decode("ascii")
        bare = f"[{name}]" if ":" in name else name
        host = bare if port == 443 else f"{bare}:{port}"
        if host not in self._creators:
            lets_pass = self._hosts.get(host)
            self._creators[host] = _creator(name, lets_pass) if lets_pass else super().creatorForNetloc(hostname, port)
        return self._creators[host]


def _creator(hostname: str, lets_pass: Collection[Leniency]) -> ClientTLSOptions:
    least = TLSVersion.TLSv1_0 if "legacy" in lets_pass else None
    kind = _Legacy if "legacy" in lets_pass else CertificateOptions
    options = kind(trustRoot=platformTrust(), insecurelyLowerMinimumTo=least)  # type: ignore[no-untyped-call]
    client = _Unchecked if "unchecked" in lets_pass else ClientTLSOptions
    return client(options.clientConnectionForTLS, hostname)


class _Legacy(CertificateOptions):
    """What OpenSSL and Twisted have given up, allowed again."""

    def getContext(self) -> SSL.Context:  # noqa: N802 - Twisted's name
        context = super().getContext()
        context.set_options(OP_LEGACY_SERVER_CONNECT)
        context.set_cipher_list(LEGACY_CIPHERS)
        return context


class _Unchecked(ClientTLSOptions):
    """Sends the host's name, and takes any certificate."""

    def clientConnectionForTLS(self, tlsProtocol: Any) -> SSL.Connection:  # noqa: N802, N803 - Twisted's names
        connection = super().clientConnectionForTLS(tlsProtocol)
        connection.set_verify(SSL.VERIFY_PEER, _take_any)
        return connection


def _take_any(*_: object) -> bool:
    return True  # without a callback of ours OpenSSL keeps Twisted's, which looks at the name


def tls_failure(error: BaseException) -> TlsFailed | None:
    """What a download's error says of TLS, None where it failed for another reason."""
    for cause in _causes(error):
        if isinstance(cause, VerificationError):
            return TlsFailed(UNCHECKED.format(reason="it is made out to another name"))
        if isinstance(cause, SSL.Error) and cause.args and isinstance(cause.args[0], list):
            reason = "; ".join(words for *_, words in cause.args[0])
            if LOST in reason:
                continue
            remedy = next((remedy for words, remedy in REMEDIES.items() if words in reason), "TLS failed: {reason}")
            return TlsFailed(remedy.format(reason=reason))
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, those that it was made of (Twisted's `reasons`), and those behind it."""
    while error is not None:
        yield error
        for reason in getattr(error, "reasons", None) or ():
            yield from _causes(reason.value)
        error = error.__cause__
