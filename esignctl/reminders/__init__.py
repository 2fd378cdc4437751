"""Who is to be told that a certificate ends, by which way, and what became of it."""
