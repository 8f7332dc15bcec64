import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cellText, clock, mergeDelta } from '../src/core/board';
import type { Cell, Leaderboard, Row } from '../src/core/types';

const none: Cell = { state: 'none', attempts: 0, pending: 0, time_min: null, first: false };

function row(user: string, solved: number, penalty: number, last = penalty * 60, cells = {}): Row {
  return {
    rank: 0,
    user,
    name: user,
    affiliation: null,
    solved,
    penalty_min: penalty,
    last_s: last,
    cells: { A: none, ...cells }
  };
}

function board(rows: Row[], more: Partial<Leaderboard> = {}): Leaderboard {
  return {
    contest: 'c',
    name: 'C',
    scoring: 'icpc',
    state: 'running',
    seq: 1,
    source: 'live',
    frozen: false,
    server_time: '',
    start: '',
    end: '',
    page: 1,
    limit: 50,
    total: rows.length,
    problems: [],
    rows,
    me: null,
    ...more
  };
}

test('a changed row moves to its place and ranks are given anew, equal scores sharing one', () => {
  const merged = mergeDelta(board([row('ada', 2, 30), row('ben', 1, 10), row('cy', 0, 0)]), {
    contest: 'c',
    seq: 2,
    rows: [row('cy', 2, 30)],
    total: 3
  });
  assert.deepEqual(
    merged?.board.rows.map(r => [r.rank, r.user]),
    [
      [1, 'ada'],
      [1, 'cy'],
      [3, 'ben']
    ]
  );
});

test('old news change nothing', () => {
  assert.equal(mergeDelta(board([row('ada', 1, 1)]), { contest: 'c', seq: 1, rows: [], total: 1 }), null);
});

test('the cells that changed are told, so that they can glow', () => {
  const solved: Cell = { state: 'solved', attempts: 1, pending: 0, time_min: 3, first: true };
  const merged = mergeDelta(board([row('ada', 0, 0)]), {
    contest: 'c',
    seq: 2,
    rows: [row('ada', 1, 3, 180, { A: solved, B: none })],
    total: 1
  });
  assert.deepEqual([...(merged?.changes ?? [])], ['ada/A']);
});

test('somebody who lands below the rows we know is left out while there are others we do not know', () => {
  const merged = mergeDelta(board([row('ada', 3, 1), row('ben', 2, 1)], { total: 90, limit: 2 }), {
    contest: 'c',
    seq: 2,
    rows: [row('cy', 1, 1), row('dee', 3, 0)],
    total: 90
  });
  assert.deepEqual(
    merged?.board.rows.map(r => r.user),
    ['dee', 'ada']
  );
});

test('a newcomer appears when everybody is on the page', () => {
  const merged = mergeDelta(board([row('ada', 1, 1)]), {
    contest: 'c',
    seq: 2,
    rows: [row('ben', 0, 0, 0)],
    total: 2
  });
  assert.deepEqual(
    merged?.board.rows.map(r => r.user),
    ['ada', 'ben']
  );
});

test('my row follows the news, on the page or not', () => {
  const me = row('me', 0, 0);
  const merged = mergeDelta(board([row('ada', 3, 1)], { total: 90, limit: 1, me }), {
    contest: 'c',
    seq: 2,
    rows: [{ ...row('me', 1, 9), rank: 40 }],
    total: 90
  });
  assert.equal(merged?.board.me?.rank, 40);
  assert.equal(merged?.board.rows.length, 1);
});

test('cells read as on an ICPC board', () => {
  const solved = (attempts: number): Cell => ({
    state: 'solved',
    attempts,
    pending: 0,
    time_min: 47,
    first: false
  });
  assert.equal(cellText(solved(1)), '+ · 0:47');
  assert.equal(cellText(solved(3)), '+2 · 0:47');
  assert.equal(cellText({ ...none, state: 'tried', attempts: 3 }), '−3');
  assert.equal(cellText({ ...none, state: 'pending', attempts: 3, pending: 1 }), '? 4');
  assert.equal(cellText(none), '');
  assert.equal(clock(605), '10:05');
});
