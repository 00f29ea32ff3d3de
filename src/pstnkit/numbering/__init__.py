"""The numbering district: telephone numbers, the plan that they follow, and dirty text turned into numbers."""
