"""Turns the answer of an entry point into candidates: address, the link's text, the date beside it. Pure functions."""

from spiders.discovery.discover import discover
from spiders.discovery.model import Answer, Discovered, NotAsExpected

__all__ = ["Answer", "Discovered", "NotAsExpected", "discover"]
