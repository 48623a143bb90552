"""A spoken mock interviewer for a laptop: offline and private."""
