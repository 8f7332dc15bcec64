import { ReactWidget } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import { historyIcon, HTMLSelect, runIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import { useEffect, useState } from 'react';

import { Shape } from '../components/icons';
import { contestIcon } from '../components/lab-icons';
import { useSignal } from '../components/states';
import type { Language } from '../core/types';
import { CommandIDs, type IJudge } from '../tokens';
import { cardOf, cellInfo } from './cells';

export interface BarOptions {
  judge: IJudge;
  commands: CommandRegistry;
  cell: CodeCell;
  /** The contest its submissions count for; null: practice. */
  contest: string | null;
  /** Languages the cell's problem takes, as soon as they are known. */
  languages: () => Promise<Language[]>;
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

function Bar({ judge, commands, cell, contest, languages, switchTo, activate }: BarOptions): JSX.Element {
  const { trans, store } = judge;
  const [known, setKnown] = useState<Language[]>([]);
  useSignal(cell.model.metadataChanged);
  useSignal(store.healthChanged);
  useSignal(store.submissionChanged);
  useEffect(() => {
    languages().then(setKnown, () => undefined); // the picker then shows the cell's language alone
  }, [languages, store.health?.judge.ready, store.health?.judge.preparing]); // a grader may serve more by now
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
            {'version' in item && item.version ? ` (${item.version})` : ''}
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
      <span className="oj-grow" />
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
