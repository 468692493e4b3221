"""A wrong file is refused with its line, its key, what is wrong, and what would be right."""

from __future__ import annotations

import pytest

from spiders.catalogue import CatalogueError, load_source
from tests.spiders.catalogue.files import API, MINIMAL, changed, problems_of, with_entry, write

HOSTS = 'hosts = ["www.real.org", "real.org"]'
SOURCE = MINIMAL[MINIMAL.index("[source]") : MINIMAL.index("[[entry]]")]
LISTING = 'kind = "listing"\nurl = "https://www.real.org/fa/news"\n'
TIMEZONE = 'timezone = "Asia/Tehran"'
URL = 'url = "https://www.real.org/fa/news"'

CASES = {
    # name: (text, line, key, words of the message, words of the remedy)
    "typo in a key": (changed("country", "contry"), 3, "institution.contry", "no key", "country"),
    "missing key": (changed('country = "IR"\n', ""), 1, "institution.country", "missing", 'country = "IR"'),
    "unlike any key": (changed(TIMEZONE, f"{TIMEZONE}\nqqq = 1"), 10, "source.qqq", "no key", "hosts, languages"),
    "unknown table": (MINIMAL + "[selector]\n", 16, "selector", "no table", "[selectors]"),
    "missing table": (changed("[facts]\nverified = false\nchecked = 2026-11-22\n", ""), None, "facts", "missing", "Add it"),
    "single brackets": (changed("[[entry]]", "[entry]"), 10, "entry", "not a list of tables", "[[entry]]"),
    "double brackets": (changed("[facts]", "[[facts]]"), 13, "facts", "not a table", "[facts]"),
    "a table that is a text": ("source = 1\n" + changed(SOURCE, ""), 1, "source", "not a table", "[source]"),
    "no entry": (changed("[[entry]]\n" + LISTING, "").replace("[inst", "entry = []\n[inst"), 1, "entry", "no entry point", "[[entry]]"),
    "number for a text": (changed('"IR"', "98"), 3, "institution.country", "98 is not a text in quotes", 'country = "IR"'),
    "text for a list": (changed('["fa"]', '"fa"'), 8, "source.languages", "not a list", 'languages = ["fa", "en"]'),
    "text for a number": (with_entry(LISTING + 'pages = "20"'), 13, "entry[1].pages", "not a whole number", "pages = 20"),
    "fraction for a count": (with_entry(LISTING + "pages = 2.5"), 13, "entry[1].pages", "not a whole number", "pages = 20"),
    "text for a truth": (changed("= false", '= "false"'), 14, "facts.verified", "not true or false", "verified = false"),
    "date in quotes": (changed("2026-11-22", '"2026-11-22"'), 15, "facts.checked", "date without quotes", "checked = 2026-11-22"),
    "list for a table": (changed('{ en = "Example University" }', '["x"]'), 2, "institution.name", "not a table", "{ en ="),
    "nobody's name": (changed('{ en = "Example University" }', "{}"), 2, "institution.name", "empty", "{ en ="),
    "blank name": (changed("Example University", "  "), 2, "institution.name.en", "empty", "Write it out"),
    "name in no language": (changed("{ en", "{ kz"), 2, "institution.name.kz", "not a BCP 47", '"kk"'),
    "other kind": (changed('"university"', '"collage"'), 4, "institution.kind", "none of university, ministry", '"ministry"'),
    "bad ROR id": (changed("[source]", 'ror = "04krpx645"\n[source]'), 6, "institution.ror", "not a ROR id", "https://ror.org/"),
    "mistyped ROR id": (changed("[source]", 'ror = "https://ror.org/04krpx654"\n[source]'), 6, "institution.ror", "mistyped", "ror.org"),
    "no country": (changed('"IR"', '"QQ"'), 3, "institution.country", "not a country", "ISO 3166-1"),
    "small letters": (changed('"IR"', '"ir"'), 3, "institution.country", "not a country", '"IR"'),
    "alias": (changed('"IR"', '"UK"'), 3, "institution.country", "not a country", '"GB"'),
    "no language": (changed('["fa"]', '["fa", "persian!"]'), 8, "source.languages[2]", "not a BCP 47", '"uz-Cyrl"'),
    "language in words": (changed('["fa"]', '["Persian"]'), 8, "source.languages[1]", "not a BCP 47", '"fa"'),
    "language's case": (changed('["fa"]', '["uz-cyrl"]'), 8, "source.languages[1]", "not a BCP 47", '"uz-Cyrl"'),
    "no languages": (changed('["fa"]', "[]"), 8, "source.languages", "empty", "languages ="),
    "near time zone": (changed("Tehran", "Teheran"), 9, "source.timezone", "not a time zone", '"Asia/Tehran"'),
    "offset": (changed("Asia/Tehran", "+03:30"), 9, "source.timezone", "not a time zone", "IANA"),
    "time zone's folder": (changed("Asia/Tehran", "Asia"), 9, "source.timezone", "not a time zone", "IANA"),
    "calendar": (changed(TIMEZONE, f'{TIMEZONE}\ncalendar = "jalali"'), 10, "source.calendar", "none of gregorian", '"persian"'),
    "no hosts": (changed(HOSTS, "hosts = []"), 7, "source.hosts", "empty", 'hosts = ["www'),
    "host with scheme": (changed(HOSTS, 'hosts = ["https://www.real.org/"]'), 7, "source.hosts[1]", "not a bare host", '"www.real.org"'),
    "host in capitals": (changed(HOSTS, 'hosts = ["WWW.real.org"]'), 7, "source.hosts[1]", "not a bare host", '"www.real.org"'),
    "host with a dot": (changed(HOSTS, 'hosts = ["www.real.org."]'), 7, "source.hosts[1]", "not a bare host", '"www.real.org"'),
    "host with a path": (changed(HOSTS, 'hosts = ["www.real.org/fa"]'), 7, "source.hosts[1]", "not a bare host", '"www.real.org"'),
    "host with its port": (changed(HOSTS, 'hosts = ["www.real.org:443"]'), 7, "source.hosts[1]", "not a bare host", "Write"),
    "wildcard": (changed(HOSTS, 'hosts = ["*.real.org", "other.org"]'), 7, "source.hosts[1]", "not a bare host", '"www.example.org"'),
    "hasty": (changed(TIMEZONE, f"{TIMEZONE}\ndelay_seconds = 0.5"), 10, "source.delay_seconds", "www.real.org", "delay_seconds = 5"),
    "old TLS by another name": (
        changed(TIMEZONE, f'{TIMEZONE}\ntls = "old"'), 10, "source.tls", "none of modern, legacy", "legacy"),
    "a certificate switched off": (
        changed(TIMEZONE, f"{TIMEZONE}\ncertificate = false"), 10, "source.certificate", "none of checked", "unchecked"),
    "negative delay": (
        changed(TIMEZONE, f"{TIMEZONE}\ndelay_seconds = -1"), 10, "source.delay_seconds", "less than 0", "delay_seconds = 5"),
    "nan": (changed(TIMEZONE, f"{TIMEZONE}\ncadence_hours = nan"), 10, "source.cadence_hours", "finite", "cadence_hours = 24"),
    "too often": (changed(TIMEZONE, f"{TIMEZONE}\ncadence_hours = 0.5"), 10, "source.cadence_hours", "less than 1", "cadence_hours = 24"),
    "too seldom": (changed(TIMEZONE, f"{TIMEZONE}\ncadence_hours = 9000"), 10, "source.cadence_hours", "more than 8760", "cadence_hours"),
    "bounds the wrong way": (
        changed(TIMEZONE, f"{TIMEZONE}\ncadence_hours_at_most = 12"),
        10, "source.cadence_hours_at_most", "less than cadence_hours", "the longer"),
    "no scheme": (changed(URL, 'url = "www.real.org/fa"'), 12, "entry[1].url", "no scheme", '"https://www.real.org/fa"'),
    "space": (changed(URL, 'url = "https://www.real.org/a b"'), 12, "entry[1].url", "space", '"https://www.real.org/a%20b"'),
    "a file": (changed(URL, 'url = "file:///etc/passwd"'), 12, "entry[1].url", "not on the web", "https://"),
    "no host": (changed(URL, 'url = "https:///fa"'), 12, "entry[1].url", "names no host", "Write it whole"),
    "backslash": (changed(URL, "url = 'https://evil.org\\@www.real.org/'"), 12, "entry[1].url", "user", "before the @"),
    "user": (changed(URL, 'url = "https://www.real.org@evil.org/"'), 12, "entry[1].url", "user", "before the @"),
    "port too high": (changed(URL, 'url = "https://www.real.org:70000/"'), 12, "entry[1].url", "names no host", "Write it whole"),
    "foreign host": (changed(URL, 'url = "https://evil.org/"'), 12, "entry[1].url", "evil.org is not among", '"real.org", "evil.org"]'),
    "other port": (changed(URL, 'url = "https://www.real.org:8443/"'), 12, "entry[1].url", "www.real.org:8443 is not among", "hosts ="),
    "the same twice": (MINIMAL + f"[[entry]]\n{LISTING}", 18, "entry[2].url", "entry[1] has the same url", "Keep one"),
    "homepage": (changed("https://www.real.org/\"", "real\""), 5, "institution.homepage", "no scheme", '"https://real"'),
    "no kind": (with_entry(URL), 10, "entry[1].kind", "missing", 'kind = "listing"'),
    "near kind": (changed('"listing"', '"sitmap"'), 11, "entry[1].kind", "none of feed, sitemap, listing, api", '"sitemap"'),
    "kind of a wrong type": (changed('"listing"', "7"), 11, "entry[1].kind", "none of feed", '"listing"'),
    "another kind's key": (
        changed('"listing"', '"feed"\nnext = "a"'), 12, "entry[1].next", 'kind "listing", not to the kind "feed"', "Leave it out"),
    "two kinds' key": (changed('"listing"', '"feed"\nstep = 1'), 12, "entry[1].step", '"listing" or "api", not to', "Leave it out"),
    "api's key": (
        changed('"listing"', '"listing"\nitems = ""'), 12, "entry[1].items", 'kind "api", not to the kind "listing"', "change the kind"),
    "two ways down": (
        with_entry(LISTING + 'next = "a"\npage_url = "https://real.org/{page}"'), 14, "entry[1].page_url", "exclude each other", "Keep"),
    "nothing to count": (with_entry(LISTING + "step = 5"), 13, "entry[1].step", "no page_url", "Add page_url"),
    "no number": (with_entry(LISTING + 'page_url = "https://real.org/2"'), 13, "entry[1].page_url", "number goes", "{page}"),
    "foreign pages": (with_entry(LISTING + 'page_url = "https://evil.org/{page}"'), 13, "entry[1].page_url", "evil.org is not", "hosts"),
    "too deep": (with_entry(LISTING + "pages = 1001"), 13, "entry[1].pages", "more than 1000", "pages = 20"),
    "no step": (with_entry(API + "step = 0"), 14, "entry[1].step", "less than 1", "step = 1"),
    "no placeholder": (with_entry(API.replace("{id}", "7")), 13, "entry[1].page", "which field", "{id}"),
    "torn placeholder": (with_entry(API.replace("{id}", "{id}{")), 13, "entry[1].page", "which field", "{id}"),
    "foreign record": (with_entry(API + 'record = "https://evil.org/{id}"'), 14, "entry[1].record", "evil.org", "hosts"),
    "record alone": (with_entry(API + 'record = "https://real.org/{id}"'), 10, "entry[1].fields", "fields is missing", "Give both"),
    "fields alone": (with_entry(API + 'fields = { title = "t", body = "b" }'), 14, "entry[1].fields", "record is missing", "Give both"),
    "no body": (
        with_entry(API + 'record = "https://real.org/{id}"\nfields = { title = "t" }'),
        15, "entry[1].fields.body", "missing", 'body = "data.body"'),
    "unlisted": (with_entry(API + 'listed = { titel = "t" }'), 14, "entry[1].listed.titel", "no key", "title"),
    "bad path": (with_entry(API + 'items = "data..items"'), 14, "entry[1].items", "not a path", "data.title"),
    "number for a path": (with_entry(API + "items = 3"), 14, "entry[1].items", "not a text", 'items = "data.items"'),
    "bad pattern": (
        MINIMAL + "[articles]\ninclude = ['^/ok', '(']\n", 17, "articles.include[2]", "not a regular expression", "single quotes"),
    "pattern's line": (MINIMAL + "[articles]\ninclude = [\n  '^/ok',\n  '[[a]',\n]\n", 19, "articles.include[2]", "nested set", "Mend"),
    "empty pattern": (MINIMAL + "[articles]\npages = ['']\n", 17, "articles.pages[1]", "every address", "Mend"),
    "bad CSS": (MINIMAL + '[selectors]\nbody = "div["\n', 17, "selectors.body", "not a CSS selector", "div.news-list"),
    "empty CSS": (MINIMAL + '[selectors]\nremove = [""]\n', 17, "selectors.remove[1]", "not a CSS selector", "div.news-list"),
    "pseudo-element": (MINIMAL + '[selectors]\ntitle = "h1::text"\n', 17, "selectors.title", "not a CSS selector", "div.news-list"),
    "XPath": (with_entry(LISTING + 'next = "//a[1]"'), 13, "entry[1].next", "not a CSS selector", "div.news-list"),
    "broken TOML": (changed('"IR"', "IR"), 3, "", 'in "country = IR"', "in quotes"),
    "key twice": (changed('country = "IR"', 'country = "IR"\ncountry = "IR"'), 4, "", "not TOML", "a key once"),
    "text without an end": (MINIMAL + '[articles]\ninclude = ["""', 17, "", "not TOML", "in quotes"),
    "nested": (f"x = {'[' * 9000}", None, "", "nested too deep", "Two levels"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "key", "message", "remedy"), CASES.values(), ids=CASES)
