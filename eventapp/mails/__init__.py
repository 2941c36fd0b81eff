"""A guest whose mail did not arrive: the organisers see it, and mend it."""
