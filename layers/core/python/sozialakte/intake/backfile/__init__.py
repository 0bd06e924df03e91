"""The backfile: paper dossiers of the past come in beside the daily post, uploaded, cut, counted, sampled, shredded."""
