import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';

import type { Run, Submission } from '../core/types';
import {
  byGroup,
  compilerLines,
  figures,
  MARKS,
  points,
  submissionMark,
  submissionWord,
  verdictName
} from '../core/verdicts';
import { Groups } from './groups';
import { Shape } from './icons';
import { Sample } from './sample';

export interface CardProps {
  submission: Submission;
  trans: TranslationBundle;
  languageName?: string;
  /** Whether news come in; while not, an unfinished card says so. */
  connected: boolean;
  /** Go to a line of the source, counted from 1. Without it, lines are plain text. */
  onLine?: (line: number) => void;
}

/** The verdict card: one line, a strip of tests that fills while judging, and the chosen test's details. */
export function VerdictCard(props: CardProps): JSX.Element {
  const { submission, trans } = props;
  const done = submission.state === 'done';
  const mark = submissionMark(submission);
  return (
    <section
      className={`oj-card oj-tone-${mark.tone}${done ? '' : ' oj-busy'}`}
      aria-label={trans.__('Verdict of %1', submission.title || submission.problem)}
    >
      <header className="oj-card-head">
        <span className="oj-verdict">
          {done ? <Shape shape={mark.shape} /> : <span className="oj-spinner" aria-hidden="true" />}
          <strong>{submissionWord(submission, trans)}</strong>
        </span>
        <Facts {...props} />
      </header>
      <Tests {...props} />
      {submission.state === 'done' && <Groups groups={submission.groups ?? []} trans={trans} />}
      {submission.compiler_output && (
        <Compiler text={submission.compiler_output} trans={trans} onLine={props.onLine} />
      )}
      {submission.verdict === 'JE' ? (
        <p className="oj-note">
          {trans.__(
            'This is our fault, not your program’s. Your submission is safe and nothing is counted against you; the judge’s staff can have it judged again.'
          )}
        </p>
      ) : (
        submission.message && <p className="oj-note">{submission.message}</p>
      )}
      <ForStaff title={trans.__('Why the judge failed')} text={submission.judge_message} trans={trans} />
      {!done && !props.connected && (
        <p className="oj-note">{trans.__('Reconnecting to the judge… Your submission is safe.')}</p>
      )}
    </section>
  );
}

function Facts({ submission, trans, languageName }: CardProps): JSX.Element {
  const facts: string[] = [];
  const count = submission.tests_total;
  if (submission.state !== 'done') {
    if (submission.phase === 'queued' && submission.position !== null) {
      facts.push(
        submission.position <= 1
          ? trans.__('next in line')
          : trans.__('number %1 in line', submission.position)
      );
    } else if (submission.phase === 'judging' && count) {
      facts.push(trans.__('test %1 of %2', Math.min(submission.tests_done + 1, count), count));
    }
  } else {
    facts.push(points(submission, trans));
    if (submission.failing !== null && count) {
      facts.push(trans.__('test %1 of %2', submission.failing, count));
    } else if (submission.verdict === 'AC' && count) {
      facts.push(trans._n('%1 test', '%1 tests', count));
    }
    const failing = submission.runs?.find(run => run.index === submission.failing);
    if (failing) {
      facts.push(uncaught(failing, trans));
    }
    facts.push(...figures(submission));
  }
  facts.push(languageName ?? submission.language);
  if (submission.kind === 'run') {
    facts.push(trans.__('not submitted'));
  }
  return (
    <span className="oj-facts">
      {facts.filter(Boolean).map((fact, i) => (
        <span key={i}>{fact}</span>
      ))}
    </span>
  );
}

const NO_RUNS: Run[] = [];

