"""Alembic's folder; `store.migrate` runs it. New revision: ``scripts/new-migration "what it does"``, then read it."""
