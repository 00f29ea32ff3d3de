"""The error of damaged input: bytes or a report that this library, or an administrator, once wrote whole."""

from __future__ import annotations

from pstnkit.errors import CallerError


class CorruptData(CallerError):
    """Saved bytes, or a published report, that are damaged, cut short, or of a later version than this one
    reads."""
