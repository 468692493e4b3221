"""A small web of our own: eleven sites of universities and ministries, served on 127.0.0.1 for tests and the quickstart.

    with SampleWeb() as web:
        web.proxy        # "http://127.0.0.1:PORT": an HTTP proxy that knows every host, and serves them by Host header too
        web.manifest()   # what a perfect crawl finds there

The texts lie in content/<site>/<language>.toml, where whoever knows the language can mend them: pages and manifest are both
made of these files. A site is a module in sites/ that ends in a `Site`; catalogue/ describes each to the crawler.
Standard library only: the quickstart runs it in a user's plain environment.
"""

from tests.sample_web.manifest import Row, manifest
from tests.sample_web.server import Asked, SampleWeb

__all__ = ["Asked", "Row", "SampleWeb", "manifest"]
