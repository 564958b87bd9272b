"""Who may use the service, and what is kept about it: people and their keys, sessions, the file that holds both."""
