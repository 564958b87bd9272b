"""What every request passes: guard, cache, parameters, uploads, the form of an answer, problems."""
