"""Dates in running text: the exact slice, and what only looks like a date."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from scraper.reading.dates import find_dates, parse_date

SENTENCES = [
    ("en", "On 5 May 2024 at 10:22 the rector met guests; by May 8, 2024 they left.", ["5 May 2024 at 10:22", "May 8, 2024"]),
    ("en", "It was fixed on the 3rd of March, 2023 (Friday), 5:30 PM.", ["3rd of March, 2023 (Friday), 5:30 PM"]),
    ("en", "“5 May 2024”; (6 May 2024) [7th May, 2024]. Sept. 2023", ["5 May 2024", "6 May 2024", "7th May, 2024", "Sept. 2023"]),
    ("en", "14:00 7 May 2024 15:00 8 May 2024", ["14:00 7 May 2024", "15:00 8 May 2024"]),
    ("en", "7 May 2024 14:00 8 May 2024 15:00", ["7 May 2024 14:00", "8 May 2024 15:00"]),
    ("en", "Copyright 2024 March 5, 2025", ["March 5, 2025"]),
    ("en", "5 May 2024 – 6 comments; 5/6/2024, 7/6/2024", ["5 May 2024", "5/6/2024", "7/6/2024"]),
    ("en", "Tel.\n12.05.2016, hotel 13.05.2016", ["12.05.2016", "13.05.2016"]),
    ("en", "A name\n12 May 2016\nAnother name", ["12 May 2016"]),
    ("en", "March\u00a05,\u00a02024 and M\u200barch 6, 2024", ["March\u00a05,\u00a02024", "M\u200barch 6, 2024"]),
    ("ru", "Встреча прошла 5 мая 2024 года в 15:40. Опубликовано 15:40, 12.03.2023.", ["5 мая 2024 года в 15:40", "15:40, 12.03.2023"]),
    ("ru", "приказ от «05» марта 2021 г. № 5, в марте 2024 года", ["«05» марта 2021 г.", "марте 2024 года"]),
    ("ru", "понедельник-24 мая 2024", ["понедельник-24 мая 2024"]),
    ("fa", "در روز دوشنبه بیست و نهم مرداد ماه 1403 آمد", ["دوشنبه بیست و نهم مرداد ماه 1403"]),
    ("fa", "10:22 - 1403/05/29 و ۱۴۰۳/۰۵/۳۰ ساعت ۱۱:۰۰", ["10:22 - 1403/05/29", "۱۴۰۳/۰۵/۳۰ ساعت ۱۱:۰۰"]),
    ("ar", "يوم الإثنين 05 آذار / مارس 2012 08:11 مساءً وفي ١٥ رمضان ١٤٤٥هـ", ["الإثنين 05 آذار / مارس 2012 08:11 مساءً", "١٥ رمضان ١٤٤٥هـ"]),
    ("zh", "代表团于2024年3月8日访问该校,二〇二四年三月九日返回。", ["2024年3月8日", "二〇二四年三月九日"]),
    ("ja", "会議は2022年2月3日(木)午後3時30分から行われた。", ["2022年2月3日(木)午後3時30分"]),
    ("ko", "행사는 2018년 6월 13일(수) 오후 3시 30분에 열렸다.", ["2018년 6월 13일(수) 오후 3시 30분에"]),
    ("uz", "Uchrashuv 2024-yil 5-dekabr kuni soat 10:00 da boʻldi.", ["2024-yil 5-dekabr kuni soat 10:00"]),
    ("tr", "Tören 27 Mart 2024'te, 2024 yılının 5 Nisan günü", ["27 Mart 2024'te", "2024 yılının 5 Nisan"]),
    ("th", "เมื่อวันที่ 20 เม.ย. 2561 เวลา 10.30 น.", ["20 เม.ย. 2561 เวลา 10.30 น."]),
]  # fmt: skip

TRAPS = """
    Version 1.2.2020 is out | v1.2.2020 | ver. 2.10.2021 | Tel: 12-05-2020 | call 8-495-12-05-2020 | tel. 12-05-2020 | 192.168.1.1
    10.1000/182 | 10.1234/2020.05.06.11 | at 12.30 in room 2024 | from 12.30 to 2024 | $5 May 2024
    10 May 2,000 people | you may 2024 times | They may 2024 win | March 5 | the 5th of May | 2021-2022
    the 2021/2022 academic year | 31 February 2024 | 31.04.2023 | 2023-02-29 | 30 اسفند ۱۴۰۲ | 15 May 1850
    15 May 2150 | 32 May 2024 | 2024 | May | ISBN 978-5-05-12-2020 | file 2024-03-08.pdf | /news/2024/03/08/title
    https://host.example/2024/03/08/a | doc_2024-03-08 | COVID-19 March 2020 wave | 12.05.2020.13 | № 12-05-2020
    score 3:2 | 1/2/3 | 5 сентября 2024-2025 учебного года | iPhone 12 mini 2020 | 12 12 2024
    2020-13-01 | 0/0/2024 | 25 rue 2024 | 5 متر 1403 | 15 مهر | 13月5日 | 2024年13月5日 | 99/7/15 | 40/40/2020
    2019-2020 May | 1.5 May 2024 | room 12, 2024
