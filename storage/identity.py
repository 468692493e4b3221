"""When two addresses are one page, and when two texts are one text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_plus, urlsplit, urlunsplit

LONGEST_URL = 2048
"""Characters of an address at most, as in sitemaps.org. PostgreSQL indexes no text of more than 2,704 bytes."""

TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_[ce]id|_ga|_gl|_openstat|from_source|spm", re.IGNORECASE
)
"""Parameters that say where a visitor came from."""

SESSION = re.compile(
    r"(?:phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|cfid|cftoken|zenid|oscsid)=.*|sid=[0-9a-z]{20,}",
    re.IGNORECASE,
)
"""Parameters that say who a visitor is. Never kept, in no address: they may let others in.

A short ``sid`` is the number of a story: PHP-Nuke, which old portals still run, names it so.
"""

VIEW = frozenset(
    {
        ("tmpl", "component"), ("layout", "default"), ("print", "1"), ("print", "true"), ("print", ""), ("format", "print"),
        ("view", "print"), ("amp", "1"), ("amp", ""),
    }
)  # fmt: skip
"""Parameters that show the same page in other clothes."""

CHECKSUM = "chash"
"""TYPO3's checksum of the other parameters. It must be asked for, yet says nothing that they do not say."""

PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)
INDEX_FILE = re.compile(r"/(?:index\.(?:html?|php|aspx?|jsp)|default\.(?:aspx?|html?))/*$", re.IGNORECASE)
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_-])?|[0-9a-f.]*:[0-9a-f:.]+")
USER = re.compile(r"//[^/?#]*@")
ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)

PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,;:@")
"""What an address may hold as it is or escaped, and means the same (RFC 3986, 2.3, and those of 2.2 that part nothing)."""

PLAIN_IN_PATH = PLAIN | frozenset("&=+")
PLAIN_IN_QUERY = PLAIN | frozenset("/?[]|")

LONG_ENOUGH = 200
"""Letters and digits that two texts must share before equal means copied. Shorter texts are often forms."""

ALIKE = 0.5
"""Share of the words of two texts that revisions of one page have in common; two news of one site hardly reach .3."""


def is_address(url: str) -> bool:
    """Whether this is an http(s) address that can be asked and kept: its host and port are valid, and it is not too long."""
    parts = _clean(url)
    return parts is not None and len(urlunsplit(parts)) <= LONGEST_URL


def clean_url(url: str) -> str:
    """The address to ask and to cite: host in lower case, no fragment, no default port, no user, no tracking, no session.

    What is no http(s) address comes back as it is, but for a user and password.
    """
    parts = _clean(url)
    return USER.sub("//", url.strip()) if parts is None else urlunsplit(parts)


def page_key(url: str) -> str:
    """The identity of a page: equal for http and https, with and without www., a last slash, an index file, in a print view,
    with tracking or in any order of parameters. ``example.org/news?id=5``

    Any text has one; that of no address is the text itself.
    """
    parts = _clean(url)
    if parts is None:
        return clean_url(url)
    path = re.sub(r"/{2,}", "/", INDEX_FILE.sub("", _plain(parts.path, PLAIN_IN_PATH))).rstrip("/")
    pieces = [piece for piece in parts.query.split("&") if piece and not _is_view(piece)]
    query = "&".join(sorted(_plain(piece.replace("%20", "+"), PLAIN_IN_QUERY) for piece in pieces))
    return parts.netloc.removeprefix("www.") + path + ("?" + query if query else "")


def host_key(url: str) -> str:
    """The host of `page_key`, with its port where that is not the scheme's own."""
    parts = _clean(url)
    return parts.netloc.removeprefix("www.") if parts else ""


def believe_canonical(claim: str | None, url: str, allows: Callable[[str], bool]) -> str | None:
    """The address that ``<link rel=canonical>`` claims, cleaned, where it may be believed; else None.

    Not believed: another site's address, and a home page claimed by a page that is not one. allows: whether the source owns an address.
    """
    if not claim or not is_address(claim) or not allows(claim):
        return None
    says_home = page_key(claim) == host_key(claim)
    return None if says_home and page_key(url) != host_key(url) else clean_url(claim)


def text_sha256(title: str | None, text: str) -> str:
    """SHA-256 of a title and text folded to letters and digits: case, punctuation, space and compatibility forms do not count."""
    return hashlib.sha256("\n".join([_letters(title or ""), _letters(text)]).encode()).hexdigest()


def is_long_enough(text: str) -> bool:
    """Whether a text says enough for its equal elsewhere to be a copy."""
    return len(_letters(text)) >= LONG_ENOUGH


def are_alike(text: str, other: str) -> bool:
    """Whether two texts may be revisions of one, by the words that both have."""
    words, others = set(text.casefold().split()), set(other.casefold().split())
    return len(words & others) >= ALIKE * len(words | others)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=1024)
def _clean(url: str) -> SplitResult | None:
    """The parts of a cleaned address, None where it is none. Cleaning twice changes nothing."""
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, (parts.hostname or "").rstrip(".")
        host = host if host.isascii() else host.encode("idna").decode().lower()
        # A query is not parsed and written anew: servers differ in what they accept, and not all escapes are UTF-8.
        query = "&".join(piece for piece in parts.query.split("&") if not _is_noise(piece))
        path, query = _encode(PATH_SESSION.sub("", parts.path) or "/", "/"), _encode(query, "/?[]|")
    except ValueError:  # brackets, a port, a name that IDNA refuses, half of a surrogate pair
        return None
    if parts.scheme not in {"http", "https"} or not HOST.fullmatch(host):
        return None
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in {None, 80 if parts.scheme == "http" else 443} else f"{host}:{port}"
    return SplitResult(parts.scheme, netloc, path, query, "")


def _is_noise(piece: str) -> bool:
    name, _, value = piece.partition("=")
    return bool(TRACKING.fullmatch(unquote_plus(name)) or SESSION.fullmatch(f"{unquote_plus(name)}={value}"))


def _is_view(piece: str) -> bool:
    """Whether a parameter makes no other page: another view, a checksum, a field of a form that was left empty."""
    name, equals, value = piece.partition("=")
    name, value = unquote_plus(name).lower(), unquote_plus(value).lower()
    return (name, value) in VIEW or name == CHECKSUM or bool(equals and not value)


def _encode(text: str, safe: str) -> str:
    """Percent-encoded once, with escapes in upper case; what was encoded stays so."""
    return ESCAPE.sub(lambda escape: escape[0].upper(), quote(text, safe="".join(PLAIN) + safe + "&=+%"))


def _plain(text: str, characters: frozenset[str]) -> str:
    """Without the escapes of characters that need none here."""

    def unescape(escape: re.Match[str]) -> str:
        character = chr(int(escape[0][1:], 16))
        return character if character in characters else escape[0]

    return ESCAPE.sub(unescape, text)
