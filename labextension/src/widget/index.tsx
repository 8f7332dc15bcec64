/** The notebook widget's front end: the page's leaderboard component over the page's own stream; the kernel is not needed. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { createRoot } from 'react-dom/client';

import { BoardView } from '../components/board-view';
import { API, apiBase } from '../core/api';
import { sharedStore } from '../core/shared';
import { Store } from '../core/store';

interface Model {
  get(name: 'contest' | 'url'): string;
  get(name: 'limit'): number;
  on(event: string, callback: () => void): void;
  off(event: string, callback: () => void): void;
}

/** What the page tells about its server, in Lab, Notebook and anything built like them. */
function pageConfig(): Record<string, string> {
  const element = document.getElementById('jupyter-config-data');
  return element?.textContent ? JSON.parse(element.textContent) : {};
}

function openStore(url: string): Store {
  const config = pageConfig();
  const base = apiBase(config.baseUrl ?? '/', url || config.ojBaseUrl || '');
  return sharedStore(base, () => {
    const headers: Record<string, string> = {};
    const xsrf = /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie);
    if (config.token) {
      headers.Authorization = `token ${config.token}`;
    } else if (xsrf) {
      headers['X-XSRFToken'] = decodeURIComponent(xsrf[1]);
    }
    const store = new Store(
      new API((path, init) =>
        fetch(base + path, {
          ...init,
          credentials: 'same-origin',
          headers: { ...headers, ...(init?.headers as Record<string, string>) }
        })
      )
    );
    store.start();
    return store;
  });
}

/** English as written: a widget has no translator. `%1` and plurals as JupyterLab's gettext has them. */
const plain = {
  __: (text: string, ...args: unknown[]) => fill(text, args),
  _n: (one: string, many: string, n: number, ...args: unknown[]) => fill(n === 1 ? one : many, [n, ...args])
} as unknown as TranslationBundle;

function fill(text: string, args: unknown[]): string {
  return text.replace(/%(\d)/g, (_, n) => String(args[Number(n) - 1]));
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  el.classList.add('oj-leaderboard-widget');
  const root = createRoot(el);
  const draw = () => {
    const limit = model.get('limit') || undefined;
    const contest = model.get('contest');
    root.render(
      <BoardView
        key={contest}
        store={openStore(model.get('url'))}
        contest={contest}
        trans={plain}
        limit={limit}
      />
    );
  };
  const events = ['change:contest', 'change:limit', 'change:url'];
  events.forEach(event => model.on(event, draw));
  draw();
  return () => {
    events.forEach(event => model.off(event, draw));
    root.unmount();
  };
}

export default { render };
