"""Parse the cells of schouw reports: actors, due dates, categories, actions."""
