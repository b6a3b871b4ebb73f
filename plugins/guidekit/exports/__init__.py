"""What is written out: the catalogue, the graph of includes, reports, schemas."""
