"""Carriers: what may be asked of one, how a question travels, and the translations of each carrier's own words."""
