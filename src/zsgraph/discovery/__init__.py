"""Discovery: finding things by name, showing all about one, its terms, and why something holds."""
