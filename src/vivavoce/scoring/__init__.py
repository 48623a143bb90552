"""Reading an answer: pure, no I/O but its own data files."""
