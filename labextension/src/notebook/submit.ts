import { Notification } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { UUID } from '@lumino/coreutils';

import { APIError } from '../core/api';
import type { Submission } from '../core/types';
import { summary } from '../core/verdicts';
import type { IJudge } from '../tokens';
import { cardOutput, cellInfo, notebookInfo } from './cells';
import { saverOf } from './save';

const TRIES = 4;
/** In base64 it must fit into a request's body of 1 MiB. */
const ARCHIVE_BYTES = 700 * 1024;
const busy = new WeakSet<CodeCell>();

/**
 * Send a solution cell to the judge and put the card under it. A lost answer is asked for again with the same idempotency key, so
 * that one press makes one submission. Errors are shown with what to do; nothing is thrown. Gives the submission's id.
 */
export async function send(
  judge: IJudge,
  panel: NotebookPanel,
  cell: CodeCell,
  kind: 'submit' | 'run'
): Promise<string | null> {
  const { trans, store } = judge;
  const info = notebookInfo(panel);
  const language = cellInfo(cell.model)?.language;
  if (!info || !language || busy.has(cell)) {
    return null;
  }
  const source = cell.model.sharedModel.getSource();
  if (!source.trim()) {
    Notification.warning(trans.__('The solution cell is empty: write something first.'), {
      autoClose: 4000
    });
    return null;
  }
  busy.add(cell);
  try {
    const submission = await post(judge, kind, {
      problem: info.problem,
      language,
      source,
      contest: info.contest ?? null
    });
    store.accept(submission);
    show(judge, panel, cell, store.submission(submission.id) ?? submission);
    return submission.id;
  } catch (error) {
    tell(judge, error, () => void send(judge, panel, cell, kind));
    return null;
  } finally {
    busy.delete(cell);
  }
}

/**
 * Submit a ZIP file with an answer to each test. What the judge made of it then stands in the cell, so that the card below it is about
 * what is above it; what was there before comes back with Undo.
 */
export async function sendArchive(
  judge: IJudge,
  panel: NotebookPanel,
  cell: CodeCell,
  file: File
): Promise<void> {
  const { api, store, trans } = judge;
  const info = notebookInfo(panel);
  const language = cellInfo(cell.model)?.language;
  if (!info || !language || busy.has(cell)) {
    return;
  }
  if (file.size > ARCHIVE_BYTES) {
    Notification.error(trans.__('%1 is too large: an archive may have 700 KiB.', file.name), {
      autoClose: 8000
    });
    return;
  }
  busy.add(cell);
  try {
    const archive = await base64(file);
    const body = { problem: info.problem, language, archive, contest: info.contest ?? null };
    const submission = await post(judge, 'submit', body);
    store.accept(submission);
    cell.model.sharedModel.setSource((await api.source(submission.id)).source);
    show(judge, panel, cell, store.submission(submission.id) ?? submission);
  } catch (error) {
    tell(judge, error, () => void sendArchive(judge, panel, cell, file));
  } finally {
    busy.delete(cell);
  }
}

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}

type Body = {
  problem: string;
  language: string;
  source?: string;
  archive?: string;
  contest: string | null;
};

async function post(judge: IJudge, kind: 'submit' | 'run', body: Body): Promise<Submission> {
  const key = UUID.uuid4();
  const { contest: _, ...practice } = body;
  for (let attempt = 1; ; attempt++) {
    try {
      return kind === 'submit'
        ? await judge.api.submit(body, key)
        : await judge.api.run({ ...practice, input: null }, key);
    } catch (error) {
      const answered = error instanceof APIError && ![502, 504].includes(error.status);
      if (answered || attempt === TRIES) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 300 * 2 ** attempt));
    }
  }
}

function show(judge: IJudge, panel: NotebookPanel, cell: CodeCell, submission: Submission): void {
  const output = cardOutput(submission, summary(submission, judge.trans));
  cell.model.outputs.clear();
  cell.model.outputs.add(output);
  cell.outputHidden = false;
  // Saved at once: a page closed now finds the submission again.
  saverOf(panel.context).save();
}

function tell(judge: IJudge, error: unknown, again: () => void): void {
  const { trans } = judge;
  const message =
    error instanceof APIError
      ? error.retryAfterS
        ? trans.__('%1 (again in %2 s)', error.message, error.retryAfterS)
        : error.message
      : trans.__('The judge could not be reached; nothing was submitted.');
  Notification.error(message, {
    autoClose: 8000,
    actions: [{ label: trans.__('Retry'), callback: again }]
  });
}
