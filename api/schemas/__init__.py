"""What OpenAPI says of the bodies of ``/v1``."""
