"""One third-party library a module, behind the Protocols in protocols.py."""
