import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  compilerLines,
  figures,
  firstDifference,
  groupName,
  memory,
  points,
  progress,
  seconds,
  signatureLine,
  submissionMark,
  submissionWord
} from '../src/core/verdicts';
import type { Submission } from '../src/core/types';

test('the first difference is found, trailing white space aside', () => {
  assert.equal(firstDifference('1 2\n3\n', '1 2  \n3'), null);
  assert.deepEqual(firstDifference('1 2\n3\n', '1 2\n4\n'), { line: 1, column: 0 });
  assert.deepEqual(firstDifference('1 2\n', '1 2\n3\n'), { line: 1, column: 0 });
  assert.deepEqual(firstDifference('', 'x'), { line: 0, column: 0 });
  assert.deepEqual(firstDifference('impossible', 'impassible'), { line: 0, column: 3 });
});

test('lines of the source are found in what compilers say', () => {
  const lines = compilerLines(
    "solution.cpp: In function 'int main()':\nsolution.cpp:7:5: error: x\n   7 | y\n"
  );
  assert.deepEqual(
    lines.map(line => line.line),
    [null, 7, null]
  );
  assert.equal(compilerLines('  File "solution.py", line 3\n')[0].line, 3);
  assert.equal(compilerLines('solution.py:12: SyntaxError')[0].line, 12);
  assert.equal(compilerLines(' --> main.rs:4:9')[0].line, 4);
  assert.equal(compilerLines("Solution.cs(5,9): error CS0103: The name `x'")[0].line, 5);
  assert.equal(compilerLines('solution.ts(6,1): error TS2322: no')[0].line, 6);
  assert.equal(compilerLines('solution.sh: line 7: syntax error')[0].line, 7);
  assert.equal(compilerLines('/usr/include/c++/12/bits/stl_map.h:529:32: error: no')[0].line, null);
});

test('what is accepted for some of the points says so', () => {
  const trans = { __: (text: string) => text } as never;
  const of = (verdict: string, score: number | null, max_score: number | null) =>
    ({ kind: 'submit', verdict, score, max_score }) as Submission;
  const full = [of('AC', null, null), of('AC', 99.9999999, 100), of('AC', 40, null)];
  full.forEach(submission => assert.equal(submissionWord(submission, trans), 'Accepted'));
  assert.equal(submissionWord(of('AC', 40, 100), trans), 'Partly accepted');
  assert.equal(submissionWord(of('AC', 100, 100), trans), 'Accepted');
  assert.deepEqual(submissionMark(of('AC', 0, 100)), { shape: 'half', tone: 'slow' });
  assert.deepEqual(submissionMark(of('AC', 100, 100)), { shape: 'check', tone: 'good' });
});

test('a signature is one line', () => {
  const parameters = [
    { name: 'a', type: 'list[int]' },
    { name: 'b', type: 'int' }
  ];
  const signature = { name: 'f', parameters, returns: 'bool', changes: null };
  assert.equal(signatureLine(signature), 'f(a: list[int], b: int) → bool');
  assert.equal(signatureLine({ ...signature, changes: 'a' }), 'f(a: list[int], b: int)');
});

test('answers that no program gave have no figures', () => {
  assert.deepEqual(figures({ cpu_s: 0, memory_kib: 0 }), ['', '']);
  assert.deepEqual(figures({ cpu_s: 0, memory_kib: 2048 }), ['0 ms', '2.0 MiB']);
});

test('figures are short and carry their unit', () => {
  assert.equal(seconds(0.0012), '1 ms');
  assert.equal(seconds(1.234), '1.23 s');
  assert.equal(seconds(null), '');
  assert.equal(memory(512), '512 KiB');
  assert.equal(memory(3000), '2.9 MiB');
  assert.equal(memory(131072), '128 MiB');
});

test('a report that knows more counts as later', () => {
  const at = (part: Partial<Submission>) =>
    progress({ state: 'leased', phase: 'judging', tests_done: 0, ...part } as Submission);
  assert.ok(at({ state: 'queued', phase: 'queued' }) < at({ phase: 'compiling' }));
  assert.ok(at({ tests_done: 3 }) < at({ tests_done: 4 }));
  assert.ok(at({ tests_done: 400 }) < at({ state: 'done', phase: 'done', tests_done: 1 }));
});

test('points say of how many, and carry no noise', () => {
  const trans = {
    __: (text: string, ...values: unknown[]) =>
      text.replace(/%(\d)/g, (_, n) => String(values[Number(n) - 1]))
  } as never;
  assert.equal(points({ score: 40, max_score: 100 }, trans), '40 of 100 points');
  assert.equal(points({ score: 0.1 + 0.2, max_score: null }, trans), '0.3 points');
  assert.equal(points({ score: null, max_score: null }, trans), '');
  assert.equal(points({}, trans), '');
  assert.equal(groupName('secret/small/odd', trans), 'small/odd');
  assert.equal(groupName('', trans), 'All tests');
});
