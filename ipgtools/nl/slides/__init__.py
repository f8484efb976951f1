"""Hold the words of each slide in a module of its own, named as the one in `briefing.slides`."""
