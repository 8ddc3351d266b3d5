"""Files that people hand in: CSV, spreadsheets and RDF of any origin, read as sheets of rows."""
