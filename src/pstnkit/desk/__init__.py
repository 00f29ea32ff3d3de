"""The one place where domain, carrier and store meet: it carries out what the domain decides."""
