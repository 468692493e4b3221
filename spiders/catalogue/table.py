"""What every table of a catalogue file has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """A table of the file: frozen, no unknown keys, and a number is a number, never a text that looks like one.

    The first of a field's `examples` is its value as it would stand in TOML; refusals show it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
