"""Two states of the graph compared: opened, compared record by record, told in people's words."""
