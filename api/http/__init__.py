"""What every request passes: the request guard, parameters, uploads, the cache, responses, problems."""
