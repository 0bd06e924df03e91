"""The page of the bills as people see it in the browser: markup made of what the routes answer, every text escaped."""
