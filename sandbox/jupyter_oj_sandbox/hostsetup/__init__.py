"""What a host must have before it can judge: packages, the graders' account, delegated cgroups."""
