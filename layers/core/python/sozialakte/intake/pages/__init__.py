"""What is on a page: codes, bars, ink, print, and reading it."""