function Tests({ submission, trans, onLine }: CardProps): JSX.Element | null {
  const runs = submission.runs ?? NO_RUNS;
  const total = Math.max(submission.tests_total ?? 0, runs.length);
  const groups = useMemo(() => byGroup(runs), [runs]);
  const [chosen, choose] = useState<number | null>(null);
  const [hovered, hover] = useState<number | null>(null);
  // A new judging starts over: what was chosen belongs to the one before.
  useEffect(() => choose(null), [submission.id]);
  if (total === 0 || (runs.length === 0 && submission.state === 'done')) {
    return null;
  }
  const failing = submission.state === 'done' ? runs.find(run => run.verdict !== 'AC') : undefined;
  const firstSample = submission.kind === 'run' && submission.state === 'done' ? runs[0] : undefined;
  const shown =
    runs.find(run => run.index === (hovered ?? chosen)) ??
    runs.find(run => run.index === chosen) ??
    failing ??
    firstSample;
  const onKeyDown = (event: KeyboardEvent) => {
    const at = runs.findIndex(run => run.index === (chosen ?? shown?.index));
    const to = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: runs.length - 1
    }[event.key];
    if (to === undefined || runs.length === 0) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    choose(runs[Math.max(0, Math.min(runs.length - 1, to))].index);
  };
  const pending = submission.state === 'done' ? 0 : total - runs.length;
  const unrun = submission.state === 'done' ? total - runs.length : 0;
  return (
    <>
      <div
        className={`oj-strip${total > 60 ? ' oj-strip-dense' : ''}`}
        role="listbox"
        tabIndex={0}
        aria-label={trans.__('Tests, %1 of %2 judged', runs.length, total)}
        aria-activedescendant={shown ? `oj-${submission.id}-${shown.index}` : undefined}
        onKeyDown={onKeyDown}
        onMouseLeave={() => hover(null)}
      >
        {groups.map(({ group, runs }, i) => (
          <span key={`${group}-${i}`} className="oj-strip-group" role="group" aria-label={group}>
            {runs.map(run => (
              <span
                key={run.index}
                id={`oj-${submission.id}-${run.index}`}
                role="option"
                tabIndex={-1}
                aria-selected={shown?.index === run.index}
                aria-label={`${testName(run, trans)}: ${verdictName(run.verdict, trans)}`}
                className={`oj-test oj-tone-${MARKS[run.verdict].tone}${shown?.index === run.index ? ' oj-chosen' : ''}`}
                onMouseEnter={() => hover(run.index)}
                onClick={() => choose(run.index)}
                onKeyDown={undefined}
              >
                <Shape shape={MARKS[run.verdict].shape} />
              </span>
            ))}
          </span>
        ))}
        {(pending > 0 || unrun > 0) && (
          <span className="oj-strip-group" aria-hidden="true">
            {Array.from({ length: Math.min(pending + unrun, 400) }, (_, i) => (
              <span
                key={i}
                className={`oj-test oj-test-empty${pending && i === 0 && runs.length ? ' oj-test-now' : ''}`}
              />
            ))}
          </span>
        )}
      </div>
      {shown && <TestDetail run={shown} trans={trans} onLine={onLine} />}
    </>
  );
}

function TestDetail(props: {
  run: Run;
  trans: TranslationBundle;
  onLine?: (line: number) => void;
}): JSX.Element {
  const { run, trans, onLine } = props;
  const line = run.error_line;
  const facts = [
    testName(run, trans),
    verdictName(run.verdict, trans),
    points({ score: run.score }, trans),
    ...figures(run),
    line && onLine ? (
      <button
        className="oj-link"
        title={trans.__('Go to line %1 of the cell', line)}
        onClick={() => onLine(line)}
      >
        {uncaught(run, trans)}
      </button>
    ) : (
      uncaught(run, trans)
    ),
    // A line of a signal is told with the signal's name as the error's.
    (run.signal !== run.error_type && run.signal) ||
      (run.exit_code ? trans.__('exit code %1', run.exit_code) : '')
  ];
  return (
    <div className={`oj-detail oj-tone-${MARKS[run.verdict].tone}`}>
      <div className="oj-facts">
        {facts.filter(Boolean).map((fact, i) => (
          <span key={i} className={i === 1 ? 'oj-detail-verdict' : undefined}>
            {fact}
          </span>
        ))}
      </div>
      {run.message && <p className="oj-note">{run.message}</p>}
      <Sample run={run} trans={trans} />
      <ForStaff title={trans.__('What the validator says')} text={run.judge_message} trans={trans} />
    </div>
  );
}

/** Words that the judge has for staff, marked as theirs; nothing for everybody else, to whom they are not sent. */
function ForStaff(props: {
  title: string;
  text: string | null | undefined;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { title, text, trans } = props;
  return text ? (
    <figure className="oj-text oj-staff">
      <figcaption>
        {title} <span className="oj-tag-staff">{trans.__('Staff only')}</span>
      </figcaption>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </figure>
  ) : null;
}

/** `ValueError in line 3`: what ended the program, which may be told of hidden tests too. */
function uncaught({ error_type: type, error_line: line }: Run, trans: TranslationBundle): string {
  return type && line ? trans.__('%1 in line %2', type, line) : (type ?? '');
}

/** `sample/1` is "sample 1" to people; hidden tests come with a name made for them. */
function testName(run: Run, trans: TranslationBundle): string {
  return run.name.startsWith('sample/') ? trans.__('sample %1', run.name.slice(7)) : run.name;
}

function Compiler(props: {
  text: string;
  trans: TranslationBundle;
  onLine?: (line: number) => void;
}): JSX.Element {
  const { onLine, trans } = props;
  return (
    <div
      className="oj-compiler"
      role="region"
      aria-label={trans.__('What the compiler said')}
      // A scrolling region must be reachable to be scrolled by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {compilerLines(props.text).map(({ text, line }, i) => (
        <div key={i} className="oj-compiler-line">
          {line !== null && onLine ? (
            <button
              className="oj-link oj-line-number"
              title={trans.__('Go to line %1 of the cell', line)}
              onClick={() => onLine(line)}
            >
              {trans.__('line %1', line)}
            </button>
          ) : (
            <span className="oj-line-number" />
          )}
          <code>{text || ' '}</code>
        </div>
      ))}
    </div>
  );
}
