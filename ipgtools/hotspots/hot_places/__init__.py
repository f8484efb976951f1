"""Find the places in a wijk that need attention."""
