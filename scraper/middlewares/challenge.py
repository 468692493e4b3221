"""An answer that asks for a proof of being human, or blocks us, is a failure of its own: reported, never got around, never read."""

from __future__ import annotations

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scraper.reading.obstacles import find_challenge


class Challenged(IgnoreRequest):
    """The answer is a challenge; it says how that was told."""


class ChallengeMiddleware:
    """Ends a request whose answer is a challenge, whatever its status, before it is asked again or its words are believed.

    Stands behind Scrapy's decompression and before its retries. A page that will be read is left to its reader, who looks as well.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer, where it is none. Raises `Challenged`."""
        if response.status == 200 and request.meta.get("role") == "article":
            return response
        headers = {name.decode("latin-1").lower(): _text(values) for name, values in response.headers.items()}
        challenge = find_challenge(response.body, headers.get("content-type"), headers)
        if challenge is not None:
            raise Challenged(f"answered {response.status}, and {challenge.evidence}")
        return response


def _text(values: list[bytes]) -> str:
    return b", ".join(values).decode("latin-1")
