"""How ``format(number, spec)`` writes the ten digits of a number.

>>> FORMATS["national"]("4155550132")
'(415) 555-0132'
"""

from __future__ import annotations

from collections.abc import Callable

FORMATS: dict[str, Callable[[str], str]] = {
    "e164": lambda digits: f"+1{digits}",
    "national": lambda digits: f"({digits[:3]}) {digits[3:6]}-{digits[6:]}",
    "dashed": lambda digits: f"{digits[:3]}-{digits[3:6]}-{digits[6:]}",
    "dotted": lambda digits: f"{digits[:3]}.{digits[3:6]}.{digits[6:]}",
    "international": lambda digits: f"+1 {digits[:3]}-{digits[3:6]}-{digits[6:]}",
    "rfc3966": lambda digits: f"tel:+1-{digits[:3]}-{digits[3:6]}-{digits[6:]}",
    "digits": lambda digits: digits,
}
