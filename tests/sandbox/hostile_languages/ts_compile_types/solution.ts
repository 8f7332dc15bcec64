type Double<T extends unknown[]> = [...T, ...T];
type Grow<T extends unknown[], N extends unknown[] = []> = N['length'] extends 40 ? T : Grow<Double<T>, [...N, 0]>;
const wrong: Grow<[0]> = 1;
