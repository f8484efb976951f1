"""Read tables of PostgreSQL and DuckDB databases."""
