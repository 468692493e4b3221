"""What a site answers to a path on a day, before headers, validators and compression."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from random import Random
from urllib.parse import parse_qs, urlsplit

from benchmarks.farm import themes
from benchmarks.farm.chrome import Chrome, filled, make_chrome
from benchmarks.farm.language import language
from benchmarks.farm.themes import Frame, Story
from benchmarks.farm.world import Article, Site, State, Theme, World

PAGE_SIZE = 20
FEED_SIZE = 20
OTHERS = 5
LISTS: dict[Theme, str] = {"portal": "/news", "press": "/category/news/", "node": "/news", "table": "/news.php"}
"""The path of each theme's list."""

FURTHER: dict[Theme, str] = {
    "portal": "/news?page={page}",
    "press": "/category/news/?paged={page}",
    "node": "/news?page={page}",
    "table": "/news.php?start={page}",
}
ARTICLE: dict[Theme, str] = {
    "portal": r"/news/(\d+)/details",
    "press": r"/\d{4}/\d\d/post-(\d+)/",
    "node": r"/node/(\d+)",
    "table": r"/index\.php\?id=(\d+)",
}
"""A pattern for the addresses of each theme's articles: path and query."""

Role = str
"""What an answer is for the record: article, list, feed, sitemap, robots, home, trap, other."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site says. modified: the day for Last-Modified. location: where it moved."""

    status: int
    body: str
    role: Role
    content_type: str = "text/html; charset=utf-8"
    modified: date | None = None
    location: str | None = None


