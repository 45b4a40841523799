"""Which pages a change makes stale, and how long a page may be kept. Knows keys, not articles."""
