"""Where records and histories are kept: the protocol that the desk relies on, and stores that honor it."""
