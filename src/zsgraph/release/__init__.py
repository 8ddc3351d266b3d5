"""Releases: what must hold before one, what is written for it, and the folder that is made."""
