"""Read the file formats of schouw reports into rows of text."""
