"""Parse columns of text: dates, numbers, coordinates, text values."""
