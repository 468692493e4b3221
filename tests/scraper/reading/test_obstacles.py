"""Pages that stand in an article's stead are told by their evidence, and no article is taken for one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.reading import Page, ReadingError, read_page
from scraper.reading.obstacles import MOST_TEXT, find_challenge, find_nothing, instead_of
from tests.crawl.sources import article, listing

HTML = "text/html; charset=utf-8"
MENU = "".join(f'<li><a href="/part/{n}">Department number {n} of the university</a></li>' for n in range(40))


def html(body: str, title: str = "", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


CHALLENGES = {
    "cloudflare": html(
        "<script>window._cf_chl_opt={cvId:'3'};</script><noscript>Enable JavaScript and cookies to continue</noscript>",
        "Just a moment...",
    ),
    "cloudflare-in-persian": html(
        "<h1>www.university.test</h1><script>(function(){window._cf_chl_opt={}})();</script>", "لحظاتی صبر کنید"
    ),
    "cloudflare-block": html(
        "<h1>Sorry, you have been blocked</h1><p>You are unable to access university.test</p>",
        "Attention Required! | Cloudflare",
    ),
    "ddos-guard": html(
        '<h1>Checking your browser before accessing the site</h1><script src="/.well-known/ddos-guard/js-challenge/index.js"></script>',
        "DDoS-Guard",
    ),
    "imperva": html(
        '<iframe src="/_Incapsula_Resource?SWUDNSAI=31&incident_id=1">Request unsuccessful. Incapsula incident ID: 1-2</iframe>'
    ),
    "imperva-script": html('<script src="/_Incapsula_Resource?SWJIYLWA=719d"></script>'),
    "sucuri": html(
        "<script>var s={},sucuri_cloudproxy_js='';</script><noscript>Javascript is required.</noscript>",
        "You are being redirected...",
    ),
    "akamai": html(
        "<h1>Access Denied</h1>You don't have permission to access http&#58;&#47;&#47;university&#46;test&#47; on this server."
        "<p>Reference&#32;&#35;18&#46;2d351ab8&#46;1557333295&#46;a4e16ab</p>",
        "Access Denied",
    ),
    "aws-waf": html("<script>window.gokuProps = {};</script><div id='challenge-container'></div>"),
    "yandex": html(
        '<form action="/checkcaptcha?key=1" class="CheckboxCaptcha-Form"><p>Подтвердите, что запросы отправляли вы, а не робот</p></form>',
        "Вы не робот?",
    ),
    "arvancloud": html(
        "<p>Transferring to the website...</p><script>function c(){document.cookie='__arcsjs=1';location.reload()}</script>",
        "در حال انتقال به سایت مورد نظر هستید...",
    ),
    "anubis": html(
        '<script id="anubis_challenge" type="application/json">{}</script><h1>Making sure you\'re not a bot!</h1>'
    ),
    "f5": html(
        "The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 1234567",
        "Request Rejected",
    ),
    "ruishu": html("<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script>"),
    "cookie-and-reload": html("<script>document.cookie='seen=1; path=/'; window.location.reload(true);</script>"),
    "refresh": html("<p>Пожалуйста, подождите…</p>", "Подождите", '<meta http-equiv="refresh" content="5">'),
    "captcha-form": html(
        '<p>Введите код</p><form method="post"><div class="g-recaptcha" data-sitekey="x"></div></form>', "Университет"
    ),
    "asks-in-turkish": html("<h1>Robot olmadığınızı doğrulayın</h1><form><input name=code></form>"),
    "asks-in-uzbek": html("<h1>Robot emasligingizni tasdiqlang</h1><form><input name=code></form>", "Universitet"),
}

SHELLS = {
    "empty-root": html('<div id="root"></div><script src="/app.js"></script>', "University of Samarkand"),
    "root-that-loads": html(
        '<noscript>x</noscript><div id="app">Loading…</div><script src="/app.js"></script>', "Новости"
    ),
    "asks-in-noscript": html(
        "<noscript>You need to enable JavaScript to run this app.</noscript><main></main><script src=/a.js></script>"
    ),
    "asks-in-persian": html("<p>لطفاً جاوا اسکریپت را فعال کنید</p><script src=/a.js></script>"),
    "counted": html(
        "<noscript><iframe src='//count.test'></iframe></noscript><script src='/main.js'></script>", "News"
    ),
    "blank-under-a-long-title": html("<script src='/main.js'></script>", "대학교 총장이 해외 대표단을 만났다 " * 3),
    "blank": html("<script src='/main.js'></script>", "Universität"),
}

MISSING = {
    "en-title": html(f"<ul>{MENU}</ul><p>Try the search.</p>", "Page not found | University of Example"),
    "ru-heading": html(f"<ul>{MENU}</ul><h1>Страница не найдена</h1><p>Возможно, она была удалена.</p>", "КазНУ"),
    "fa": html("<h1>صفحه مورد نظر یافت نشد</h1>", "دانشگاه"),
    "tr": html("<h2>404 - Sayfa Bulunamadı</h2><a href='/'>Ana sayfa</a>", "Üniversite"),
    "uz": html("<h1>Sahifa topilmadi</h1>", "Universitet"),
    "kk-number": html("<h1>404</h1><p>Бет табылмады</p>", "Университет"),
    "in-the-text": html("<p>The page you requested could not be found.</p>", "University"),
}

ABOUT = {
    "captchas": article("captchas", "Are you a robot?"),
    "challenges": html(
        "<article><h1>Just a moment: how sites check you</h1>"
        + "<p>Behind it stands <code>&lt;script&gt;window._cf_chl_opt&lt;/script&gt;</code>, says the faculty.</p>" * 4
        + "</article><script>var a = 1;</script>"
    ),
    "errors": article("errors", "Error 404: what students learn from a page that is not found"),
    "protected": article("protected").replace("</body>", '<script src="/_Incapsula_Resource?SWJIYLWA=719d"></script></body>'),
    "jsd": article("jsd").replace("</body>", "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script></body>"),
    "contact": html(f"<ul>{MENU}</ul><form>Write to us<div class='g-recaptcha'></div></form>", "Contact"),
    "login": html('<form>Name<input name=n><input type="password"><div class="g-recaptcha"></div></form>', "Login"),
    "noscript": article("noscript").replace("</body>", "<noscript>Please enable JavaScript.</noscript></body>"),
    "list": listing(*(f"/news/{n}" for n in range(9))),
    "apache": html("<h1>Forbidden</h1><p>You don't have permission to access this resource.</p>", "403 Forbidden"),
    "plain": "Checking your browser",
    "record": '{"title": "Just a moment...", "body": "_cf_chl_opt"}',
}  # fmt: skip


def challenge_in(text: str, **headers: str) -> bool:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return find_challenge(text.encode(), HTML, named) is not None


def read(text: str) -> str | None:
    """The class of what stands in the article's stead, as a reader finds it."""
    page = Page("http://a.test/news/1", text.encode(), HTML, datetime(2026, 11, 22, tzinfo=UTC))
    try:
        reading = read_page(page)
    except ReadingError:
        reading = None
    found = instead_of(page, {}, reading)
    return found.failure if found is not None else None


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_challenge_is_told_with_and_without_a_reading(name: str) -> None:
    assert challenge_in(CHALLENGES[name])
    assert read(CHALLENGES[name]) == "challenge"


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("cf_mitigated", "challenge", True),
        ("x_amzn_waf_action", "captcha", True),
        ("x_amzn_waf_action", "count", False),
        ("server", "cloudflare", False),
    ],
)
def test_a_header_says_it(header: str, value: str, expected: bool) -> None:
    assert challenge_in("", **{header: value}) is expected


