import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ReactWidget } from '@jupyterlab/apputils';
import { IStatusBar } from '@jupyterlab/statusbar';
import type { CommandRegistry } from '@lumino/commands';

import { Shape } from '../components/icons';
import { useSignal } from '../components/states';
import { submissionWord } from '../core/verdicts';
import { CommandIDs, IJudge } from '../tokens';

/** The judge's health and my running submission, in the status bar. */
export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-oj-extension:status',
  description: 'The judge in the status bar.',
  autoStart: true,
  requires: [IJudge],
  optional: [IStatusBar],
  activate: (app, judge: IJudge, statusBar: IStatusBar | null) => {
    const item = ReactWidget.create(<Status judge={judge} commands={app.commands} />);
    item.addClass('oj-statusbar');
    statusBar?.registerStatusItem('jupyter-oj-extension:status', { item, align: 'right', rank: 20 });
  }
};

function Status({ judge, commands }: { judge: IJudge; commands: CommandRegistry }): JSX.Element {
  const { store, trans } = judge;
  useSignal(store.healthChanged);
  useSignal(store.connectionChanged);
  useSignal(store.submissionChanged);
  const running = store.running();
  const mine = running[running.length - 1];
  if (mine) {
    const tests = mine.tests_total ? ` ${mine.tests_done}/${mine.tests_total}` : '';
    return (
      <button
        className="oj-status-item"
        title={trans.__('My running submission: %1', mine.title || mine.problem)}
        onClick={() =>
          void commands.execute(CommandIDs.openProblem, { problem: mine.problem, contest: mine.contest })
        }
      >
        <span className="oj-spinner" aria-hidden="true" />
        {submissionWord(mine, trans)}
        {tests}
        {running.length > 1 ? ` (+${running.length - 1})` : ''}
      </button>
    );
  }
  const { shape, text, title } = health(judge);
  return (
    <button
      className="oj-status-item"
      title={title}
      onClick={() => {
        store.retryNow();
        void commands.execute(CommandIDs.showProblems);
      }}
    >
      <Shape shape={shape} />
      {text}
    </button>
  );
}

function health({ store, trans }: IJudge): { shape: string; text: string; title: string } {
  if (store.healthError !== null) {
    return { shape: 'cross', text: trans.__('Judge: not reachable'), title: store.healthError };
  }
  if (!store.health) {
    return { shape: 'dot', text: trans.__('Judge'), title: trans.__('Asking the judge…') };
  }
  const { judge } = store.health;
  if (!judge.ready) {
    return {
      shape: 'wrench',
      text: trans.__('Judge: not ready'),
      title: judge.reason ?? trans.__('Run “jupyter oj doctor” to see why.')
    };
  }
  const slots = trans.__('%1 slots, %2 waiting', judge.slots, judge.queued);
  const title = judge.preparing ? `${slots}\n${judge.preparing}` : slots;
  return { shape: 'check', text: trans.__('Judge: ready'), title };
}
