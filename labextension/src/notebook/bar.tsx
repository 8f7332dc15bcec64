import { ReactWidget } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import { fileUploadIcon, historyIcon, HTMLSelect, runIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import { useEffect, useRef, useState } from 'react';

import { Shape } from '../components/icons';
import { contestIcon } from '../components/lab-icons';
import { useSignal } from '../components/states';
import type { Language } from '../core/types';
import { CommandIDs, type IJudge } from '../tokens';
import { cardOf, cellInfo } from './cells';

/** The language of problems whose answers are submitted. */
const ANSWERS = 'text';

export interface BarOptions {
  judge: IJudge;
  commands: CommandRegistry;
  cell: CodeCell;
  /** The contest its submissions count for; null: practice. */
  contest: string | null;
  /** Languages the cell's problem takes, as soon as they are known. */
  languages: () => Promise<Language[]>;
  /** The function to be written, as a line; empty where the problem wants a program. */
  signature: () => Promise<string>;
  /** Submit a ZIP file of answers. */
  submitArchive: (file: File) => void;
  switchTo: (language: string) => void;
  /** Make the cell the one a command means. */
  activate: () => void;
}

/** The solution cell's own toolbar, above its editor: language, history, Run samples, Submit. */
export class SolutionBar extends ReactWidget {
  constructor(private readonly options: BarOptions) {
    super();
    this.addClass('oj-bar');
    this.node.setAttribute('role', 'toolbar');
    this.node.setAttribute('aria-label', options.judge.trans.__('Solution'));
  }

  protected render(): JSX.Element {
    return <Bar {...this.options} />;
  }
}

function Bar(props: BarOptions): JSX.Element {
  const { judge, commands, cell, contest, languages, signature, submitArchive, switchTo, activate } = props;
  const { trans, store } = judge;
  const [line, setLine] = useState('');
  const picker = useRef<HTMLInputElement>(null);
  const [known, setKnown] = useState<Language[]>([]);
  useSignal(cell.model.metadataChanged);
  useSignal(store.healthChanged);
  useSignal(store.submissionChanged);
  useEffect(() => {
    languages().then(setKnown, () => undefined); // the picker then shows the cell's language alone
  }, [languages, store.health?.judge.ready, store.health?.judge.preparing]); // a grader may serve more by now
  useEffect(() => {
    signature().then(setLine, () => undefined); // the notebook's head tells it, too
  }, [signature]);
  const language = cellInfo(cell.model)?.language ?? '';
  const card = cardOf(cell.model)?.submission;
  const live = card && store.submission(card.id);
  const busy = !!live && live.state !== 'done';
  const execute = (command: string) => () => {
    activate();
    void commands.execute(command);
  };
  const options = known.some(item => item.id === language)
    ? known
    : [{ id: language, name: language }, ...known];
  return (
    <>
      <HTMLSelect
        className="oj-language"
        aria-label={trans.__('Language of the solution')}
        value={language}
        onChange={event => switchTo(event.currentTarget.value)}
        onKeyDown={event => event.stopPropagation()}
      >
        {options.map(item => (
          <option key={item.id} value={item.id}>
            {item.name}
            {'version' in item && item.version && item.id !== ANSWERS ? ` (${item.version})` : ''}
          </option>
        ))}
      </HTMLSelect>
      {contest && (
        <span
          className="oj-bar-contest"
          title={trans.__('Submissions from this notebook count for this contest')}
        >
          <contestIcon.react tag="span" className="oj-button-icon" />
          {contest}
        </span>
      )}
      {store.health && !store.health.judge.ready && (
        <span className="oj-bar-warning" title={store.health.judge.reason ?? undefined}>
          <Shape shape="wrench" /> {trans.__('The judge is not ready')}
        </span>
      )}
      {line && (
        <code className="oj-signature" title={trans.__('The function to write: %1', line)}>
          {line}
        </code>
      )}
      <span className="oj-grow" />
      {language === ANSWERS && (
        <>
          <input
            ref={picker}
            type="file"
            accept=".zip,application/zip"
            hidden
            aria-label={trans.__('ZIP file with an answer to each test')}
            onChange={event => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = ''; // so that the same file can be chosen again
              if (file) {
                submitArchive(file);
              }
            }}
          />
          <button
            className="oj-button"
            onClick={() => picker.current?.click()}
            title={trans.__('Submit a ZIP file with an answer to each test: 01.out for the test 01')}
          >
            <fileUploadIcon.react tag="span" className="oj-button-icon" />
            {trans.__('Answers from a ZIP file')}
          </button>
        </>
      )}
      <button
        className="oj-button oj-button-quiet"
        onClick={execute(CommandIDs.history)}
        title={trans.__('Submissions of this problem')}
      >
        <historyIcon.react tag="span" className="oj-button-icon" />
        {trans.__('History')}
      </button>
      <button
        className="oj-button"
        onClick={execute(CommandIDs.runSamples)}
        title={trans.__('Run on the samples; counts for nothing (Ctrl+Shift+Enter)')}
      >
        <runIcon.react tag="span" className="oj-button-icon" />
        {trans.__('Run samples')}
      </button>
      <button
        className="oj-button oj-button-primary"
        onClick={execute(CommandIDs.submit)}
        title={trans.__('Submit to the judge (Ctrl+Alt+Enter)')}
        aria-busy={busy}
      >
        {trans.__('Submit')}
      </button>
    </>
  );
}
