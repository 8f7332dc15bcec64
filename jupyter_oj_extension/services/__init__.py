"""Use cases. Every function takes a `Context` (or another's `Session`) first, is synchronous and raises `OJError`s."""
