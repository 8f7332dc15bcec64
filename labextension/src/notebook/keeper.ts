import type { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { CommandRegistry } from '@lumino/commands';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import type { PanelLayout } from '@lumino/widgets';

import type { Language, Problem, Submission } from '../core/types';
import { signatureLine, summary } from '../core/verdicts';
import type { IJudge } from '../tokens';
import { SolutionBar } from './bar';
import { cardOf, cardOutput, cellInfo, isSolution, notebookInfo, switchLanguage } from './cells';
import { rememberLanguage } from './open';
import { saverOf } from './save';
import { sendArchive } from './submit';

/**
 * Looks after one open notebook of a problem: bars on its solution cells, their language's colours whatever the kernel says,
 * and the last word of each verdict kept in the notebook so that it survives without us.
 */
export class NotebookKeeper implements IDisposable {
  constructor(
    private readonly judge: IJudge,
    private readonly commands: CommandRegistry,
    private readonly panel: NotebookPanel
  ) {
    judge.store.judged.connect(this.onJudged, this);
    judge.store.submissionChanged.connect(this.onSubmission, this);
    panel.disposed.connect(() => this.dispose());
    void panel.context.ready.then(() => this.start());
  }

  isDisposed = false;

  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this.isDisposed = true;
    this.judge.store.judged.disconnect(this.onJudged, this);
    this.judge.store.submissionChanged.disconnect(this.onSubmission, this);
  }

  private start(): void {
    if (this.isDisposed || !this.panel.content.model) {
      return;
    }
    saverOf(this.panel.context);
    this.scan();
    this.panel.content.model.cells.changed.connect(() => this.scan());
    this.panel.content.model.metadataChanged.connect(() => this.scan());
    this.panel.node.addEventListener('click', event => this.copySample(event));
  }

  /** Dress every solution cell that is not dressed yet. Other notebooks have none and cost nothing. */
  private scan(): void {
    if (this.panel.isDisposed || !notebookInfo(this.panel)) {
      return;
    }
    for (const cell of this.panel.content.widgets) {
      if (cellInfo(cell.model)?.role === 'sample') {
        cell.addClass('oj-SampleCell');
      }
      if (isSolution(cell) && !this.dressed.has(cell)) {
        this.dressed.add(cell);
        void this.dress(cell);
      }
    }
  }

  private async dress(cell: CodeCell): Promise<void> {
    cell.addClass('oj-SolutionCell');
    const colour = async () => {
      const id = cellInfo(cell.model)?.language;
      const mime = (await this.allLanguages()).find(language => language.id === id)?.mimetype;
      if (mime && !cell.isDisposed && cell.model.mimeType !== mime) {
        cell.model.mimeType = mime;
      }
    };
    // The notebook sets its kernel's MIME type on every code cell, at start and whenever the kernel changes: set ours again.
    cell.model.mimeTypeChanged.connect(() => void colour());
    cell.model.metadataChanged.connect(() => void colour());
    void colour();
    const card = cardOf(cell.model);
    if (card && card.submission.state !== 'done') {
      // Judged while the notebook was closed: the store tells `onJudged`'s and `onSubmission`'s side when it knows.
      this.judge.store.follow(card.submission.id).catch(() => undefined); // the card shows the error and Retry
    }
    await cell.ready;
    if (cell.isDisposed) {
      return;
    }
    const bar = new SolutionBar({
      judge: this.judge,
      commands: this.commands,
      cell,
      contest: notebookInfo(this.panel)?.contest ?? null,
      languages: this.problemLanguages,
      signature: this.signature,
      submitArchive: file => void sendArchive(this.judge, this.panel, cell, file),
      switchTo: language => void this.switchTo(cell, language),
      activate: () => {
        this.panel.content.activeCellIndex = this.panel.content.widgets.indexOf(cell);
      }
    });
    (cell.layout as PanelLayout).insertWidget(1, bar);
  }

  private async switchTo(cell: CodeCell, language: string): Promise<void> {
    const all = await this.allLanguages();
    const problem = await this.problem().catch(() => null);
    const starter = problem?.starters[language] ?? all.find(item => item.id === language)?.starter ?? '';
    switchLanguage(cell.model, language, starter);
    rememberLanguage(language);
  }

  private allLanguages(): Promise<Language[]> {
    return this.judge.store.languages().catch(() => []);
  }

  private problem(): Promise<Problem> {
    const id = notebookInfo(this.panel)?.problem ?? '';
    this._problem ??= this.judge.api.problem(id).catch(error => {
      this._problem = null;
      throw error;
    });
    return this._problem;
  }

  private readonly problemLanguages = async (): Promise<Language[]> => {
    const [all, problem] = await Promise.all([
      this.judge.store.languages(),
      this.problem().catch(() => null)
    ]);
    const taken = problem ? all.filter(language => problem.languages.includes(language.id)) : all;
    const served = taken.filter(language => language.ready);
    return served.length ? served : taken; // with no grader there, choose all the same: submissions wait for one
  };

  private readonly signature = async (): Promise<string> => {
    const problem = await this.problem();
    return problem.function ? signatureLine(problem.function) : '';
  };

  private onJudged(_: unknown, submission: Submission): void {
    this.keep(submission);
  }

  private onSubmission(_: unknown, submission: Submission): void {
    if (submission.state === 'done') {
      this.keep(submission);
    }
  }

  /** Write a final verdict into the notebook, once all of its runs are known, and save. */
  private keep(submission: Submission): void {
    if (this.panel.isDisposed) {
      return;
    }
    for (const cell of this.panel.content.widgets) {
      if (!isSolution(cell)) {
        continue;
      }
      const card = cardOf(cell.model);
      if (card?.submission.id !== submission.id) {
        continue;
      }
      const saved = card.submission;
      if (saved.state === 'done' && (saved.runs?.length ?? 0) >= (submission.runs?.length ?? 0)) {
        continue;
      }
      cell.model.outputs.set(card.index, cardOutput(submission, summary(submission, this.judge.trans)));
      saverOf(this.panel.context).save();
    }
  }

  /** A click on a sample's block copies it. */
  private copySample(event: MouseEvent): void {
    const block = (event.target as HTMLElement).closest('.oj-SampleCell pre');
    if (block && !window.getSelection()?.toString()) {
      void navigator.clipboard.writeText(block.textContent ?? '').then(() => {
        this.judge.announce(this.judge.trans.__('Copied'));
        block.classList.add('oj-copied');
        setTimeout(() => block.classList.remove('oj-copied'), 900);
      });
    }
  }

  private readonly dressed = new WeakSet<CodeCell>();
  private _problem: Promise<Problem> | null = null;
}

/** Keepers for all notebooks a document registry opens. */
export function keepNotebooks(judge: IJudge, commands: CommandRegistry) {
  return {
    createNew: (panel: NotebookPanel): IDisposable => {
      const keeper = new NotebookKeeper(judge, commands, panel);
      return new DisposableDelegate(() => keeper.dispose());
    }
  };
}
