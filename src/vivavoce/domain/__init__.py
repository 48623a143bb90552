"""The words of the field as types and pure functions."""
