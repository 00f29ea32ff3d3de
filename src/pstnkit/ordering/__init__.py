"""New numbers: the cart, its confirmation, the orders that come of it, and the numbers that a customer has."""
