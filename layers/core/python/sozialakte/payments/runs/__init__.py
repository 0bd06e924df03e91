"""Payment runs: what is paid on a day, who released it, and the files that go to the bank."""
