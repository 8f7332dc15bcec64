import type { Cell, Leaderboard, LeaderboardDelta, Row } from './types';

/** Cells that changed with the last delta, as `user/label`: they glow once. */
export type Changes = ReadonlySet<string>;

/** Order of the ICPC table: more solved, less penalty, earlier last solution; the user id keeps ties steady. */
function before(a: Row, b: Row): number {
  return (
    b.solved - a.solved ||
    a.penalty_min - b.penalty_min ||
    a.last_s - b.last_s ||
    (a.user < b.user ? -1 : a.user > b.user ? 1 : 0)
  );
}

function sameScore(a: Row, b: Row): boolean {
  return a.solved === b.solved && a.penalty_min === b.penalty_min && a.last_s === b.last_s;
}

/** Which cells differ between two versions of a row. */
export function changedCells(old: Row | undefined, now: Row): string[] {
  return Object.keys(now.cells).filter(label => {
    const a = old?.cells[label];
    const b = now.cells[label];
    return (
      b.state !== (a?.state ?? 'none') || b.attempts !== (a?.attempts ?? 0) || b.pending !== (a?.pending ?? 0)
    );
  });
}

/**
 * The board with a delta merged in, and what changed; null when the delta is older than the board.
 *
 * The rows of page 1 are the best ones without a gap, so their order and ranks can be worked out here. A changed row that lands
 * below the last row we know is left out, unless we know everybody.
 */
export function mergeDelta(
  board: Leaderboard,
  delta: LeaderboardDelta
): { board: Leaderboard; changes: Changes } | null {
  if (delta.seq <= board.seq) {
    return null;
  }
  const rows = new Map(board.rows.map(row => [row.user, row]));
  const changes = new Set<string>();
  const known = new Set(rows.keys());
  for (const row of delta.rows) {
    changedCells(rows.get(row.user), row).forEach(label => changes.add(`${row.user}/${label}`));
    rows.set(row.user, row);
  }
  let sorted = [...rows.values()].sort(before);
  if (delta.total > sorted.length || sorted.length > board.limit) {
    let end = sorted.length;
    while (end > 0 && !known.has(sorted[end - 1].user)) {
      end -= 1;
    }
    sorted = sorted.slice(0, Math.min(end, board.limit));
  }
  const ranked = board.page === 1 ? rank(sorted) : sorted;
  const me = board.me && (ranked.find(r => r.user === board.me?.user) ?? rows.get(board.me.user) ?? board.me);
  return {
    board: {
      ...board,
      seq: delta.seq,
      total: delta.total,
      problems: delta.problems ?? board.problems,
      rows: ranked,
      me
    },
    changes
  };
}

function rank(rows: Row[]): Row[] {
  let shared = 1;
  return rows.map((row, index) => {
    if (index > 0 && !sameScore(rows[index - 1], row)) {
      shared = index + 1;
    }
    return row.rank === shared ? row : { ...row, rank: shared };
  });
}

/** `47` -> `0:47`. */
export function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The text of a cell as ICPC boards have it: `+ · 0:12`, `+2 · 0:47` (2 wrong before), `−3`, `? 4`. */
export function cellText(cell: Cell | undefined): string {
  if (!cell || cell.state === 'none') {
    return '';
  }
  if (cell.state === 'solved') {
    const wrong = cell.attempts - 1;
    const tries = wrong > 0 ? `+${wrong}` : '+';
    return cell.time_min === null ? tries : `${tries} · ${clock(cell.time_min)}`;
  }
  if (cell.state === 'pending') {
    return `? ${cell.attempts + cell.pending}`;
  }
  return `−${cell.attempts}`;
}
