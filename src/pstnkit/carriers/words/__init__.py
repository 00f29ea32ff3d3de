"""The words of real carriers: what each of their states and codes amounts to here. Data, beside what reads it."""
