"""Command groups of `jupyter oj` that run the sandbox: grader, doctor, setup, images."""
