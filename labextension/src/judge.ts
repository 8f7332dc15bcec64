import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { API, apiBase } from './core/api';
import { sharedStore } from './core/shared';
import { Store } from './core/store';
import { summary } from './core/verdicts';
import { CommandIDs, IJudge } from './tokens';

/** Connects to the judge: gives the API and the store, keeps the one stream, announces verdicts. */
export const judgePlugin: JupyterFrontEndPlugin<IJudge> = {
  id: 'jupyter-oj-extension:judge',
  description: 'The online judge: its API and its live state.',
  autoStart: true,
  provides: IJudge,
  optional: [ITranslator],
  activate: (app, translator: ITranslator | null): IJudge => {
    const trans = (translator ?? nullTranslator).load('jupyter_oj_extension');
    const own = app.serviceManager.serverSettings;
    const base = apiBase(own.baseUrl, PageConfig.getOption('ojBaseUrl'));
    const settings = base.startsWith(own.baseUrl)
      ? own
      : ServerConnection.makeSettings({ ...own, baseUrl: base });
    const api = new API((path, init) => ServerConnection.makeRequest(base + path, init ?? {}, settings));
    const store = sharedStore(base, () => new Store(api));
    const announce = liveRegion();
    store.judged.connect((_, submission) => announce(summary(submission, trans)));
    app.commands.addCommand(CommandIDs.retryConnection, {
      label: trans.__('Reconnect to the judge'),
      execute: () => store.retryNow(),
      describedBy: { args: { type: 'object', properties: {} } }
    });
    window.addEventListener('online', () => store.retryNow());
    void app.restored.then(() => store.start());
    return { api, store, trans, announce };
  }
};

/** A region screen readers read aloud whenever its text changes. */
function liveRegion(): (text: string) => void {
  const region = document.createElement('div');
  region.className = 'oj-sr-only';
  region.setAttribute('role', 'status');
  region.setAttribute('aria-live', 'polite');
  document.body.appendChild(region);
  return text => {
    region.textContent = text;
  };
}
