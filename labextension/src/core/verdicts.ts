import type { TranslationBundle } from '@jupyterlab/translation';

import type { Run, Signature, Submission, Verdict } from './types';

export type Tone = 'good' | 'bad' | 'slow' | 'fault' | 'wait';

/** A verdict's shape and tone: with its word, three ways to tell verdicts apart, so that colour is never alone. */
export const MARKS: Record<Verdict | 'none', { shape: string; tone: Tone }> = {
  AC: { shape: 'check', tone: 'good' },
  WA: { shape: 'cross', tone: 'bad' },
  PE: { shape: 'cross', tone: 'bad' },
  TLE: { shape: 'clock', tone: 'slow' },
  MLE: { shape: 'stack', tone: 'slow' },
  OLE: { shape: 'stack', tone: 'slow' },
  RTE: { shape: 'bolt', tone: 'bad' },
  CE: { shape: 'brackets', tone: 'bad' },
  JE: { shape: 'wrench', tone: 'fault' },
  none: { shape: 'dot', tone: 'wait' }
};

/** Accepted, but for some of the points only: it solves nothing (docs/api.md). */
function isPartial({ verdict, score, max_score: most }: Submission): boolean {
  return verdict === 'AC' && (score ?? null) !== null && (most ?? null) !== null && score! < most! - 1e-6;
}

/** The mark of a submission's verdict; what is accepted for some of the points only has one of its own. */
export function submissionMark(submission: Submission): { shape: string; tone: Tone } {
  return isPartial(submission) ? { shape: 'half', tone: 'slow' } : MARKS[submission.verdict ?? 'none'];
}

export function verdictName(verdict: Verdict, trans: TranslationBundle): string {
  switch (verdict) {
    case 'AC':
      return trans.__('Accepted');
    case 'WA':
      return trans.__('Wrong answer');
    case 'PE':
      return trans.__('Presentation error');
    case 'TLE':
      return trans.__('Time limit exceeded');
    case 'MLE':
      return trans.__('Memory limit exceeded');
    case 'OLE':
      return trans.__('Output limit exceeded');
    case 'RTE':
      return trans.__('Run-time error');
    case 'CE':
      return trans.__('Compile error');
    case 'JE':
      return trans.__('Judge error');
  }
}

/** The word of a submission's verdict; a run on the samples is never "Accepted", for it counts for nothing. */
export function submissionWord(submission: Submission, trans: TranslationBundle): string {
  if (submission.verdict) {
    if (submission.kind === 'run' && submission.verdict === 'AC') {
      return submission.runs?.some(run => !run.sample)
        ? trans.__('Ran to the end')
        : trans.__('Samples passed');
    }
    if (isPartial(submission)) {
      return trans.__('Partly accepted');
    }
    return verdictName(submission.verdict, trans);
  }
  switch (submission.phase) {
    case 'compiling':
      return trans.__('Compiling');
    case 'judging':
      return trans.__('Judging');
    default:
      return trans.__('Waiting');
  }
}

