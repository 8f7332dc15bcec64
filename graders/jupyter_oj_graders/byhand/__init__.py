"""Judging by hand: packages and submissions from folders, in this host's sandbox, with no server, queue or database."""
