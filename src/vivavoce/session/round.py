"""One running round, as a screen or a command sees it."""