def test_a_wrong_file_is_refused(tmp_path, text, line, key, message, remedy):
    (problem,) = problems_of(write(tmp_path, text))

    assert (problem.line, problem.key) == (line, key)
    assert message in problem.message
    assert remedy in problem.remedy


def test_of_an_empty_file_every_table_is_missed(tmp_path):
    assert [problem.key for problem in problems_of(write(tmp_path, ""))] == ["institution", "source", "entry", "facts"]


def test_all_mistakes_are_told_at_once_in_the_order_of_lines(tmp_path):
    text = (
        changed('"IR"', '"QQ"')
        .replace("Tehran", "Teheran")
        .replace('"https://www.real.org/fa/news"', '"https://evil.org/"')
    )
    text += "[[entry]]\nkind = 'feed'\nurl = 'ftp://real.org/'\n[articles]\nexclude = ['*']\n"

    found = problems_of(write(tmp_path, text))

    assert [(problem.line, problem.key) for problem in found] == [
        (3, "institution.country"), (9, "source.timezone"), (12, "entry[1].url"), (18, "entry[2].url"), (20, "articles.exclude[1]"),
    ]  # fmt: skip


def test_entries_are_held_against_the_hosts_though_a_host_is_wrong(tmp_path):
    found = problems_of(
        write(tmp_path, changed('"real.org"]', '"REAL.org"]').replace("www.real.org/fa", "evil.org/fa"))
    )

    assert [problem.key for problem in found] == ["source.hosts[2]", "entry[1].url"]


