import type { TranslationBundle } from '@jupyterlab/translation';

import type { Run, Spoken } from '../core/types';
import { firstDifference } from '../core/verdicts';

/**
 * Input, expected and got of a test the learner may see, with the first difference marked on both sides; of an interactive problem
 * what both sides said.
 */
export function Sample({ run, trans }: { run: Run; trans: TranslationBundle }): JSX.Element | null {
  if (run.input === null && run.output === null && run.expected === null) {
    return null;
  }
  if (run.conversation?.length) {
    return (
      <div className="oj-sample">
        <Conversation parts={run.conversation} trans={trans} />
        {run.error && <Text title={trans.__('Standard error')} text={run.error} trans={trans} wide />}
      </div>
    );
  }
  const wrong = run.verdict === 'WA' || run.verdict === 'PE';
  const at =
    wrong && run.expected !== null && run.output !== null ? firstDifference(run.expected, run.output) : null;
  return (
    <div className="oj-sample">
      {run.input !== null && <Text title={trans.__('Input')} text={run.input} trans={trans} />}
      {run.expected !== null && (
        <Text title={trans.__('Expected')} text={run.expected} at={at} side="expected" trans={trans} />
      )}
      {run.output !== null && (
        <Text
          title={run.expected === null ? trans.__('Output') : trans.__('Got')}
          text={run.output}
          at={at}
          side="got"
          trans={trans}
        />
      )}
      {run.error && <Text title={trans.__('Standard error')} text={run.error} trans={trans} wide />}
      {at && !run.message && (
        <p className="oj-note oj-sample-note">
          {trans.__('First difference in line %1, column %2.', at.line + 1, at.column + 1)}
        </p>
      )}
    </div>
  );
}

/** Who said what, from top to bottom: the judge's words on the one side, the program's on the other. */
function Conversation({ parts, trans }: { parts: Spoken[]; trans: TranslationBundle }): JSX.Element {
  const title = trans.__('Conversation');
  const names = { program: trans.__('Your program'), interactor: trans.__('Judge'), note: '' };
  return (
    <figure className="oj-text oj-text-wide">
      <figcaption>{title}</figcaption>
      {/* A scrolling region must be reachable to be scrolled by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="oj-talk" role="region" aria-label={title} tabIndex={0}>
        <ol>
          {parts.map((part, i) => (
            <li key={i} className={`oj-said oj-said-${part.who}`}>
              {names[part.who] && <span className="oj-said-who">{names[part.who]}</span>}
              <code>{part.text.replace(/\n$/, '') || trans.__('(an empty line)')}</code>
            </li>
          ))}
        </ol>
      </div>
    </figure>
  );
}

function Text(props: {
  title: string;
  text: string;
  at?: { line: number; column: number } | null;
  side?: 'expected' | 'got';
  wide?: boolean;
  trans: TranslationBundle;
}): JSX.Element {
  const { title, text, at, trans } = props;
  const lines = text.replace(/\n$/, '').split('\n');
  if (at && at.line >= lines.length) {
    lines.push('');
  }
  return (
    <figure className={props.wide ? 'oj-text oj-text-wide' : 'oj-text'}>
      <figcaption>{title}</figcaption>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={title}>
        {text === '' && !at && <span className="oj-faint">{trans.__('(nothing)')}</span>}
        {lines.map((line, i) =>
          at && i === at.line ? (
            <span key={i} className={`oj-differs oj-differs-${props.side}`}>
              {line.slice(0, at.column)}
              <mark>{line.slice(at.column, at.column + 1) || '⏎'}</mark>
              {line.slice(at.column + 1)}
              {'\n'}
            </span>
          ) : (
            line + '\n'
          )
        )}
      </pre>
    </figure>
  );
}
