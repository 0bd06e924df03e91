"""What the bank answers: taken once, in whatever order it comes."""
