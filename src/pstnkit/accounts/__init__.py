"""Customers: who they are, what they have signed, and where emergency services would find them."""
