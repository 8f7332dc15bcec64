/** One plugin a feature. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { cardPlugin } from './card';
import { contestPlugin } from './contest/plugin';
import { historyPlugin } from './history/plugin';
import { judgePlugin } from './judge';
import { executorPlugin, notebookPlugin } from './notebook/plugin';
import { problemsPlugin } from './problems/plugin';
import { settingsPlugin } from './settings';
import { statusPlugin } from './status/plugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  judgePlugin,
  settingsPlugin,
  problemsPlugin,
  notebookPlugin,
  executorPlugin,
  cardPlugin,
  historyPlugin,
  contestPlugin,
  statusPlugin
];

export default plugins;
