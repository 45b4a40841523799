"""Reader comments and their moderation."""
