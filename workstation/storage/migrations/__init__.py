"""Alembic migrations of the case database; ``workstation.storage.schema`` runs them."""
