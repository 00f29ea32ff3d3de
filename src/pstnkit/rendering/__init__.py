"""The room of plain rendering: escaping, tables and color for every view, with no telephony in it."""
