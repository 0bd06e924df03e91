"""What every context may use: pure, without AWS and without a clock of its own."""
