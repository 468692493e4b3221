"""Where to look: the spider, discovery, and the catalogue of sources."""
