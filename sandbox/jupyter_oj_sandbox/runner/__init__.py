"""The C runner: PID 1 of a sandbox container. `build.build_runner` makes it; README.md explains it."""
