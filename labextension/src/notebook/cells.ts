import type { Cell, CodeCell, ICellModel, ICodeCellModel } from '@jupyterlab/cells';
import type { IOutput, MultilineString } from '@jupyterlab/nbformat';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';

import type { Submission } from '../core/types';

export const CARD_MIME_TYPE = 'application/vnd.jupyter-oj.submission+json';

/** `oj` of a notebook's metadata. */
export interface NotebookInfo {
  problem: string;
  contest: string | null;
  version?: string;
}

/** `oj` of a cell's metadata. */
export interface CellInfo {
  role: 'statement' | 'sample' | 'solution' | 'notes';
  language?: string;
  drafts?: Record<string, string>;
}

export function notebookInfo(panel: NotebookPanel): NotebookInfo | null {
  const info = panel.content.model?.getMetadata('oj') as NotebookInfo | undefined;
  return info?.problem ? info : null;
}

export function cellInfo(model: ICellModel): CellInfo | null {
  return (model.getMetadata('oj') as CellInfo | undefined) ?? null;
}

export function isSolution(cell: Cell): cell is CodeCell {
  return cell.model.type === 'code' && cellInfo(cell.model)?.role === 'solution';
}

/** The panel's solution cell a command means: the one named, else the active one, else the first. */
export function solutionCell(panel: NotebookPanel, id?: string): CodeCell | null {
  const named = id ? panel.content.widgets.find(cell => cell.model.id === id) : undefined;
  if (named && isSolution(named)) {
    return named;
  }
  const active = panel.content.activeCell;
  if (active && isSolution(active)) {
    return active;
  }
  return (panel.content.widgets.find(isSolution) as CodeCell | undefined) ?? null;
}

/** Another language for a cell: today's text is kept as the old language's draft, the new one's draft (or starter) comes in. */
export function switchLanguage(model: ICellModel, to: string, starter: string): void {
  const info = cellInfo(model);
  if (!info || info.language === to) {
    return;
  }
  const source = model.sharedModel.getSource();
  const drafts = { ...info.drafts };
  if (info.language) {
    drafts[info.language] = source;
  }
  const next = drafts[to] ?? starter;
  delete drafts[to];
  model.sharedModel.transact(() => {
    model.sharedModel.setSource(next);
    model.setMetadata('oj', { ...info, language: to, drafts });
  });
}

/** The submission a cell's card stands for, and the output's place. */
export function cardOf(model: ICodeCellModel): { index: number; submission: Submission } | null {
  for (let index = 0; index < model.outputs.length; index++) {
    const data = model.outputs.get(index).data[CARD_MIME_TYPE] as unknown as Submission | undefined;
    if (data?.id) {
      return { index, submission: data };
    }
  }
  return null;
}

/** The card as an output. What the judge says to staff stays out of the file: a notebook is handed on. */
export function cardOutput(submission: Submission, text: string): IOutput {
  const kept: Submission = {
    ...submission,
    judge_message: null,
    ...(submission.runs && { runs: submission.runs.map(run => ({ ...run, judge_message: null })) })
  };
  return {
    output_type: 'display_data',
    data: { [CARD_MIME_TYPE]: kept as never, 'text/plain': text as MultilineString },
    metadata: {}
  };
}

/** Put the cursor on a line (from 1) of the cell that holds `node`. */
export function goToLine(tracker: INotebookTracker | null, node: HTMLElement, line: number): void {
  tracker?.forEach(panel => {
    const cell = panel.content.widgets.find(widget => widget.node.contains(node));
    const editor = cell?.editor;
    if (!cell || !editor) {
      return;
    }
    panel.content.activeCellIndex = panel.content.widgets.indexOf(cell);
    panel.content.mode = 'edit';
    const position = { line: Math.min(line, editor.lineCount) - 1, column: 0 };
    editor.setCursorPosition(position);
    editor.revealPosition(position);
    editor.focus();
  });
}