@pytest.mark.parametrize("name", SHELLS)
def test_a_page_that_a_script_draws_needs_javascript(name: str) -> None:
    assert read(SHELLS[name]) == "needs javascript"
    assert not challenge_in(SHELLS[name])


@pytest.mark.parametrize("name", MISSING)
def test_a_page_that_says_not_found_is_not_there(name: str) -> None:
    found = find_nothing(MISSING[name].encode(), HTML)
    assert found is not None
    assert found.failure == read(MISSING[name]) == "soft 404"
    assert not challenge_in(MISSING[name])


@pytest.mark.parametrize("name", ABOUT)
def test_what_only_speaks_of_it_is_none(name: str) -> None:
    assert not challenge_in(ABOUT[name])
    assert read(ABOUT[name]) is None


def test_much_to_read_is_no_challenge_whatever_stands_beside_it() -> None:
    page = html("<script>window._cf_chl_opt={}</script><p>" + "word " * (MOST_TEXT // 4) + "</p>", "Just a moment...")
    assert not challenge_in(page)


@pytest.mark.parametrize("tag", ["div", "b", "noscript", "a href=x", "h1", "div id=app"])
def test_malice_is_looked_at_in_good_time(tag: str) -> None:
    """Some parsers take the square of the depth, which is minutes for this."""
    body = f"<html><body>{f'<{tag}>' * 60_000}x".encode()
    find_challenge(body, HTML, {})
    find_nothing(body, HTML)


def test_a_legacy_charset_is_read_as_such() -> None:
    page = '<html><head><meta charset="windows-1251"><title>Страница не найдена</title></head><body><h1>Страница не найдена</h1></body>'
    found = find_nothing(page.encode("cp1251"), "text/html")
    assert found is not None
    assert found.failure == "soft 404"