def test_a_problem_is_one_line_that_an_editor_can_open(tmp_path):
    path = write(tmp_path, changed("Tehran", "Teheran"))

    with pytest.raises(CatalogueError) as caught:
        load_source(path)

    assert (
        str(caught.value)
        == f'{path}:9: source.timezone: "Asia/Teheran" is not a time zone. Did you mean "Asia/Tehran"?'
    )


@pytest.mark.parametrize(
    ("content", "line", "message", "remedy"),
    [
        (MINIMAL.replace("Example", "Üniversite").encode("cp1254"), 2, "not UTF-8: byte 0xdc", "Save it as UTF-8"),
        (MINIMAL.encode() + b"#" * 256 * 1024, None, "larger than 256 KiB", "one source a file"),
        (MINIMAL.encode("utf-16"), 1, "not UTF-8", "Save it as UTF-8"),
    ],
    ids=["cp1254", "too large", "UTF-16"],
)
def test_a_file_that_is_no_text_is_refused(tmp_path, content, line, message, remedy):
    (problem,) = problems_of(write(tmp_path, content))

    assert problem.line == line
    assert message in problem.message
    assert remedy in problem.remedy


def test_a_file_of_just_the_size_is_read(tmp_path):
    padding = b"#" * (256 * 1024 - len(MINIMAL.encode()))

    assert problems_of(write(tmp_path, MINIMAL.encode() + padding)) == ()