"""

RANGES = """
    5-9 September 2024 | 05 to 10 June 2023 | September 5-9, 2024 | March 19–24, 2024
    September 5 - October 9, 2024 | 5 September - 9 October 2024 | 5 September 2024 - 9 September 2024
    5 and 6 September 2024 | January-March 2024 | 5-9.09.2024 | 05.09-09.09.2024 | 05.09.2024-09.09.2024
    05.09.2024 – 09.09.2024 | с 5 по 9 сентября 2024 года
    с 5 сентября по 9 октября 2024 года | 5 и 6 сентября 2024 года
    январь–март 2024 года | 26 de junho a 7 de julho de 2023 | del 5 al 9 de septiembre de 2024
    du 5 au 9 septembre 2024 | vom 5. bis 9. September 2024 | dal 5 al 9 settembre 2024 | od 5 do 9 września 2024
    ۵ تا ۹ شهریور ۱۴۰۳ | ۵ مهر تا ۷ آبان ۱۴۰۲ | من 5 إلى 9 سبتمبر 2024 | 2024-yil 5-9-sentabr kunlari
    2024-yil 5-sentabrdan 9-sentabrgacha | 2024-жылдын 22–23-октябрь күндөрү | 5-9 Eylül 2024
    5 ve 6 Eylül 2024 | 2024年3月8日至12日 | 2024年3月8日-4月12日 | 2024年3月8日～12日 | 7-15-may | 2024.03.08 - 03.12
