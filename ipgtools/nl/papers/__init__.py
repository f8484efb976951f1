"""Hold the Dutch of the papers: method cards, register entry, starters of DPIA and IAMA."""
