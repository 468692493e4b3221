"""Which host a URL really leads to, and whether that host is of the real web."""

from __future__ import annotations

import ipaddress
import re

_DEFAULT_PORTS = {"http": "80", "https": "443"}
_RESERVED_NAMES = ("example", "test", "localhost")  # RFC 2606 and RFC 6761: never on the real web

# Read off the raw text, and narrowly: where two URL parsers can disagree about the host (a backslash, user
# information, a tab), the answer must be "no host" and not a guess.
_AUTHORITY = re.compile(
    r"(?P<scheme>https?)://(?P<name>[^\s/?#@:\\\[\]%]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?=[/?#]|\Z)",
    re.IGNORECASE,
)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])(?::[1-9][0-9]{{0,4}})?")


def host_of(url: str) -> str | None:
    """The host an http(s) URL leads to, lower case, with its port where that is not the scheme's own.

    None where the text is no such URL, names a user, or could be read in two ways. Names in other scripts come as
    IDNA (``xn--…``). A trailing dot stays: ``a.example.`` is a second name that per-host delays would not know.
    """
    found = _AUTHORITY.match(url)
    if found is None or re.search(r"[\x00-\x1f\x7f]", url):
        return None
    name, port = found["name"].lower(), found["port"]
    if port and not 0 < int(port) < 65536:
        return None
    try:
        if name.startswith("["):
            ipaddress.IPv6Address(name[1:-1])
        name = name if name.isascii() else name.encode("idna").decode("ascii").lower()
    except ValueError:  # of which UnicodeError is one
        return None
    return name if port in {None, _DEFAULT_PORTS[found["scheme"].lower()]} else f"{name}:{port}"


def is_host(text: str) -> bool:
    """Whether the text is a host as `host_of` gives it: lower case, an optional port, nothing else."""
    return bool(_HOST.fullmatch(text)) and not text.endswith((":80", ":443"))


def bare_host(text: str) -> str | None:
    """The host that a person meant who wrote a URL, capitals or a trailing dot; None where that cannot be told."""
    text = text.strip()
    host = host_of(text if "://" in text else f"http://{text.rstrip('.')}")
    return host if host and is_host(host) else None


def is_reserved(host: str) -> bool:
    """Whether the host can only be a test's: ``.example``, ``.test``, ``.localhost``, or a loopback address."""
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name.rpartition(".")[2] in _RESERVED_NAMES
