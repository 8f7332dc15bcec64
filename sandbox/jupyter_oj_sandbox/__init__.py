"""Rootless Podman containers with a fresh inner jail for every run. Knows programs and limits, nothing of problems."""
