function brightest(cave: { val: number } | null): number[] {
  return cave.value;
}
