"""What does the newsroom show on its first run? Stories, people and pictures written for the demonstration."""
