"""SQLite rows and recordings on disk, to and from the domain."""
