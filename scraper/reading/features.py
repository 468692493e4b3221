"""What can be counted of each line of a page, as numbers that tell text from chrome: the columns that `lines.py` judges by.

A line says something by itself (length, links, marks), by where it stands (its ancestors, and how much of the page's text they hold),
by the lines that look like it (the same tag and classes), by its neighbours, and by what another extractor made of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scraper.reading.document import Document
from scraper.reading.elements import Elements
from scraper.reading.outline import Line
from scraper.reading.phrases import fold, opening
from scraper.reading.prune import is_chrome_line
from scraper.reading.repeats import Repeats
from scraper.reading.structured import articles, string
from scraper.reading.surroundings import distances, shifted, smooth

Columns = NDArray[np.float32]
Floats = NDArray[np.float64]

LONG: Final = 80
"""Weighed characters from which an unlinked line reads as prose."""
_ROOM: Final = 160
_TITLE: Final = 8
_NEVER: Final = 999
_COMMENTS: Final = 40
"""Characters that a line over readers' comments has at most."""
_COUNTS: Final = "0123456789 ()[]:.,-+"
_MOST_STATED: Final = 100_000
_LEVELS: Final = (0, 1, 2, 3, 5)
"""Which of a line's ancestors are looked at: its own element, that one's parent, and so on."""
_AROUND: Final = (-3, -2, -1, 1, 2, 3)
_PLACES: Final = ("", "top", "menu", "crumbs", "side", "foot", "box", "caption")
_TAGS: Final = ("p", "li", "td", "div", "h", "a", "dd", "blockquote", "pre")
_DENSE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")
_MARKS: Final = re.compile(r"[,;:،؛，、；]|[.!?。！？؟۔।…](?=\s|$|[\"»”])")
_ENDS: Final = re.compile(r"[.!?…。！？؟۔।;:»”\"')\]]\s*$")
_DIGITS: Final = re.compile(r"\d")
_WORDS: Final = re.compile(r"\w+")
_NO_TITLE: Final = frozenset({"menu", "foot", "crumbs"})
_NUMBERS: Final = re.compile(r"\d{4}|\d\d?[:.]\d\d")
_HOLDERS: Final = (frozenset({"ul", "ol", "dl"}), frozenset({"table"}), frozenset({"article", "main"}))


def features(page: Document, votes: Sequence[float], repeats: Repeats | None = None) -> Columns:
    """A row of numbers for each line of the page. votes: 1 for each line that the other extractor kept, else 0."""
    return _Counts(page, votes, repeats).columns()


