import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { IEditorServices } from '@jupyterlab/codeeditor';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { historyIcon } from '@jupyterlab/ui-components';

import { cellInfo, notebookInfo, solutionCell, switchLanguage } from '../notebook/cells';
import { CommandIDs, IJudge } from '../tokens';
import { HistoryWidget } from './view';

/** My submissions: the table in the main area, and taking an old source back into the cell. */
export const historyPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-oj-extension:history',
  description: 'My submissions with their source.',
  autoStart: true,
  requires: [IJudge, IEditorServices],
  optional: [INotebookTracker, ICommandPalette],
  activate: (
    app,
    judge: IJudge,
    editors: IEditorServices,
    tracker: INotebookTracker | null,
    palette: ICommandPalette | null
  ) => {
    const { commands, shell } = app;
    const { trans } = judge;
    const open = new Map<string, HistoryWidget>();

    commands.addCommand(CommandIDs.history, {
      label: trans.__('My Submissions'),
      icon: historyIcon,
      execute: args => {
        const panel = tracker?.currentWidget;
        const here = panel && shell.currentWidget === panel ? notebookInfo(panel)?.problem : undefined;
        const problem = String(args.problem ?? here ?? '');
        let widget = open.get(problem);
        if (!widget) {
          widget = new HistoryWidget({ judge, commands, editors, problem });
          widget.id = `oj-history-${problem}`;
          widget.title.label = problem ? trans.__('Submissions: %1', problem) : trans.__('Submissions');
          widget.title.icon = historyIcon;
          widget.title.closable = true;
          widget.disposed.connect(() => open.delete(problem));
          open.set(problem, widget);
          shell.add(widget, 'main', { mode: 'tab-after', type: 'Online Judge' });
        }
        shell.activateById(widget.id);
        return widget;
      },
      describedBy: { args: { type: 'object', properties: { problem: { type: 'string' } } } }
    });

    commands.addCommand(CommandIDs.insertSource, {
      label: trans.__('Copy a Submission to the Solution Cell'),
      execute: async args => {
        const opened = (await commands.execute(CommandIDs.openProblem, {
          problem: args.problem,
          contest: args.contest
        })) as NotebookPanel | null;
        if (!opened) {
          return;
        }
        await opened.context.ready;
        const cell = solutionCell(opened);
        if (!cell) {
          Notification.warning(trans.__('This notebook has no solution cell.'), { autoClose: 4000 });
          return;
        }
        // What stands in the cell can be had back by undo, as after any edit.
        const language = String(args.language);
        if (cellInfo(cell.model)?.language !== language) {
          switchLanguage(cell.model, language, '');
        }
        cell.model.sharedModel.setSource(String(args.source));
      },
      describedBy: {
        args: {
          type: 'object',
          required: ['problem', 'language', 'source'],
          properties: {
            problem: { type: 'string' },
            contest: { type: ['string', 'null'] },
            language: { type: 'string' },
            source: { type: 'string' }
          }
        }
      }
    });
    palette?.addItem({ command: CommandIDs.history, category: trans.__('Online Judge') });
  }
};
