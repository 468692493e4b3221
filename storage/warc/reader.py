"""Reads our WARC files back: one record at an offset, or all responses of a file in order.

Each record is a gzip member of its own, so zlib alone finds where one ends, and whether the last one is whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from storage.errors import RecordMissing

BUFFER_BYTES = 1 << 20
CHUNK_BYTES = 1 << 16
GZIP_MAGIC = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """A response as it stands in a WARC file.

    headers: names in lower case, repeated ones joined by a comma. body: in the content encoding it came in.
    sha256: of the body, as the record states it. offset, length: of the gzip member, in bytes.
    source, role, page_url: see `storage.warc.Exchange`.
    """

    url: str
    fetched_at: datetime
    status: int
    headers: dict[str, str]
    body: bytes
    sha256: str
    source: str | None
    role: str | None
    page_url: str | None
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member. data: what it holds, decompressed."""

    offset: int
    length: int
    data: bytes


def read_record(path: Path, offset: int) -> ArchivedResponse:
    """The response whose record begins at `offset` bytes. Raises `RecordMissing` where there is no whole one."""
    member = next(read_members(path, offset), None)
    response = _parse_response(member) if member is not None and member.offset == offset else None
    if response is None:
        raise RecordMissing(f"{path} has no whole response at byte {offset}. Put the file back from a copy.")
    return response


def scan(path: Path) -> Iterator[ArchivedResponse]:
    """Every whole response of a file, in order."""
    for member in read_members(path):
        if (response := _parse_response(member)) is not None:
            yield response


def read_members(path: Path, offset: int = 0) -> Iterator[Member]:
    """Every whole record from `offset` on. What is torn or foreign is stepped over: good records may stand behind it.

    Raises `RecordMissing` where the file cannot be read.
    """
    try:
        with path.open("rb", buffering=BUFFER_BYTES) as file:
            while True:
                member = _read_member(file, offset)
                if member is not None:
                    yield member
                    offset += member.length
                elif (following := _find_magic(file, offset + 1)) is not None:
                    offset = following
                else:
                    return
    except OSError as error:
        raise RecordMissing(
            f"the WARC file {path} cannot be read: {error.strerror}. Put it back from a copy."
        ) from error


def _read_member(file: BinaryIO, offset: int) -> Member | None:
    """The record at `offset`; None where there is none, or not all of it. A gzip member without a WARC record is somebody's body."""
    file.seek(offset)
    inflate, parts, length = zlib.decompressobj(zlib.MAX_WBITS | 16), [], 0
    try:
        while not inflate.eof:
            chunk = file.read(CHUNK_BYTES)
            if not chunk:
                return None
            parts.append(inflate.decompress(chunk))
            length += len(chunk) - len(inflate.unused_data)
    except zlib.error:
        return None
    data = b"".join(parts)
    return Member(offset, length, data) if data.startswith(b"WARC/") else None


def _find_magic(file: BinaryIO, offset: int) -> int | None:
    """Where the next gzip member may begin."""
    file.seek(offset)
    window = b""
    while chunk := file.read(CHUNK_BYTES):
        window += chunk
        if (found := window.find(GZIP_MAGIC)) >= 0:
            return offset + found
        offset += len(window) - len(GZIP_MAGIC) + 1
        window = window[1 - len(GZIP_MAGIC) :]
    return None


def _parse_response(member: Member) -> ArchivedResponse | None:
    """None for a record that is no response, or not one that Elchi wrote."""
    head, _, block = member.data.partition(b"\r\n\r\n")
    fields = _parse_fields(head.decode("utf-8", "replace"))
    if fields.get("warc-type") != "response":
        return None
    try:
        http_head, _, body = block[: int(fields["content-length"])].partition(b"\r\n\r\n")
        return ArchivedResponse(
            url=fields["warc-target-uri"],
            fetched_at=datetime.fromisoformat(fields["warc-date"]),
            status=int(http_head.split(None, 2)[1]),
            headers=_parse_fields(http_head.decode("latin-1")),
            body=body,
            sha256=fields["warc-payload-digest"].removeprefix("sha256:"),
            source=fields.get("elchi-source"),
            role=fields.get("elchi-role"),
            page_url=fields.get("elchi-page"),
            offset=member.offset,
            length=member.length,
        )
    except (KeyError, ValueError, IndexError):
        return None


def _parse_fields(head: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        name, value = name.strip().lower(), value.strip()
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return fields
