"""The house is closed for writing for a while, and readers go on reading."""
