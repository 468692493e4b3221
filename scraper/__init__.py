"""What a page says: Scrapy's settings, middlewares, pipelines and extensions; reading/ turns bytes into an article."""