export function seconds(value: number | null | undefined): string {
  if (value === null || value === undefined) {
    return '';
  }
  return value < 0.0995 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

export function memory(kib: number | null | undefined): string {
  if (kib === null || kib === undefined) {
    return '';
  }
  return kib < 1024 ? `${kib} KiB` : `${(kib / 1024).toFixed(kib < 10240 ? 1 : 0)} MiB`;
}

/** Time and memory for people; two empty words where no program ran, as with answers that are submitted. */
export function figures(of: { cpu_s: number | null; memory_kib: number | null }): [string, string] {
  return of.memory_kib === 0 ? ['', ''] : [seconds(of.cpu_s), memory(of.memory_kib)];
}

/** `40 of 100 points`, or nothing where the problem is not scored. Cards saved before there were scores lack the keys. */
export function points(
  of: { score?: number | null; max_score?: number | null },
  trans: TranslationBundle
): string {
  if (of.score === null || of.score === undefined) {
    return '';
  }
  return of.max_score === null || of.max_score === undefined
    ? trans.__('%1 points', amount(of.score))
    : trans.__('%1 of %2 points', amount(of.score), amount(of.max_score));
}

/** `closest(numbers: list[float], limit: float) → bool` */
export function signatureLine({ name, parameters, returns, changes }: Signature): string {
  const listed = parameters.map(parameter => `${parameter.name}: ${parameter.type}`).join(', ');
  return `${name}(${listed})${changes ? '' : ` → ${returns}`}`;
}

/** A number of points, without the noise of binary fractions. */
export function amount(points: number): string {
  return String(Number(points.toFixed(3)));
}

/** The name of a test group for people: its folder below `secret`, or what its place means. */
export function groupName(group: string, trans: TranslationBundle): string {
  if (group === '' || group === 'secret') {
    return trans.__('All tests');
  }
  return group === 'sample' ? trans.__('Samples') : group.replace(/^secret\//, '');
}

/** How far a submission is, to keep the newer of two reports: state first, then tests. */
export function progress(submission: Submission): number {
  const phase = { queued: 0, compiling: 1, judging: 2, done: 3 }[submission.phase] ?? 0;
  return (
    (submission.state === 'done' ? 4 : phase) * 1e6 +
    Math.max(submission.tests_done, submission.runs?.length ?? 0)
  );
}

/** One line for a screen reader, and for front ends that cannot draw the card. */
export function summary(submission: Submission, trans: TranslationBundle): string {
  const parts = [submission.title || submission.problem, submissionWord(submission, trans)];
  if (submission.state === 'done') {
    parts.push(points(submission, trans));
    if (submission.failing !== null && submission.tests_total) {
      parts.push(trans.__('at test %1 of %2', submission.failing, submission.tests_total));
    }
    parts.push(...figures(submission));
  }
  return parts.filter(Boolean).join(' · ');
}

/** Index of the first character in which two answers differ, by line and column (from 0); null when equal. */
export function firstDifference(expected: string, got: string): { line: number; column: number } | null {
  const a = expected.replace(/\s+$/, '').split('\n');
  const b = got.replace(/\s+$/, '').split('\n');
  for (let line = 0; line < Math.max(a.length, b.length); line++) {
    const left = (a[line] ?? '').trimEnd();
    const right = (b[line] ?? '').trimEnd();
    if (left !== right || line >= a.length || line >= b.length) {
      let column = 0;
      while (column < left.length && column < right.length && left[column] === right[column]) {
        column += 1;
      }
      return { line, column };
    }
  }
  return null;
}

/** Runs by their group, in judging order; groups of tests not yet judged are unknown, so the rest is one gap. */
export function byGroup(runs: readonly Run[]): { group: string; runs: Run[] }[] {
  const groups: { group: string; runs: Run[] }[] = [];
  for (const run of runs) {
    const last = groups[groups.length - 1];
    if (last?.group === run.group) {
      last.runs.push(run);
    } else {
      groups.push({ group: run.group, runs: [run] });
    }
  }
  return groups;
}

/** Compiler output cut into parts; those that name a line of the learner's source carry its number (from 1). */
export function compilerLines(text: string): { text: string; line: number | null }[] {
  return text
    .replace(/\s+$/, '')
    .split('\n')
    .map(line => {
      const match =
        /^(?: *--> )?[^\s:/]*\.(?:py|cc|cpp|cxx|c|h|java|js|ts|rs|go|kt|cs|R|sql):(\d+)/.exec(line) ?? // most
        /^[^\s:/]*\.(?:cs|ts)\((\d+),\d+\)/.exec(line) ?? // C#, TypeScript
        /^[^\s:/]*\.sh: line (\d+)/.exec(line) ?? // Bash
        /File "[^"/]*", line (\d+)/.exec(line); // Python
      return { text: line, line: match ? Number(match[1]) : null };
    });
}
