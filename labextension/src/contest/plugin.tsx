import { ILayoutRestorer, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget, ReactWidget, WidgetTracker } from '@jupyterlab/apputils';

import { BoardView } from '../components/board-view';
import { contestIcon } from '../components/lab-icons';
import { CommandIDs, IJudge } from '../tokens';
import { ContestPanel } from './panel';

/** The contest panel in the right sidebar and the leaderboard in the main area. */
export const contestPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-oj-extension:contest',
  description: 'Contests: the clock, the problems, the live leaderboard.',
  autoStart: true,
  requires: [IJudge],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (app, judge: IJudge, palette: ICommandPalette | null, restorer: ILayoutRestorer | null) => {
    const { commands, shell } = app;
    const { trans } = judge;
    const panel = new ContestPanel(judge, commands);
    panel.id = 'oj-contest';
    panel.title.icon = contestIcon;
    panel.title.caption = trans.__('Contest');
    panel.node.setAttribute('role', 'region');
    panel.node.setAttribute('aria-label', trans.__('Contest'));
    shell.add(panel, 'right', { rank: 300, type: 'Online Judge' });
    restorer?.add(panel, 'oj-contest');

    const tracker = new WidgetTracker<MainAreaWidget>({ namespace: 'oj-leaderboard' });
    const open = new Map<string, MainAreaWidget>();
    commands.addCommand(CommandIDs.showContests, {
      label: trans.__('Show Contest'),
      execute: () => shell.activateById(panel.id),
      describedBy: { args: { type: 'object', properties: {} } }
    });
    commands.addCommand(CommandIDs.openLeaderboard, {
      label: trans.__('Open Leaderboard'),
      icon: contestIcon,
      execute: async args => {
        const contest = String(args.contest ?? (await judge.api.contests())[0]?.id ?? '');
        if (!contest) {
          return;
        }
        let widget = open.get(contest);
        if (!widget) {
          const content = ReactWidget.create(
            <BoardView store={judge.store} contest={contest} trans={trans} />
          );
          content.addClass('oj-board-page');
          widget = new MainAreaWidget({ content });
          widget.toolbar.hide();
          widget.id = `oj-leaderboard-${contest}`;
          widget.title.label = trans.__('Leaderboard: %1', contest);
          widget.title.icon = contestIcon;
          widget.title.closable = true;
          widget.disposed.connect(() => open.delete(contest));
          open.set(contest, widget);
          shell.add(widget, 'main', { type: 'Online Judge' });
          void tracker.add(widget);
        }
        shell.activateById(widget.id);
      },
      describedBy: { args: { type: 'object', properties: { contest: { type: 'string' } } } }
    });
    void restorer?.restore(tracker, {
      command: CommandIDs.openLeaderboard,
      args: widget => ({ contest: widget.id.replace('oj-leaderboard-', '') }),
      name: widget => widget.id
    });
    const category = trans.__('Online Judge');
    [CommandIDs.showContests, CommandIDs.openLeaderboard].forEach(command =>
      palette?.addItem({ command, category })
    );
  }
};
