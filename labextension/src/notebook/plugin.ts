import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { INotebookCellExecutor, INotebookTracker, runCell } from '@jupyterlab/notebook';
import { runIcon } from '@jupyterlab/ui-components';

import { CommandIDs, IJudge } from '../tokens';
import { cellInfo, isSolution, notebookInfo, solutionCell } from './cells';
import { keepNotebooks } from './keeper';
import { openProblem } from './open';
import { send } from './submit';

/** Problem notebooks: opening, solution cells with their bar, running on the samples, submitting. */
export const notebookPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-oj-extension:notebook',
  description: 'Problem notebooks: solution cells with their toolbar, Run samples and Submit.',
  autoStart: true,
  requires: [IJudge, INotebookTracker],
  optional: [ICommandPalette],
  activate: (app, judge: IJudge, tracker: INotebookTracker, palette: ICommandPalette | null) => {
    const { commands } = app;
    const { trans } = judge;
    app.docRegistry.addWidgetExtension('Notebook', keepNotebooks(judge, commands));

    const current = (id?: string) => {
      const panel = tracker.currentWidget;
      const cell = panel && notebookInfo(panel) ? solutionCell(panel, id) : null;
      return panel && cell ? { panel, cell } : null;
    };
    const sender = (kind: 'submit' | 'run') => async (args: { cell?: unknown }) => {
      const found = current(args.cell ? String(args.cell) : undefined);
      return found ? send(judge, found.panel, found.cell, kind) : null;
    };
    commands.addCommand(CommandIDs.runSamples, {
      label: trans.__('Run Samples'),
      caption: trans.__('Run the solution on the samples; counts for nothing'),
      icon: runIcon,
      isEnabled: () => current() !== null,
      execute: sender('run'),
      describedBy: { args: { type: 'object', properties: { cell: { type: 'string' } } } }
    });
    commands.addCommand(CommandIDs.submit, {
      label: trans.__('Submit Solution'),
      caption: trans.__('Submit the solution to the judge'),
      isEnabled: () => current() !== null,
      execute: sender('submit'),
      describedBy: { args: { type: 'object', properties: { cell: { type: 'string' } } } }
    });
    commands.addCommand(CommandIDs.openProblem, {
      label: trans.__('Open Problem'),
      execute: async args => {
        const problem = String(args.problem);
        const contest = args.contest ? String(args.contest) : null;
        try {
          return await openProblem(judge, app.serviceManager.contents, commands, problem, contest);
        } catch (error) {
          Notification.error(
            trans.__('The problem could not be opened: %1', String((error as Error).message)),
            {
              autoClose: 8000,
              actions: [
                {
                  label: trans.__('Retry'),
                  callback: () => void commands.execute(CommandIDs.openProblem, args)
                }
              ]
            }
          );
          return null;
        }
      },
      describedBy: {
        args: {
          type: 'object',
          required: ['problem'],
          properties: { problem: { type: 'string' }, contest: { type: ['string', 'null'] } }
        }
      }
    });
    const category = trans.__('Online Judge');
    [CommandIDs.runSamples, CommandIDs.submit].forEach(command => palette?.addItem({ command, category }));
  }
};

/**
 * Runs cells as the notebook does, but a solution in a language the kernel does not speak goes to the samples instead: C++ sent to
 * a Python kernel helps nobody. Takes the place of `@jupyterlab/notebook-extension:cell-executor`.
 */
export const executorPlugin: JupyterFrontEndPlugin<INotebookCellExecutor> = {
  id: 'jupyter-oj-extension:cell-executor',
  description: 'Runs solution cells of other languages than the kernel’s on the samples.',
  autoStart: true,
  provides: INotebookCellExecutor,
  activate: app => ({
    runCell: async options => {
      const { cell } = options;
      const language = isSolution(cell) ? (cellInfo(cell.model)?.language ?? '') : '';
      const kernel = options.notebook.defaultKernelLanguage || 'python';
      if (language && !language.startsWith(kernel)) {
        if (app.commands.hasCommand(CommandIDs.runSamples)) {
          await app.commands.execute(CommandIDs.runSamples, { cell: cell.model.id });
        }
        return true;
      }
      return runCell(options);
    }
  })
};
