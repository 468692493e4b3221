"""An answer to be written, of which a test says only what it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from storage.warc import Exchange

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def exchange(**values: Any) -> Exchange:
    usual: dict[str, Any] = {
        "url": "http://u.example/",
        "method": "GET",
        "request_headers": [],
        "status": 200,
        "response_headers": [],
        "body": b"",
        "fetched_at": NOON,
    }
    return Exchange(**(usual | values))
