const numbers = require('fs').readFileSync(0, 'utf8').split(/\s+/).filter(Boolean).map(Number).slice(1);
let run = numbers[0];
let best = run;
for (const number of numbers.slice(1)) {
  run = Math.max(number, run + number);
  best = Math.max(best, run);
}
console.log(best);
