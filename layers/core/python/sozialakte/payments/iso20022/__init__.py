"""Messages between us and the bank (ISO 20022 as the Swiss Payment Standards use it)."""
