"""How much of what was read is right.

Text: shingles of four tokens, as multisets, as the article-extraction-benchmark has it. A token is a word, or one character of Han, Kana,
Thai or Burmese. A page's precision and recall are averaged over pages (precision over those that have a text), F1 is theirs. Title: equal
after folding quotes, dashes, case and spaces. Date: the same day, another day, or none.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Literal

from benchmarks.quality.corpora import Gold

SHINGLE = 4
_SINGLE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f\u1000-\u109f"
_TOKEN = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+")
_UNSEEN = {0x200B: None, 0x200C: None, 0x00AD: None, 0x0640: None}
"""Zero-width space and non-joiner, soft hyphen, tatweel: sites and annotators differ in them, and no reader is judged by that."""
_ALIKE = {
    ord(letter): alike
    for alike, letters in {"'": "’‘", '"': "“”„«»", "-": "–—", "ی": "ي", "ک": "ك"}.items()
    for letter in letters
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine made of a page. date: ISO 8601, at least a day; None where it found none, or does not look for any."""

    text: str = ""
    title: str | None = None
    date: str | None = None
    cpu_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """How one page was read; None where the gold does not say."""

    precision: float | None = None
    recall: float | None = None
    empty: bool = False
    title: bool | None = None
    date: Literal["right", "wrong", "none"] | None = None


def mark(gold: Gold, read: Reading) -> Mark:
    """Compare a reading with what is right."""
    precision = recall = None
    words = tokens(read.text)
    if gold.text:
        precision, recall = _overlap(_wanted(gold, words), words)
    title = fold_title(read.title) == fold_title(gold.title) if gold.title else None
    date = _judge_date(gold.date, read.date) if gold.date else None
    return Mark(precision, recall, bool(gold.text) and not words, title, date)


def tokens(text: str | None) -> list[str]:
    """The words of a text."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text or "").translate(_UNSEEN))


def fold_title(title: str | None) -> str:
    """A title as it is compared."""
    plain = unicodedata.normalize("NFKC", html.unescape(title or "")).translate(_UNSEEN).translate(_ALIKE)
    return " ".join(plain.split()).casefold()


def _wanted(gold: Gold, read: Sequence[str]) -> list[str]:
    """The words of the gold. A paragraph that may be left out counts only where its first words were read."""
    if not gold.paragraphs:
        return tokens(gold.text)
    joined = " ".join(read)
    kept = [text for text, optional in gold.paragraphs if not optional or " ".join(tokens(text)[:SHINGLE]) in joined]
    return tokens("\n".join(kept))


def _overlap(wanted: list[str], read: list[str]) -> tuple[float, float]:
    one, two = _shingles(wanted), _shingles(read)
    common = (one & two).total()
    return common / two.total() if two else 0.0, common / one.total() if one else 1.0


def _shingles(words: list[str]) -> Counter[tuple[str, ...]]:
    """A text of fewer words is one shingle."""
    if not words:
        return Counter()
    starts = range(max(1, len(words) - SHINGLE + 1))
    return Counter(tuple(words[start : start + SHINGLE]) for start in starts)


def _judge_date(right: str, read: str | None) -> Literal["right", "wrong", "none"]:
    if not read:
        return "none"
    return "right" if read[:10] == right[:10] else "wrong"


def summary(marks: Sequence[Mark]) -> dict[str, Any]:
    """Shares of 1 over some pages, None where none of them has gold of that sort. pages: how many have any text to find."""
    texts = [each for each in marks if each.recall is not None]
    titles = [each.title for each in marks if each.title is not None]
    dates = Counter(each.date for each in marks if each.date is not None)
    return {
        "pages": len(marks),
        "texts": len(texts),
        **_texts(texts),
        "title": fmean(titles) if titles else None,
        **{f"date_{name}": dates[name] / dates.total() if dates else None for name in ("right", "wrong", "none")},
    }


def _texts(texts: Sequence[Mark]) -> dict[str, float | None]:
    if not texts:
        return dict.fromkeys(("f1", "precision", "recall", "empty"))
    precision = fmean([each.precision or 0.0 for each in texts if not each.empty] or [0.0])
    recall = fmean(each.recall or 0.0 for each in texts)
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {"f1": f1, "precision": precision, "recall": recall, "empty": fmean(each.empty for each in texts)}
