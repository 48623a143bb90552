"""The screens: one observer of a session, drawn with Textual."""
