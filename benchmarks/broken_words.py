"""What `benchmarks.broken_pages` breaks pages with: words of broken_words.toml, and what is put together from them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any


@cache
def words(name: str) -> tuple[Any, ...]:
    """Those of one key of the table."""
    value = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))[name]
    return tuple(value.split()) if isinstance(value, str) else tuple(value)


def noise(random: Random, count: int) -> str:
    """Letters of many scripts, and what is no letter."""
    return "".join(random.choice(random.choice(words("letters"))) for _ in range(random.randrange(1, count + 1)))


def date_words(random: Random) -> str:
    """What looks like a date, and seldom is one."""
    digits = random.choice(words("digits"))
    parts = []
    for _ in range(random.randrange(1, 9)):
        number = str(random.choice(words("numbers")))
        parts.append(
            number.translate(str.maketrans("0123456789", digits))
            if random.random() < 0.6
            else random.choice(words("dates"))
        )
    return random.choice(("", " ", "-", "/", ".")).join(parts)


def json_value(random: Random, depth: int = 0) -> object:
    """JSON-LD as nobody should write it."""
    kind = random.randrange(9 if depth < 6 else 6)
    if kind < 6:
        return random.choice(
            (None, True, 0, -1, 1e308, 10**400, "", "NewsArticle", date_words(random), noise(random, 30), "http://[")
        )
    if kind == 6:
        return [json_value(random, depth + 1) for _ in range(random.randrange(5))]
    return {random.choice(words("keys")): json_value(random, depth + 1) for _ in range(random.randrange(7))}
