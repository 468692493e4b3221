"""The obvious implementation: Scrapy, trafilatura in the callback, a row at a time into SQLite. What Elchi has to be faster than.

It uses Elchi's catalogue, discovery, Scrapy settings and politeness, so that both ask the same pages in the same way. It does less than
Elchi: no WARC, no revisits, no resume, no language, no duplicates, no search index. SQLite is in WAL mode with synchronous=NORMAL, which is
kinder than its defaults. All that makes it slower is what is obvious: pages are read where they arrive, and each row is committed alone.
"""
