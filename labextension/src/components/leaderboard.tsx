import type { TranslationBundle } from '@jupyterlab/translation';
import { memo, useEffect, useLayoutEffect, useReducer, useRef, type CSSProperties } from 'react';

import { cellText, type Changes } from '../core/board';
import type { BoardProblem, Cell, Leaderboard, Row } from '../core/types';
import { Shape } from './icons';

const GLIDE_MS = 600;

export interface BoardProps {
  board: Leaderboard;
  /** Cells (`user/label`) to let glow once. */
  changes: Changes;
  trans: TranslationBundle;
  /** Show at most this many rows; my own is shown in any case. */
  limit?: number;
  /** Rank, name, solved and penalty only. */
  narrow?: boolean;
  /** Show only rows whose name or affiliation holds this. */
  filter?: string;
}

/** The ICPC table: one component for the main area, the sidebar and the notebook widget. */
export function BoardTable(props: BoardProps): JSX.Element {
  const { board, changes, trans, narrow } = props;
  const body = useGlide(board);
  const rows = visible(props);
  return (
    <table className={`oj-board${narrow ? ' oj-board-narrow' : ''}`} aria-label={board.name}>
      <thead>
        <tr>
          <th scope="col" className="oj-board-rank">
            {narrow ? '#' : trans.__('Rank')}
          </th>
          <th scope="col" className="oj-board-name">
            {trans.__('Contestant')}
          </th>
          <th scope="col" className="oj-board-number">
            {narrow ? <abbr title={trans.__('Solved')}>{trans.__('Sol.')}</abbr> : trans.__('Solved')}
          </th>
          <th scope="col" className="oj-board-number">
            {narrow ? <abbr title={trans.__('Penalty')}>{trans.__('Pen.')}</abbr> : trans.__('Penalty')}
          </th>
          {!narrow &&
            board.problems.map(problem => (
              <ProblemHead key={problem.label} problem={problem} trans={trans} />
            ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map(row => (
          <BoardRow
            key={row.user}
            row={row}
            mine={row.user === board.me?.user}
            labels={narrow ? NONE : labels(board)}
            glow={glowing(row, changes)}
            seq={board.seq}
            trans={trans}
          />
        ))}
      </tbody>
    </table>
  );
}

const NONE = '';

function labels(board: Leaderboard): string {
  return board.problems.map(problem => problem.label).join('\n');
}

function glowing(row: Row, changes: Changes): string {
  return Object.keys(row.cells)
    .filter(label => changes.has(`${row.user}/${label}`))
    .join('\n');
}

function visible({ board, limit, filter }: BoardProps): Row[] {
  const wanted = (filter ?? '').trim().toLowerCase();
  const rows = board.rows
    .filter(row => !wanted || `${row.name} ${row.affiliation ?? ''}`.toLowerCase().includes(wanted))
    .slice(0, limit ?? board.rows.length);
  if (board.me && !wanted && !rows.some(row => row.user === board.me?.user)) {
    rows.push(board.me);
  }
  return rows;
}

function ProblemHead({ problem, trans }: { problem: BoardProblem; trans: TranslationBundle }): JSX.Element {
  const share = problem.tried ? problem.solved / problem.tried : 0;
  return (
    <th scope="col" className="oj-board-problem" title={problem.title}>
      <span className="oj-balloon" style={{ '--oj-balloon': problem.color ?? undefined } as CSSProperties}>
        {problem.label}
      </span>
      <span
        className="oj-board-bar"
        role="img"
        aria-label={trans.__(
          '%1: solved by %2 of %3 who tried',
          problem.title,
          problem.solved,
          problem.tried
        )}
      >
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <span className="oj-board-count" aria-hidden="true">
        {problem.solved}/{problem.tried}
      </span>
    </th>
  );
}

interface RowProps {
  row: Row;
  mine: boolean;
  /** Labels joined by newlines, so that an unchanged row is seen to be unchanged. */
  labels: string;
  glow: string;
  seq: number;
  trans: TranslationBundle;
}

const BoardRow = memo(
  function BoardRow({ row, mine, labels, glow, seq, trans }: RowProps): JSX.Element {
    const bright = new Set(glow.split('\n'));
    const narrowGlow = labels === NONE && glow !== '';
    return (
      <tr data-user={row.user} className={mine ? 'oj-mine' : undefined} aria-current={mine || undefined}>
        <td className="oj-board-rank">{row.rank}</td>
        <th scope="row" className="oj-board-name">
          <span className="oj-board-person">{row.name}</span>
          {row.affiliation && <span className="oj-board-affiliation">{row.affiliation}</span>}
        </th>
        <td
          key={narrowGlow ? seq : 'solved'}
          className={`oj-board-number oj-board-solved${narrowGlow ? ' oj-glow' : ''}`}
        >
          {row.solved}
        </td>
        <td className="oj-board-number">{row.penalty_min}</td>
        {labels
          .split('\n')
          .filter(Boolean)
          .map(label => (
            <BoardCell
              key={bright.has(label) ? `${label} ${seq}` : label}
              cell={row.cells[label]}
              glow={bright.has(label)}
              trans={trans}
            />
          ))}
      </tr>
    );
  },
  (a, b) =>
    a.row === b.row &&
    a.mine === b.mine &&
    a.labels === b.labels &&
    a.glow === b.glow &&
    (a.glow === '' || a.seq === b.seq)
);

function BoardCell(props: { cell: Cell | undefined; glow: boolean; trans: TranslationBundle }): JSX.Element {
  const { cell, glow, trans } = props;
  const state = cell?.state ?? 'none';
  return (
    <td className={`oj-cell oj-cell-${state}${cell?.first ? ' oj-cell-first' : ''}${glow ? ' oj-glow' : ''}`}>
      {state !== 'none' && (
        <span className="oj-cell-text" aria-label={cellWords(cell as Cell, trans)}>
          {cell?.first && <Shape shape="star" />}
          {cellText(cell)}
        </span>
      )}
    </td>
  );
}

function cellWords(cell: Cell, trans: TranslationBundle): string {
  switch (cell.state) {
    case 'solved':
      return cell.first
        ? trans.__('first to solve, attempt %1, minute %2', cell.attempts, cell.time_min ?? 0)
        : trans.__('solved, attempt %1, minute %2', cell.attempts, cell.time_min ?? 0);
    case 'pending':
      return trans.__('%1 waiting for a verdict', cell.pending);
    default:
      return trans._n('%1 wrong attempt', '%1 wrong attempts', cell.attempts);
  }
}

/** Rows glide from their old place to the new one (FLIP), unless the person asked for less motion. */
function useGlide(board: Leaderboard) {
  const body = useRef<HTMLTableSectionElement>(null);
  const places = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const now = new Map<string, number>();
    for (const row of body.current?.rows ?? []) {
      const user = row.dataset.user as string;
      now.set(user, row.offsetTop);
      const before = places.current.get(user);
      const shift = before === undefined ? 0 : before - row.offsetTop;
      if (shift && !still) {
        row.animate([{ transform: `translateY(${shift}px)` }, { transform: 'none' }], {
          duration: GLIDE_MS,
          easing: 'cubic-bezier(0.2, 0, 0, 1)'
        });
      }
    }
    places.current = now;
  }, [board]);
  return body;
}