def test_a_missing_file_is_refused(tmp_path):
    (problem,) = problems_of(tmp_path / "nowhere.toml")

    assert "cannot be read: No such file" in problem.message


@pytest.mark.parametrize("prefix", ["\ufeff", "# A comment\r\n"], ids=["byte order mark", "Windows' lines"])
def test_what_editors_on_windows_save_is_read(tmp_path, prefix):
    text = (prefix + MINIMAL).replace("\n", "\r\n") if "\r" in prefix else prefix + MINIMAL

    assert problems_of(write(tmp_path, text.replace("\r\r", "\r"))) == ()


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Üni.toml", "ni.toml"),
        ("Tabriz_Med.toml", "tabriz-med.toml"),
        ("دانشگاه.toml", "university-of-tehran.toml"),
        ("-.toml", "such as"),
    ],
)
def test_a_file_whose_name_is_no_slug_is_refused(tmp_path, name, remedy):
    (problem,) = problems_of(write(tmp_path, name=name))

    assert "cannot name a source" in problem.message
    assert remedy in problem.remedy


def test_a_wrong_name_does_not_hide_what_is_wrong_inside(tmp_path):
    found = problems_of(write(tmp_path, changed("Tehran", "Teheran"), "A B.toml"))

    assert [problem.key for problem in found] == ["", "source.timezone"]
