"""Correct and segment the text of scanned schouw reports."""
