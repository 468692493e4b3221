"""Finding articles: words folded by our own tables, kept by tantivy, shown from the database."""
