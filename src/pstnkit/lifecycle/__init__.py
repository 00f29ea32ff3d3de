"""How anything moves: decisions, reports, the tables that judge them, and the clocks that orders run on."""
