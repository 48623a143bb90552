"""Wires engines into one round and owns the threads."""
