"""A farm of sites on loopback, written by us: deterministic by seed, with the truth of each day in a scenario file."""