class Pages:
    """Draws the pages of a world. Nothing is kept but the frames of its sites."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._chromes: dict[int, Chrome] = {}
        self._story = lru_cache(maxsize=4000)(self._draw_story)

    def answer(self, site: Site, host: str, target: str, day: int) -> Answer:
        """The answer of a site that is up. target: path and query."""
        state = self.world.state(site, day)
        if state.moved and host == site.host:
            role = "robots" if target == "/robots.txt" else "moved"
            return Answer(301, "", role, location=f"http://{site.new_host}{target}")
        if not state.moved and host == site.new_host:
            return self._missing(site)
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        if path == "/robots.txt":
            return self._robots(host)
        if state.block == "403":
            return Answer(
                403, "<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1></body></html>", "blocked"
            )
        if state.block == "challenge":
            return Answer(200, self._challenge(site), "blocked")
        if match := re.fullmatch(ARTICLE[site.theme], target):
            return self._article(site, host, int(match[1]), day, state)
        if path == LISTS[site.theme]:
            return self._list(site, host, query, day, state)
        if path in {"/feed/", "/sitemap.xml"}:
            return self._xml(site, host, path, day, state)
        if path == "/calendar" and state.trap == "month":
            return self._calendar(site, host, query.get("month", [""])[0], day)
        if path == "/":
            return self._list(site, host, {}, day, state)
        return self._missing(site)

    def story(self, site: Site, number: int, day: int) -> Story | None:
        """What an article says on a day, None where the site has none of this number."""
        article = self._find(site, number, day)
        return self._story(site, article, article.revision(day)) if article else None

    def _find(self, site: Site, number: int, day: int) -> Article | None:
        articles = self.world.articles[site.index]
        index = number - 1000
        return articles[index] if 0 <= index < len(articles) and articles[index].is_live(day) else None

    def path(self, site: Site, article: Article) -> str:
        """The address of an article without its host."""
        if site.theme == "press":
            return f"/{article.published:%Y/%m}/post-{article.number}/"
        paths = {"portal": "/news/{}/details", "node": "/node/{}", "table": "/index.php?id={}"}
        return paths[site.theme].format(article.number)

    def _draw_story(self, site: Site, article: Article, revision: int) -> Story:
        words = language(site.tag)
        random = Random(f"{self.world.scenario.seed}/{site.index}/{article.number}")
        title, paragraphs = words.make_title(random), words.make_paragraphs(random)
        for number in range(revision):
            again = Random(f"{self.world.scenario.seed}/{site.index}/{article.number}/{number}")
            paragraphs = (*paragraphs, words.make_paragraphs(again)[0])
        edited = self.world.date(article.edits[revision - 1]) if revision else None
        return Story(
            self.path(site, article), title, paragraphs, article.published, words.say_date(article.published), edited
        )

    def _frame(self, site: Site, host: str, day: int, state: State, others: tuple[Story, ...] = ()) -> Frame:
        words = language(site.tag)
        if site.index not in self._chromes:
            random = Random(f"{self.world.scenario.seed}/{site.index}/chrome")
            self._chromes[site.index] = make_chrome(words, site.host, random)
        return Frame(
            words,
            self._chromes[site.index],
            host,
            words.say_date(self.world.date(day)),
            state.redesign != "dates",
            others,
        )

    def _sized(self, html: str, site: Site, number: int) -> str:
        least, most = self.world.scenario.page_kilobytes
        target = Random(f"{self.world.scenario.seed}/{site.index}/{number}/size").randint(least * 1000, most * 1000)
        return filled(html, self._chromes[site.index], target)

    def _article(self, site: Site, host: str, number: int, day: int, state: State) -> Answer:
        article, story = self._find(site, number, day), self.story(site, number, day)
        if article is None or story is None:
            return self._missing(site)
        frame = self._frame(site, host, day, state, self._others(site, number, day))
        if state.redesign == "script":
            html = themes.script_page(site.theme, frame, story.path)
        else:
            html = themes.article_page(site.theme, frame, story)
        return Answer(200, self._sized(html, site, number), "article", modified=story.edited or self._appeared(article))

    def _appeared(self, article: Article) -> date:
        return article.published if article.appeared < 0 else self.world.date(article.appeared)

    def _changed(self, article: Article, day: int) -> date:
        """When the text was changed last, as far as a day knows."""
        edits = [edited for edited in article.edits if edited <= day]
        return self.world.date(edits[-1]) if edits else self._appeared(article)

    def _others(self, site: Site, number: int, day: int) -> tuple[Story, ...]:
        """A portal shows the day's latest beside each article, so that its pages change every day; the others what came before it."""
        if site.theme == "portal":
            numbers = [article.number for article in self.world.live(site, day)[: OTHERS + 1]]
        else:
            numbers = list(range(number - 1, number - OTHERS - 1, -1))
        stories = (self.story(site, each, day) for each in numbers if each != number)
        return tuple(story for story in stories if story)[:OTHERS]

    def _list(self, site: Site, host: str, query: dict[str, list[str]], day: int, state: State) -> Answer:
        articles = self.world.live(site, day)
        first = int(query.get("page", query.get("paged", query.get("start", ["1"])))[0])
        last = max(1, -(-len(articles) // PAGE_SIZE))
        if first > last:
            if state.trap != "pager":
                return self._missing(site)
            first = last  # the same page under endless numbers
        shown = articles[(first - 1) * PAGE_SIZE : first * PAGE_SIZE]
        stories = [self._story(site, article, article.revision(day)) for article in shown]
        frame = self._frame(site, host, day, state)
        further = FURTHER[site.theme]
        numbers = "".join(f'<a href="{further.format(page=each)}">{each}</a> ' for each in range(1, min(last, 9) + 1))
        extra = self._months(site, self.world.date(day)) if state.trap == "month" else ""
        html = themes.listing_page(site.theme, frame, stories, numbers, extra, scripted=state.redesign == "links")
        return Answer(200, self._sized(html, site, -first), "list", modified=self.world.date(day))

    def _months(self, site: Site, around: date) -> str:
        """Links to the months about a date, each with a text as long as a headline."""
        words = language(site.tag)
        months = [(around.year * 12 + around.month - 1 + step) for step in range(-6, 7)]
        return "".join(
            f'<div class="month"><a href="/calendar?month={each // 12}-{each % 12 + 1:02}">'
            f"{escape(words['news'])}: {escape(words['others'])}, {words.say_date(date(each // 12, each % 12 + 1, 1))}</a></div>"
            for each in months
        )

    def _calendar(self, site: Site, host: str, month: str, day: int) -> Answer:
        match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", month)
        if not match:
            return self._missing(site)
        around = date(int(match[1]), int(match[2]), 1)
        frame = self._frame(site, host, day, State())
        html = themes.listing_page(site.theme, frame, (), "", self._months(site, around))
        return Answer(200, self._sized(html, site, around.toordinal()), "trap")

    def _xml(self, site: Site, host: str, path: str, day: int, state: State) -> Answer:
        if state.redesign == "links":
            return self._list(site, host, {}, day, state)
        articles = self.world.live(site, day)
        if path == "/sitemap.xml":
            urls = "".join(
                f"<url><loc>http://{host}{escape(self.path(site, each))}</loc><lastmod>{self._changed(each, day)}</lastmod></url>\n"
                for each in articles
            )
            body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
            return Answer(200, body, "sitemap", "application/xml", modified=self.world.date(day))
        return Answer(
            200,
            self._feed(site, host, articles, day, is_dated=state.redesign != "dates"),
            "feed",
            "application/rss+xml; charset=utf-8",
            self.world.date(day),
        )

    def _feed(self, site: Site, host: str, articles: list[Article], day: int, *, is_dated: bool) -> str:
        items = []
        for article in sorted(articles, key=lambda each: each.number, reverse=True)[:FEED_SIZE]:
            story = self._story(site, article, article.revision(day))
            moment = format_datetime(
                datetime(article.published.year, article.published.month, article.published.day, 9, tzinfo=UTC)
            )
            link = f"http://{host}{escape(story.path)}"
            items.append(
                f"<item><title>{escape(story.title)}</title><link>{link}</link><guid>{link}</guid>"
                + (f"<pubDate>{moment}</pubDate></item>\n" if is_dated else "</item>\n")
            )
        name = escape(self._frame(site, host, day, State()).chrome.name)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{name}</title><link>http://{host}/</link>\n{"".join(items)}</channel></rss>\n'

    def _robots(self, host: str) -> Answer:
        delay = self.world.scenario.crawl_delay
        wish = f"Crawl-delay: {delay:g}\n" if delay else ""
        return Answer(
            200, f"User-agent: *\nDisallow: /search\n{wish}Sitemap: http://{host}/sitemap.xml\n", "robots", "text/plain"
        )

    def _challenge(self, site: Site) -> str:
        said = escape(language(site.tag)["closed"])
        return (
            f'<!DOCTYPE html><html><head><title>Just a moment...</title><meta name="robots" content="noindex"></head><body>'
            f'<h1>{site.host}</h1><p id="cf-challenge">{said}…</p>'
            "<noscript>Enable JavaScript and cookies to continue</noscript></body></html>"
        )

    def _missing(self, site: Site) -> Answer:
        said = escape(language(site.tag)["gone"])
        return Answer(
            404, f"<html><head><title>404 {said}</title></head><body><h1>{said}</h1></body></html>", "missing"
        )
