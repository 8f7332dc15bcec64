"""The handlers, thin: read, call one service, answer."""
