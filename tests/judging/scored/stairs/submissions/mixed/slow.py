# @EXPECTED_RESULTS@: TIMELIMIT, RUN-ERROR
# @EXPECTED_SCORE@: 80
# Counts every way by itself: thirty steps take too long.
def ways(n):
    return 1 if n == 0 else sum(ways(n - step) for step in (1, 2, 3) if step <= n)


print(ways(int(input())))
