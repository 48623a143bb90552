"""The numbers of an answer: read, marked with what they rest on, followed to users and money."""
