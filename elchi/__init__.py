"""Elchi: the news of universities and ministries about their international relations, crawled, kept, and found again.

>>> import elchi
>>> with elchi.open_library() as library:
...     for article in library.search("memorandum", country="KZ"):
...         print(article.published_on, article.title)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from elchi.library import Library, open_library

__all__ = ["Library", "open_library"]


def __getattr__(name: str) -> Any:
    """Imported when first used: `elchi --help` must not pay for a database."""
    if name not in __all__:
        raise AttributeError(f"module 'elchi' has no attribute {name!r}")
    from elchi import library

    return getattr(library, name)
