"""What we keep: the database, the WARC files, identity and duplicates, search, export. Imports none of our other packages."""
