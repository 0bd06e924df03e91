"""What a letter says: kind, dates, deadlines, sender, people, references. Pure."""
