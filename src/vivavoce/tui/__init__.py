"""The screens, in Textual: they show a session's events and send it commands."""
