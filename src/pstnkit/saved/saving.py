"""From a value to its text and back."""

from __future__ import annotations

from typing import Any

from pstnkit.errors import CallerError
from pstnkit.saved.compound import tuple_form, union_form
from pstnkit.saved.envelope import seal, unseal
from pstnkit.saved.faults import DamagedSave, Faults, shown
from pstnkit.saved.form import Form
from pstnkit.saved.forms import form_of_class
from pstnkit.saved.kinds import kinds, name_of

SEVERAL = "list"
"""The kind of a text that has several values."""


def form_of_kind(kind: str) -> Form | None:
    """The form of a kind of text; None for an unknown one."""
    if kind == SEVERAL:
        return tuple_form(union_form([form_of_class(known) for known in kinds().values()], nullable=False))
    known = kinds().get(kind)
    return None if known is None else form_of_class(known)


def save(obj: Any, secrets: str) -> str:
    """The text of ``obj``."""
    if secrets not in ("omit", "include"):
        raise CallerError(f"secrets is 'omit' or 'include', not {secrets!r:.80}")
    if isinstance(obj, list | tuple):
        kind, obj = SEVERAL, tuple(obj)
    else:
        kind = name_of(type(obj))
    form = form_of_kind(kind)
    if form is None or not form.holds(obj):
        raise TypeError(f"a {type(obj).__name__} cannot be saved: it is no record, event or value of pstnkit")
    return seal(kind, form.write(obj), secrets=secrets == "include")


def load(text: str | bytes) -> Any:
    """What was saved as ``text``."""
    return unseal(text, _read)


def _read(kind: Any, plain: Any) -> Any:
    form = form_of_kind(kind) if isinstance(kind, str) else None
    if form is None:
        raise DamagedSave([("$.kind", f"{shown(kind)} is no kind of value that this release knows")])
    try:
        return form.read(plain)
    except Faults as error:
        damaged = DamagedSave((f"$.value{place}", what) for place, what in error.faults)
    # Outside of the handler, whose exception holds what was read.
    raise damaged
