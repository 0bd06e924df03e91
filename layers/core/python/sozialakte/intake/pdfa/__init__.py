"""Searchable PDF/A-2b, written page by page."""
