# @EXPECTED_SCORE@: 30
import sys

w, n, *books = map(int, sys.stdin.read().split())
print(-(-sum(books) // w))
