"""Attacks on protected numbers, for `attack_release.py` and the tests."""