"""


def _split(table: str) -> list[str]:
    return [text.strip() for line in table.strip().splitlines() for text in line.split(" | ")]


@pytest.mark.parametrize(("language", "sentence", "written"), SENTENCES)
def test_the_words_of_each_date_are_sliced_exactly(language: str, sentence: str, written: list[str]) -> None:
    found = find_dates(sentence, language=language)
    assert [date.raw for date in found] == written
    assert [sentence[date.start : date.end] for date in found] == written


@pytest.mark.parametrize("text", _split(TRAPS))
@pytest.mark.parametrize("language", [None, "en"])
def test_what_only_looks_like_a_date_is_none(text: str, language: str | None) -> None:
    assert find_dates(text, language=language) == []
    assert parse_date(text, language=language) is None


@pytest.mark.parametrize("text", _split(RANGES))
@pytest.mark.parametrize("language", [None, "en"])
def test_a_range_is_no_single_date(text: str, language: str | None) -> None:
    assert parse_date(text, language=language) is None
    assert find_dates(text) == []


def test_a_verb_is_no_month() -> None:
    assert find_dates("In may 2024 or march 2024", language="en") == []
    assert [date.precision for date in find_dates("In May 2024", language="en")] == ["month"]
    assert [date.precision for date in find_dates("2024-yil may", language="uz")] == ["month"]


def test_a_line_break_parts_dates_in_running_text_and_not_in_a_short_one() -> None:
    assert [date.raw for date in find_dates("5\nMay 2024")] == ["May 2024"]
    found = parse_date("5\n   May\n 2024")
    assert found
    assert found.day == date(2024, 5, 5)


def test_other_names_of_a_date_are_one_date_and_two_days_are_none() -> None:
    both = parse_date("۲۹ مرداد ۱۴۰۳ (19 August 2024)", language="fa")
    assert both
    assert both.day == date(2024, 8, 19)
    gregorian = parse_date("10 رجب 1444 هـ الموافق 2 فبراير 2023", language="ar")
    assert gregorian
    assert (gregorian.day, gregorian.calendar) == (date(2023, 2, 2), "gregorian")
    assert parse_date("Published 5 May 2024, updated 7 May 2024") is None
    assert parse_date("The fair of 5-9 September 2024, published 1 October 2024") is None


@pytest.mark.parametrize(
    ("written", "language", "clock", "precision"),
    [
        ("24 November, 2016 - 17:58", "en", time(17, 58), "minute"),
        ("5 mars 2012 à 17h30", "fr", time(17, 30), "minute"),
        ("5. März 2012, 15.40 Uhr", "de", time(15, 40), "minute"),
        ("05 آذار 2012 08:11 مساءً", "ar", time(20, 11), "minute"),
        ("۲۴ آبان ۱۴۰۲ | ۰۸:۱۵", "fa", time(8, 15), "minute"),
        ("2020-05-03 | 12:00:07", None, time(12, 0, 7), "second"),
        ("May 5, 2024 12:15 AM", "en", time(0, 15), "minute"),
        ("May 5, 2024 12:15 p.m.", "en", time(12, 15), "minute"),
        ("May 5, 2024 at 5 pm", "en", time(17, 0), "minute"),
        ("14 Desember 2023 pukul 10.30 WIB", "id", time(10, 30), "minute"),
        ("10:00–12:00, 5 May 2024", "en", time(10, 0), "minute"),
        ("5 May 2024 10:00-12:00", "en", time(10, 0), "minute"),
        ("5 May 2024 25:10", "en", None, "day"),
        ("12.05 5 May 2024", "en", None, "day"),
        ("May 2024 10:00", "en", None, "month"),
    ],
)
def test_the_time_that_touches_a_date(written: str, language: str | None, clock: time | None, precision: str) -> None:
    found = parse_date(written, language=language)
    assert found
    assert (found.clock, found.precision) == (clock, precision)


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("2023-11-15T09:30:00+05:00", timedelta(hours=5)),
        ("2023-11-15T09:30:00.123+0500", timedelta(hours=5)),
        ("2023-11-15T09:30-03:30", -timedelta(hours=3, minutes=30)),
        ("2023-11-15T09:30:00Z", timedelta(0)),
        ("20231115T093000Z", timedelta(0)),
        ("Wed, 15 Nov 2023 09:30:00 -0330", -timedelta(hours=3, minutes=30)),
        ("Wed, 15 Nov 2023 09:30:00 GMT", timedelta(0)),
        ("2023-11-15 09:30 UTC", timedelta(0)),
        ("2023-11-15T09:30:00", None),
        ("2023-11-15T09:30:00+99:00", None),
    ],
)
def test_the_offset_from_utc(written: str, offset: timedelta | None) -> None:
    found = parse_date(written)
    assert found
    assert (found.day, found.clock and found.clock.hour, found.offset) == (date(2023, 11, 15), 9, offset)


@pytest.mark.parametrize(
    ("written", "known", "day"),
    [
        ("06/07/2023", {}, "2023-07-06"),
        ("06/07/2023", {"country": "US"}, "2023-06-07"),
        ("06/07/2023", {"language": "en-US"}, "2023-06-07"),
        ("06/07/2023", {"language": "en-US", "country": "UZ"}, "2023-07-06"),
        ("06/17/2023", {}, "2023-06-17"),
        ("17/06/2023", {"country": "US"}, "2023-06-17"),
        ("06.17.2023", {}, "None"),
        ("99/7/15", {"calendar": "persian"}, "2020-10-06"),
        ("15/7/99", {"calendar": "persian"}, "2020-10-06"),
        ("03/05/29", {"calendar": "persian"}, "2024-08-19"),
        ("99/7/15", {"language": "fa"}, "None"),
        ("1403/05/29", {"language": "ar"}, "2024-08-19"),
        ("1445/05/29", {"language": "ar"}, "2023-12-13"),
        ("1420/05/29", {"calendar": "persian"}, "2041-08-19"),
        ("1420/05/29", {"language": "ar"}, "1999-09-09"),
        ("1403/05/29", {"calendar": "islamic"}, "1983-03-14"),
        ("2024/05/29", {"calendar": "persian"}, "2024-05-29"),
        ("15/11/2566", {"country": "TH"}, "2023-11-15"),
        ("15/11/2566", {"language": "en"}, "None"),
        ("2024-03", {}, "2024-03-01"),
        ("03/2024", {}, "2024-03-01"),
        ("13/2024", {}, "None"),
        ("20240230", {}, "None"),
    ],
)
def test_what_is_known_of_the_source_decides(written: str, known: dict[str, str], day: str) -> None:
    found = parse_date(written, **known)  # type: ignore[arg-type]
    assert str(found and found.day) == day
