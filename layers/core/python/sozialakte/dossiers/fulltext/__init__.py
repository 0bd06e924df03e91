"""Searching the words of a dossier's pages: one SQLite file a dossier, made from what the intake has read."""
