"""What was heard, in the formats of other programs."""
