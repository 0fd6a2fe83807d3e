"""A page that opens a file of answers: for a lawyer, and for whoever saved it."""
