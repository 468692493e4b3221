"""Where to look: the spider, discovery, revisit policy, and the catalogue of sources."""
