"""The routes of the payments, by what they are about; ``functions/payments/api.py`` is their one function."""