/** Draws again every second, at the turn of the second. */
export function useTick(): void {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const next = () => {
      timer = setTimeout(
        () => {
          tick();
          next();
        },
        1005 - (Date.now() % 1000)
      );
    };
    next();
    return () => clearTimeout(timer);
  }, []);
}

/** `2 d 03:04:05`, `1:02:03`, `02:03`. */
export function duration(ms: number): string {
  const total = Math.max(0, Math.round(ms / 1000));
  const days = Math.floor(total / 86400);
  const hours = Math.floor((total % 86400) / 3600);
  const two = (n: number) => String(n).padStart(2, '0');
  const tail = `${two(Math.floor((total % 3600) / 60))}:${two(total % 60)}`;
  if (days) {
    return `${days} d ${two(hours)}:${tail}`;
  }
  return hours ? `${hours}:${tail}` : tail;
}

/** State in a word, and how long until it changes, by the server's clock. */
export function ContestClock(props: {
  contest: { state: string; start: string; end: string };
  now: () => number;
  trans: TranslationBundle;
}): JSX.Element {
  useTick();
  const { contest, now, trans } = props;
  const at = now();
  const start = Date.parse(contest.start);
  const end = Date.parse(contest.end);
  const over = at >= end;
  const begun = at >= start;
  const word = over
    ? trans.__('Ended')
    : contest.state === 'frozen'
      ? trans.__('Frozen')
      : begun
        ? trans.__('Running')
        : trans.__('Starts in');
  return (
    <span className={`oj-clock oj-clock-${over ? 'ended' : begun ? contest.state : 'before'}`} role="timer">
      <span className="oj-clock-word">{word}</span>
      {!over && (
        <span className="oj-clock-time">
          {duration((begun ? end : start) - at)}
          {begun && <span className="oj-clock-left"> {trans.__('left')}</span>}
        </span>
      )}
    </span>
  );
}

/** Lines over a board that say what is unusual about it. */
export function BoardNotes(props: {
  board: Leaderboard;
  live: boolean;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { board, live, trans } = props;
  const notes: string[] = [];
  if (board.frozen) {
    notes.push(trans.__('The board is frozen: new results are shown after the contest.'));
  }
  if (board.source === 'database') {
    notes.push(trans.__('Read straight from the database: live news may come late.'));
  }
  if (!live) {
    notes.push(trans.__('Reconnecting… the table may be behind.'));
  }
  if (!notes.length) {
    return null;
  }
  return (
    <div className="oj-board-notes" role="status">
      {notes.map(note => (
        <div key={note}>{note}</div>
      ))}
    </div>
  );
}
