"""Measuring: what the program promises of its speed and accuracy, on this machine."""
