import { PageConfig } from '@jupyterlab/coreutils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { ServerConnection } from '@jupyterlab/services';
import type { CommandRegistry } from '@lumino/commands';

import type { IJudge } from '../tokens';

/** Where a learner's notebook of a problem is: `oj/pairs.ipynb`, in a contest `oj/class-warm-up/pairs.ipynb`. */
export function notebookPath(problem: string, contest: string | null): string {
  const folder = PageConfig.getOption('ojNotebooksDir') || 'oj';
  return contest ? `${folder}/${contest}/${problem}.ipynb` : `${folder}/${problem}.ipynb`;
}

/** Where a statement's PDF is, beside the notebook, which links to it by this name. */
function pdfPath(problem: string, contest: string | null): string {
  return notebookPath(problem, contest).replace(/\.ipynb$/, '-statement.pdf');
}

/** Notebooks that are being made: who asks twice (a double click) waits for the same one. */
const making = new Map<string, Promise<void>>();

/** Open the learner's notebook of a problem; make it first when there is none. What is in it is never overwritten. */
export async function openProblem(
  judge: IJudge,
  contents: Contents.IManager,
  commands: CommandRegistry,
  problem: string,
  contest: string | null
): Promise<NotebookPanel> {
  const path = notebookPath(problem, contest);
  if (!making.has(path)) {
    making.set(
      path,
      make(judge, contents, problem, contest).finally(() => making.delete(path))
    );
  }
  await making.get(path);
  return commands.execute('docmanager:open', { path, factory: 'Notebook' });
}

/** Make the notebook unless it is there. */
async function make(
  judge: IJudge,
  contents: Contents.IManager,
  problem: string,
  contest: string | null
): Promise<void> {
  const path = notebookPath(problem, contest);
  if (!(await exists(contents, path))) {
    const languages = await judge.store.languages().catch(() => []);
    const details = await judge.api.problem(problem);
    const remembered = localStorage.getItem('jupyter-oj:language');
    const language =
      [remembered, 'python3', ...details.languages].find(
        id => id && details.languages.includes(id) && (!languages.length || languages.some(l => l.id === id))
      ) ?? details.languages[0];
    const notebook = await judge.api.notebook(problem, { language, contest });
    await makeFolders(contents, path);
    if (details.statement_pdf) {
      // Before the notebook: should it fail, the next try makes both.
      const content = await base64(await judge.api.file(problem, details.statement_pdf));
      await contents.save(pdfPath(problem, contest), { type: 'file', format: 'base64', content });
    }
    await contents.save(path, { type: 'notebook', format: 'json', content: notebook });
  }
}

/** Remember the language last chosen, for the next new notebook. */
export function rememberLanguage(language: string): void {
  localStorage.setItem('jupyter-oj:language', language);
}

async function exists(contents: Contents.IManager, path: string): Promise<boolean> {
  try {
    await contents.get(path, { content: false });
    return true;
  } catch (error) {
    if (error instanceof ServerConnection.ResponseError && error.response.status === 404) {
      return false;
    }
    throw error;
  }
}

async function base64(blob: Blob): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(String(reader.result).split(',', 2)[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

async function makeFolders(contents: Contents.IManager, path: string): Promise<void> {
  const parts = path.split('/').slice(0, -1);
  for (let i = 1; i <= parts.length; i++) {
    const folder = parts.slice(0, i).join('/');
    if (!(await exists(contents, folder))) {
      await contents.save(folder, { type: 'directory' }).catch(async (error: unknown) => {
        // Another notebook that is made at the same time may have been first.
        if (!(await exists(contents, folder))) {
          throw error;
        }
      });
    }
  }
}
