import type { TranslationBundle } from '@jupyterlab/translation';
import { Token } from '@lumino/coreutils';

import type { API } from './core/api';
import type { Store } from './core/store';

/** What every feature of the judge needs: the calls, the page's knowledge, the words, and a voice. */
export interface IJudge {
  readonly api: API;
  readonly store: Store;
  readonly trans: TranslationBundle;
  /** Say a line to screen readers, politely. */
  announce(text: string): void;
}

export const IJudge = new Token<IJudge>(
  'jupyter-oj-extension:IJudge',
  'The online judge: its API, its live state and its translations.'
);

/** Commands other features, tests and the palette call. */
export namespace CommandIDs {
  export const openProblem = 'oj:open-problem';
  export const showProblems = 'oj:show-problems';
  export const runSamples = 'oj:run-samples';
  export const submit = 'oj:submit';
  export const history = 'oj:open-history';
  export const openSubmission = 'oj:open-submission';
  export const showContests = 'oj:show-contests';
  export const openLeaderboard = 'oj:open-leaderboard';
  export const insertSource = 'oj:copy-to-cell';
  export const goToLine = 'oj:go-to-line';
  export const retryConnection = 'oj:retry-connection';
}
