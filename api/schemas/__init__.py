"""The bodies of ``/v1`` as OpenAPI describes them."""
