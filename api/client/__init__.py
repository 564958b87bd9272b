"""The Python client of a running service: ``from api.client.zeren import Zeren``."""
