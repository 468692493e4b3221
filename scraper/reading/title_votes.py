"""Which of a page's proposals is its title: each votes for what it says, for what it holds, and a little for what is like it.

What machines are told (JSON-LD, og:title, ``<title>``) is often one field of the CMS said over and over, so these count together as
little more than one. The headline that people see weighs as much as they do where it is like one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from scraper.reading.model import Told
from scraper.reading.phrases import fold
from scraper.reading.proposals import LABELS, Proposal, Source
from scraper.reading.title_parts import bare_separators, folded_letters, letters, runs

_WEIGHTS: Final[dict[Source, float]] = {
    "h1": 0.8,
    "inner": 0.8,
    "other h1": 0.5,
    "unseen h1": 0.5,
    "jsonld": 1.0,
    "og": 1.0,
    "meta": 0.2,
    "title": 0.6,
    "anchor": 0.7,
    "heading": 0.7,
    "line": 0.7,
}
"""How much a source counts. Found by a search over pages of 200 publishers; a tenth more or less moves next to nothing."""
_MACHINES: Final[frozenset[Source]] = frozenset({"unseen h1", "jsonld", "og", "meta", "title"})
_AGAIN: Final = 0.3
"""What a vote counts that a machine's statement only repeats."""
_LIKE: Final = 0.4
"""What likeness counts beside equality."""
_KIN: Final = 0.3
"""Likeness from which an h1 is of this page and not of the site, and `_SEEN` what it gains by that."""
_SEEN: Final = 0.4
_SHOWN: Final = 0.3
_LINKED: Final = 0.6
"""What it adds that the page shows a proposal in a line of its own, and that the link that led here bears the same words."""


@dataclass(frozen=True, slots=True)
class _Vote:
    """A proposal taken apart. letters: what it says. parts: the letters of its runs. grams: those letters by threes."""

    proposal: Proposal
    letters: str
    parts: frozenset[str]
    grams: frozenset[str]

    def likeness(self, other: _Vote) -> float:
        """0 to 1: 1 for a vote that says or holds what `other` says, else how many threes of letters they share (Dice)."""
        if other.letters in self.parts:
            return 1.0
        both = len(self.grams) + len(other.grams)
        return _LIKE * 2 * len(self.grams & other.grams) / both if both else 0.0


def elect(proposals: Iterable[Proposal], names: frozenset[str], lines: Iterable[str]) -> Told[str | None]:
    """The proposal that the others support best, None without any. names: the site's, folded, which are no title.

    lines: the page's, folded. Two that differ in signs alone are one: the wording that more give, or the longer, is taken.
    """
    votes = [_vote(one) for one in proposals]
    candidates = {vote.letters: vote for vote in votes if vote.letters and fold(vote.proposal.text) not in names}
    if not candidates:
        return Told(None, "nothing but the site's own names")
    shown = _shown(candidates, lines)
    best = max(candidates.values(), key=lambda one: (round(_support(one, votes, shown), 3), len(one.letters)))
    same = [vote.proposal for vote in votes if vote.letters == best.letters]
    wordings = Counter(fold(one.text) for one in same)
    wording = max(same, key=lambda one: (wordings[fold(one.text)], len(fold(one.text)))).text
    return Told(wording, _why(same))


def _shown(candidates: Iterable[str], lines: Iterable[str]) -> frozenset[str]:
    """Those candidates that a line of the page says."""
    lengths = [len(candidate) for candidate in candidates]
    least, most = min(lengths), 2 * max(lengths)
    return frozenset(folded_letters(line) for line in lines if least <= len(line) <= most)


def _vote(proposal: Proposal) -> _Vote:
    said = letters(proposal.text)
    parts = frozenset(map(letters, runs(proposal.text)))
    return _Vote(proposal, said, parts, frozenset(said[at : at + 3] for at in range(len(said) - 2)))


def _support(candidate: _Vote, votes: list[_Vote], shown: frozenset[str]) -> float:
    by_source: dict[Source, float] = {}
    for vote in votes:
        source = vote.proposal.source
        by_source[source] = max(by_source.get(source, 0.0), _WEIGHTS[source] * vote.likeness(candidate))
    machines = [value for source, value in by_source.items() if source in _MACHINES]
    most = max(machines, default=0.0)
    total = sum(by_source.values()) - (1 - _AGAIN) * (sum(machines) - most)
    if candidate.letters in shown:
        linked = any(vote.proposal.source == "anchor" and vote.letters == candidate.letters for vote in votes)
        total += _SHOWN + _LINKED * linked
    return total + _SEEN * _is_seen(candidate, votes)


def _is_seen(candidate: _Vote, votes: list[_Vote]) -> bool:
    """Whether a candidate is the page's main heading, and machines are told something like it."""
    if all(vote.letters != candidate.letters or vote.proposal.source not in {"h1", "inner"} for vote in votes):
        return False
    told = (vote for vote in votes if vote.proposal.source in {"jsonld", "og", "title"})
    return any(vote.likeness(candidate) >= _LIKE * _KIN for vote in told)


def _why(same: list[Proposal]) -> str:
    """Which sources agreed, and what was stripped from them."""
    sources = list(dict.fromkeys(LABELS[one.source] for one in same))
    agreed = f"{', '.join(sources[:-1])} and {sources[-1]} agree" if len(sources) > 1 else f"{sources[0]} alone"
    removed = dict.fromkeys(text for one in same if (text := bare_separators(one.removed)))
    return "; stripped ".join([agreed, *([", ".join(f"'{text}'" for text in removed)] if removed else [])])
