"""Editing the records: what a sheet changes, and writing it with no other line touched."""
