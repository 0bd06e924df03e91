"""The routes of the dossiers, by what they are about; ``functions/dossiers/api.py`` is their one function."""
