"""The body comes out whole, in paragraphs, and without what stands around it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import tostring

from scraper.reading import Rules, Selectors
from scraper.reading.blocks import blocks_of
from scraper.reading.body import extract_body
from scraper.reading.document import document
from scraper.reading.markup import parse
from scraper.reading.outline import outline

from .pages import PROSE, article, read

ZWNJ, ZWJ = "\u200c", "\u200d"


def _paragraphs(html: str) -> list[str]:
    return [block.paragraph for block in blocks_of(outline(parse(html)))]


@pytest.mark.parametrize("language", sorted(PROSE))
def test_the_text_is_all_there(language: str) -> None:
    assert read(article(language)).text.split("\n\n")[0] == PROSE[language]


@pytest.mark.parametrize("joiner", [ZWNJ, ZWJ], ids=["ZWNJ", "ZWJ"])
def test_joiners_are_kept_where_they_stand(joiner: str) -> None:
    text = PROSE["fa"].replace("ه ", f"ه{joiner} ")
    page = article("fa").replace(PROSE["fa"], text)
    assert read(page).text.split("\n\n")[0] == text


@pytest.mark.parametrize("entity", ["&zwnj;", "&#8204;", "&#x200C;"])
def test_joiners_written_as_entities_are_kept(entity: str) -> None:
    page = article("fa").replace(PROSE["fa"], PROSE["fa"].replace(ZWNJ, entity))
    assert read(page).text.split("\n\n")[0] == PROSE["fa"]


@pytest.mark.parametrize("joiner", [ZWNJ, ZWJ], ids=["ZWNJ", "ZWJ"])
def test_joiners_of_a_page_too_short_for_the_main_extractor_are_kept(joiner: str) -> None:
    text = f"نشست گفت{joiner}وگوی"
    assert read(f"<html><body><ul><li>{text}</li></ul></body></html>").text == f"- {text}"


def test_a_page_that_holds_the_stand_in_letters_keeps_them_too() -> None:
    text = f"{PROSE['fa']} ꙮꚘꚚ می{ZWNJ}شود"
    assert read(article("fa").replace(PROSE["fa"], text)).text.split("\n\n")[0] == text


@given(
    st.lists(
        st.sampled_from(["می", "شود", "دانشگاه", "ها", "همکاری", "علمی", "نشست", "برگزار"]), min_size=30, max_size=60
    ),
    st.data(),
)
@settings(max_examples=30, deadline=None)
def test_every_joiner_survives(words: list[str], data: st.DataObject) -> None:
    joints = data.draw(st.lists(st.sampled_from([" ", " ", ZWNJ]), min_size=len(words), max_size=len(words)))
    text = "".join(word + joint for word, joint in zip(words, joints, strict=True)).strip(f" {ZWNJ}")
    page = f"<html><body><h1>گزارش نشست</h1><div><p>{text}</p><p>{PROSE['fa']}</p></div></body></html>"
    assert read(page).text.split("\n\n")[-2:] == [text, PROSE["fa"]]


CHROME = {
    "en": ["You are here", "Close Menu", "Share this:", "Print this page", "Views: 1204"],
    "fa": ["جهت مشاهده تصاویر کلیک کنید.", "شما اینجا هستید", "تعداد بازدید: ۱۲۴", "نسخه چاپی"],
    "ar": ["أنت هنا", "عدد المشاهدات: 90412", "طباعة"],
    "ru": ["Вы здесь:", "Просмотров: 415", "Версия для печати", "Поделиться"],
    "kk": ["Қаралды: 512", "Бөлісу"],
    "uz": ["Menyuni yopish", "Ko‘rishlar: 388", "Ulashish"],
    "tr": ["Buradasınız", "Okunma Sayısı: 77", "Yazdır"],
    "de": ["Sie sind hier", "Drucken", "Menü schließen"],
    "zh": ["当前位置：", "浏览次数：1207", "【打印本页】", "关闭窗口"],
}


@pytest.mark.parametrize(
    ("language", "line"), [(language, line) for language, lines in CHROME.items() for line in lines]
)
@pytest.mark.parametrize("where", ["before", "after"])
def test_words_of_the_chrome_stay_out(language: str, line: str, where: str) -> None:
    page = article(language, **{where: f"<p>{line}</p>"})
    assert line not in read(page).text


BOXES = {
    "breadcrumb": "<div class='breadcrumb'><a href='/'>Home</a> » <a href='/news'>All the news</a></div>",
    "share bar": "<div class='social-share'><a href='#'>Send by mail</a><a href='#'>Send to a friend</a></div>",
    "menu": "<nav><ul><li><a href='/a'>About the academy</a></li><li><a href='/b'>Our laboratories</a></li></ul></nav>",
    "related": "<div class='related-posts'><h3>More from us</h3><p><a href='/x'>The library opens its new reading room</a></p></div>",
    "read also": "<p>Read also: <a href='/x'>The library opens its new reading room</a></p>",
    "sidebar": "<aside><h3>Latest</h3><a href='/x'>The library opens its new reading room</a></aside>",
    "footer": "<footer><p>© 2019-2026 Academy. All rights are reserved by the academy and its press office.</p></footer>",
    "caption": "<figure><img src='/a.jpg'><figcaption>The hosts and their guests before the main building</figcaption></figure>",
    "comments": "<div id='comments'><h3>2 comments</h3><p>What a pleasant visit that was, thank you for it.</p></div>",
    "counter": "<div class='hits'>Seen 1204 times by 388 readers of this site</div>",
}


@pytest.mark.parametrize("box", sorted(BOXES))
@pytest.mark.parametrize("where", ["before", "after"])
def test_boxes_stay_out(box: str, where: str) -> None:
    expected = read(article()).text
    assert read(article(**{where: BOXES[box]})).text == expected


def test_read_also_between_paragraphs_stays_out() -> None:
    page = article().replace(
        "</p><p>", "</p><p>Read also: <a href='/x'>The library opens its new reading room</a></p><p>", 1
    )
    assert "library" not in read(page).text


def test_a_link_to_the_next_article_at_the_end_stays_out() -> None:
    page = article().replace("</p></div>", "</p><p><a href='/x'>The library opens its new reading room</a></p></div>")
    assert read(page).text == read(article()).text


def test_what_only_sounds_like_chrome_in_prose_is_kept() -> None:
    text = "Views of the delegation differed at first, yet in the end both rectors could print and sign the memorandum in the great hall."
    assert text in read(article().replace("</p><p>", f"</p><p>{text}</p><p>", 1)).text


def test_the_title_and_the_line_of_the_date_are_not_repeated() -> None:
    title = "Delegation agrees on exchange of lecturers"
    lines = (
        f"<h2>{title}</h2>",
        "Published: 8 March 2024",
        PROSE["en"],
        f"{PROSE['en'][:120]}.",
        "Last updated: 9 March 2024",
    )
    body = "".join(f"<p>{line}</p>" for line in lines)
    reading = read(f"<html><head><title>{title}</title></head><body><div>{body}</div></body></html>")
    assert reading.text == f"{PROSE['en']}\n\n{PROSE['en'][:120]}."
    assert reading.title == title


def test_a_layout_table_comes_out_as_paragraphs() -> None:
    rows = "".join(
        f"<tr><td width='20'><img src='/dot.gif'></td><td>{PROSE['en']} Part {number}.</td></tr>" for number in range(3)
    )
    page = f"<html><body><table><tr><td><table>{rows}</table></td></tr></table></body></html>"
    assert read(page).text.split("\n\n") == [f"{PROSE['en']} Part {number}." for number in range(3)]


def test_the_columns_of_a_layout_table_come_one_after_the_other() -> None:
    cells = "".join(
        f"<td valign='top'><p>{PROSE[language]}</p><p>{PROSE[language]} ({language})</p></td>"
        for language in ("en", "de")
    )
    page = f"<html><body><table><tr>{cells}</tr></table></body></html>"
    assert read(page).text.split("\n\n") == [PROSE["en"], f"{PROSE['en']} (en)", PROSE["de"], f"{PROSE['de']} (de)"]


def test_a_data_table_keeps_its_rows() -> None:
    table = "<table><tr><th>Year</th><th>Students</th></tr><tr><td>2023</td><td>41</td></tr><tr><td>2024</td><td>57</td></tr></table>"
    assert "2024 | 57" in read(article(after="").replace("</div>", f"{table}</div>")).text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div><p>one</p><p>two</p></div>", ["one", "two"]),
        ("<div>one<br><br>two<br>three</div>", ["one", "two\nthree"]),
        ("<div>lead<h2>head</h2><ul><li>a</li><li>b <b>c</b></li></ul></div>", ["lead", "head", "- a", "- b c"]),
        ("<div><ul><li><p>a</p></li></ul>end</div>", ["- a", "end"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a | b"]),
        ("<p>a\n   b\t c</p>", ["a b c"]),
        ("<p>Hyper<b>link</b>ed</p>", ["Hyperlinked"]),
        ("<p>a<script>var x;</script><style>p{}</style></p>", ["a"]),
        ("<p> </p><p>&nbsp;</p>", []),
    ],
)
def test_paragraphs(html: str, expected: list[str]) -> None:
    assert _paragraphs(html) == expected


def test_the_sources_selector_comes_first() -> None:
    page = article(after=f"<section id='real'><p>{PROSE['en']}</p><p class='ad'>Buy a pen.</p></section>").replace(
        "class='text'", "class='decoy'"
    )
    rules = Rules(selectors=Selectors(body="#real", remove=(".ad",)))
    assert read(page, rules).text == PROSE["en"]


@pytest.mark.parametrize("css", ["#missing", "h1"])
def test_a_selector_that_finds_too_little_is_passed_over(css: str) -> None:
    assert read(article(), Rules(selectors=Selectors(body=css))).text == read(article()).text


def test_a_selector_that_finds_all_of_a_text_of_few_words_is_believed() -> None:
    words = "The library is closed on Friday. It opens on Monday."
    page = f"<html><body><h1>Library closed</h1><div class='text'><p>{words}</p></div></body></html>"
    reading = read(page, Rules(selectors=Selectors(body=".text")))
    assert (reading.text, reading.missed) == (words, ())
    assert reading.why["text"] == "the source's selector .text"


def test_a_body_whose_class_sounds_like_chrome_is_kept() -> None:
    page = article().replace("class='text'", "class='share-area views'")
    assert read(page).text == read(article()).text


def test_the_tree_is_left_as_it_was() -> None:
    tree = parse(article(before=BOXES["menu"]))
    before = tostring(tree)
    extract_body(document("http://www.example.org/", tree))
    assert tostring(tree) == before
