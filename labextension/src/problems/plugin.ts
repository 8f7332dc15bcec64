import { ILayoutRestorer, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { judgeIcon } from '../components/lab-icons';
import { CommandIDs, IJudge } from '../tokens';
import { ProblemsPanel } from './panel';

/** The Problems panel in the left sidebar, and its rows' context menu. */
export const problemsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-oj-extension:problems',
  description: 'The list of problems.',
  autoStart: true,
  requires: [IJudge],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (app, judge: IJudge, palette: ICommandPalette | null, restorer: ILayoutRestorer | null) => {
    const { commands } = app;
    const { trans } = judge;
    const panel = new ProblemsPanel(judge, commands);
    panel.id = 'oj-problems';
    panel.title.icon = judgeIcon;
    panel.title.caption = trans.__('Problems');
    panel.node.setAttribute('role', 'region');
    panel.node.setAttribute('aria-label', trans.__('Problems'));
    app.shell.add(panel, 'left', { rank: 300, type: 'Online Judge' });
    restorer?.add(panel, 'oj-problems');

    commands.addCommand(CommandIDs.showProblems, {
      label: trans.__('Show Problems'),
      execute: () => app.shell.activateById(panel.id),
      describedBy: { args: { type: 'object', properties: {} } }
    });
    palette?.addItem({ command: CommandIDs.showProblems, category: trans.__('Online Judge') });

    const hit = () => app.contextMenuHitTest(node => !!node.dataset.problem)?.dataset.problem ?? '';
    commands.addCommand('oj:problem-open-hit', {
      label: trans.__('Open'),
      execute: () => commands.execute(CommandIDs.openProblem, { problem: hit() }),
      describedBy: { args: { type: 'object', properties: {} } }
    });
    commands.addCommand('oj:problem-history-hit', {
      label: trans.__('My Submissions'),
      execute: () => commands.execute(CommandIDs.history, { problem: hit() }),
      describedBy: { args: { type: 'object', properties: {} } }
    });
    const selector = '.oj-problem';
    app.contextMenu.addItem({ command: 'oj:problem-open-hit', selector, rank: 1 });
    app.contextMenu.addItem({ command: 'oj:problem-history-hit', selector, rank: 2 });
  }
};
