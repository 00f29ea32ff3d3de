"""What people want to be told of a port besides its states; the sentences stand in the catalog."""

from __future__ import annotations

from enum import StrEnum


class PortNews(StrEnum):
    """What is news."""

    DATE_MOVED = "date_moved"
    DATE_IN_JEOPARDY = "date_in_jeopardy"
    SNAPPED_BACK = "snapped_back"
    LEAVING = "leaving"
    LEFT = "left"
    CHANGE_REFUSED = "change_refused"
    LETTER_OUTDATED = "letter_outdated"
    LEFT_UNANSWERED = "left_unanswered"
