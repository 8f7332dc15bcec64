"""`jupyter oj demo`: the whole stack at work, through the same HTTP interface everybody uses."""
