"""The parts of the debrief as a web page: each makes one section of it."""