class _Counts:
    """A page's lines as arrays, and its elements as numbers, parents before children."""

    def __init__(self, page: Document, votes: Sequence[float], repeats: Repeats | None) -> None:
        self.page, self.lines = page, page.lines
        self.count = len(page.lines)
        texts = [line.text for line in page.lines]
        self.length = np.array(
            [len(text) if text.isascii() else len(text) + 2 * len(_DENSE.findall(text)) for text in texts], float
        )
        self.linked = np.array([line.linked / max(1, len(line.text)) for line in page.lines], float)
        self.vote = np.array(votes, float)
        self.is_long = ((self.length >= LONG) & (self.linked < 0.4)).astype(float)
        self.repeated = (
            np.array([repeats.share(line.folded) for line in page.lines], float)
            if repeats
            else np.full(self.count, -1.0)
        )
        self.titled = self._titled()
        self.numbers = np.array([len(text) < LONG and _NUMBERS.search(text) is not None for text in texts], float)
        self.elements = Elements(page.lines)

    def columns(self) -> Columns:
        """All columns of `features`."""
        if not self.count:
            return np.zeros((0, 1), np.float32)
        parts = (
            self._own(),
            self._places(),
            self._ancestors(),
            self._alike(),
            self._holders(),
            self._standing(),
            self._whole(),
            *self._neighbours(),
        )
        return np.concatenate(parts, 1).astype(np.float32)

    def _own(self) -> Floats:
        lines = self.lines
        seen = Counter(line.folded for line in lines)
        short = [len(line.text) < _ROOM for line in lines]
        words = np.array([line.text.count(" ") + 1 for line in lines], float)
        return np.stack(
            [
                np.log1p(self.length),
                self.linked,
                words,
                np.array([len(_MARKS.findall(line.text)) for line in lines]) / words,
                np.array([_ENDS.search(line.text) is not None for line in lines], float),
                np.array([len(_DIGITS.findall(line.text)) / len(line.text) for line in lines]),
                np.array([line.heading for line in lines], float),
                self.vote,
                np.array(
                    [each and is_chrome_line(line.folded) for line, each in zip(lines, short, strict=True)], float
                ),
                np.array(
                    [
                        each and opening("related").match(line.folded) is not None
                        for line, each in zip(lines, short, strict=True)
                    ],
                    float,
                ),
                self.numbers,
                np.array(["©" in line.text or "copyright" in line.folded for line in lines], float),
                np.array([seen[line.folded] > 1 for line in lines], float),
                self.titled,
                self.repeated,
                *self._stated(),
                self.is_long,
            ],
            1,
        )

    def _stated(self) -> list[Floats]:
        """Whether a line stands in what the page states to machines as its text, and as its summary; -1 where it states none."""
        own = articles(self.page.things)
        texts = (next((text for thing in own if (text := string(thing, "articleBody", "text"))), ""), self._summary())
        found = []
        for text in texts:
            stated = _bare(fold(text[:_MOST_STATED]))
            lines = (_bare(line.folded) for line in self.lines)
            found.append(
                np.array(
                    [
                        float(len(each) > _TITLE and (each in stated or (len(stated) > _TITLE and stated in each)))
                        if stated
                        else -1.0
                        for each in lines
                    ]
                )
            )
        return found

    def _summary(self) -> str:
        return max(
            (text for name in ("og:description", "description") for text in self.page.metas.get(name, ())),
            key=len,
            default="",
        )

    def _since_title(self) -> list[Floats]:
        """How many headings, links, lines with numbers and characters of prose stand between a line and the title before it."""
        starts = np.zeros(self.count, int)
        at = -1
        for line in range(self.count):
            at = line if self.titled[line] else at
            starts[line] = at
        headings = np.array([line.heading > 0 for line in self.lines], float)
        columns = []
        for values in (headings, (self.linked > 0.8).astype(float), self.numbers, self.length * self.is_long / 100):
            before = np.concatenate([[0.0], np.cumsum(values)])
            columns.append(np.where(starts >= 0, before[:-1] - before[np.maximum(starts, 0) + 1], -1.0))
        return columns

    def _since_comments(self) -> Floats:
        """How many lines ago readers' comments began, 999 where they did not."""
        heads = opening("comments")
        at, found = -_NEVER, np.zeros(self.count)
        for index, line in enumerate(self.lines):
            if len(line.text) < _COMMENTS and heads.match(line.folded.lstrip(_COUNTS)) is not None:
                at = index
            found[index] = min(_NEVER, index - at)
        return found

    def _titled(self) -> Floats:
        stated = fold(self.page.page_title)
        social = fold(next(iter(self.page.metas.get("og:title", ())), ""))
        known = frozenset(_WORDS.findall(stated)) | frozenset(_WORDS.findall(social))

        def shows(line: Line) -> bool:
            if len(line.folded) <= _TITLE or len(line.folded) > _ROOM or line.place in _NO_TITLE:
                return False
            if line.heading == 1 or line.folded in stated or line.folded == social:
                return True
            words = _WORDS.findall(line.folded)
            return len(words) > 3 and sum(word in known for word in words) >= 0.8 * len(words)

        return np.array([shows(line) for line in self.lines], float)

    def _places(self) -> Floats:
        tags = ["h" if line.heading and str(line.element.tag)[0] == "h" else line.element.tag for line in self.lines]
        return np.concatenate(
            [
                np.array([[line.place == place for place in _PLACES] for line in self.lines], float),
                np.array([[tag == each for each in _TAGS] for tag in tags], float),
            ],
            1,
        )

    def _ancestors(self) -> Floats:
        elements, whole = self.elements, self._share_of
        sums = elements.sums(
            np.stack(
                [
                    self.length,
                    self.length * self.linked,
                    np.ones(self.count),
                    self.length * self.is_long,
                    self.length * self.vote,
                ],
                1,
            )
        )
        size, links, lines, prose, voted = sums.T
        score = self._scores(size, links)
        columns = []
        for level in _LEVELS:
            at = elements.above(level)
            columns += [
                np.log1p(size[at]),
                links[at] / np.maximum(1, size[at]),
                lines[at],
                whole(prose[at], prose[0]),
                voted[at] / np.maximum(1, size[at]),
                whole(voted[at], voted[0]),
            ]
        columns += [score[elements.above(level)] for level in (0, 1)]
        columns += [elements.children[elements.above(1)], elements.depth[elements.above(0)]]
        best = int(np.argmax(score))
        columns += [elements.inside(best), *self._from_title(size)]
        return np.stack(columns, 1)

    def _from_title(self, size: Floats) -> list[Floats]:
        """How far a line is in the tree from the title before it: steps up to what holds both, and down; that one's share of the page."""
        far = np.full(self.count, 20.0)
        up, down, share = far.copy(), far.copy(), np.ones(self.count)
        title: list[int] = []
        depth = self.elements.depth
        for line, element in enumerate(self.elements.own):
            if self.titled[line]:
                title = self.elements.chain(element)
            if title:
                both = self.elements.meeting(element, title)
                up[line], down[line], share[line] = (
                    depth[element] - depth[both],
                    depth[title[0]] - depth[both],
                    size[both] / size[0],
                )
        return [np.minimum(up, far), np.minimum(down, far), share]

    @staticmethod
    def _share_of(part: Floats, whole: float) -> Floats:
        return part / (whole + 1)

    def _scores(self, size: Floats, links: Floats) -> Floats:
        """How much of prose stands right below each element, 0 to 1, as readability counts it."""
        marks = np.array([len(_MARKS.findall(line.text)) for line in self.lines], float)
        given = np.where((self.length >= 25) & (self.linked <= 0.5), 1 + marks + np.minimum(self.length / 100, 3), 0.0)
        scores = np.zeros(len(self.elements.parent))
        for level, share in ((1, 1.0), (2, 0.5), (3, 1 / 6), (4, 1 / 9)):
            np.add.at(scores, self.elements.above(level), given * share)
        scores *= 1 - links / np.maximum(1, size)
        shares: Floats = scores / (scores.max() + 1e-9)
        return shares

    def _alike(self) -> Floats:
        """Of the lines with the same tags and classes: how many, how long, how much of them voted for, linked, prose."""
        columns = []
        for groups in self.elements.alike():
            sums = np.zeros((max(groups) + 1, 5))
            np.add.at(
                sums,
                groups,
                np.stack(
                    [
                        np.ones(self.count),
                        self.length,
                        self.length * self.vote,
                        self.length * self.linked,
                        self.is_long,
                    ],
                    1,
                ),
            )
            number, length, voted, linked, prose = sums[groups].T
            columns += [
                number,
                length / number,
                voted / np.maximum(1, length),
                linked / np.maximum(1, length),
                prose,
                length / max(1.0, self.length.sum()),
            ]
        return np.stack(columns, 1)

    def _holders(self) -> Floats:
        """Of the list, the table and the article that a line stands in: its lines, their length, links and votes, its share of the page."""
        sums = self.elements.sums(
            np.stack([self.length, self.length * self.linked, np.ones(self.count), self.length * self.vote], 1)
        )
        columns = []
        for names in _HOLDERS:
            at = self.elements.nearest(names)
            there = at >= 0
            size, links, lines, voted = (np.where(there, sums[at, each], 0.0) for each in range(4))
            columns += [
                there.astype(float),
                lines,
                size / np.maximum(1, lines),
                links / np.maximum(1, size),
                voted / np.maximum(1, size),
                size / max(1.0, self.length.sum()),
            ]
        return np.stack(columns, 1)

    def _standing(self) -> Floats:
        """Where in the page a line stands, from the title, from prose and from what was voted for, and how it is around it."""
        index = np.arange(self.count, dtype=float)
        titles = np.flatnonzero(self.titled)
        before = np.searchsorted(titles, index, side="right") - 1
        since = (
            np.where(before >= 0, index - titles[np.maximum(before, 0)], 999.0)
            if len(titles)
            else np.full(self.count, 999.0)
        )
        voted = np.flatnonzero(self.vote)
        first, last = (voted[0], voted[-1]) if len(voted) else (0, self.count - 1)
        total = max(1.0, self.length.sum())
        columns = [
            since,
            *self._since_title(),
            self._since_comments(),
            (np.cumsum(self.length) - self.length) / total,
            index / self.count,
            *distances(self.is_long),
            *(smooth(self.vote, self.length, width) for width in (2, 6)),
            *(smooth(self.linked, self.length, width) for width in (2, 5)),
            smooth(self.is_long, self.length, 4),
            *(smooth(self.numbers, np.ones(self.count), width) for width in (3, 8)),
            *distances(self.numbers),
            smooth(np.maximum(self.repeated, 0), self.length, 3),
            index - first,
            last - index,
            (index > (titles[-1] if len(titles) else -1)).astype(float),
        ]
        return np.stack(columns, 1)

    def _whole(self) -> Floats:
        """The page as a whole, the same for each line."""
        total = self.length.sum()
        row = [
            np.log1p(total),
            np.log1p((self.length * self.is_long).sum()),
            (self.length * self.vote).sum() / max(1.0, total),
            (self.length * self.linked).sum() / max(1.0, total),
            np.log1p(self.count),
            float(self.titled.any()),
        ]
        return np.tile(np.array(row), (self.count, 1))

    def _neighbours(self) -> list[Floats]:
        own = np.stack(
            [
                np.log1p(self.length),
                self.linked,
                self.vote,
                np.array([line.heading for line in self.lines], float),
                self.is_long,
                self.repeated,
            ],
            1,
        )
        return [shifted(own, step) for step in _AROUND]


def _bare(text: str) -> str:
    return "".join(text.split())
