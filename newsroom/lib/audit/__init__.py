"""Who did what in the admin, when and from where. Knows deeds and things by name, no app: every layer may write."""
