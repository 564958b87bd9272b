"""The commands of whoever keeps a service: its backup, and a look at what it stands on."""
