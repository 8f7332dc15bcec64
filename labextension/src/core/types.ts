/** The shapes of docs/api.md. Durations in seconds and memory in KiB unless the name says otherwise. */

export type Verdict = 'AC' | 'WA' | 'PE' | 'TLE' | 'MLE' | 'OLE' | 'RTE' | 'CE' | 'JE';
export type ProblemStatus = 'unsolved' | 'tried' | 'solved';
export type Difficulty = 'easy' | 'medium' | 'hard';

export interface Page<T> {
  items: T[];
  page: number;
  limit: number;
  total: number;
}

export interface Health {
  status: 'ok' | 'degraded' | 'down';
  judge: {
    ready: boolean;
    reason: string | null;
    preparing: string | null;
    graders: number;
    slots: number;
    queued: number;
  };
  database: boolean;
  redis: boolean;
  version: string;
  server_time: string;
}

export interface Me {
  user: string;
  name: string;
  roles: string[];
}

export interface Language {
  id: string;
  name: string;
  mimetype: string;
  extension: string;
  starter: string;
  ready: boolean;
  version: string | null;
}

export interface ProblemRow {
  id: string;
  title: string;
  difficulty: Difficulty;
  tags: string[];
  status: ProblemStatus;
  /** My most points where the problem is scored; null before my first submission. */
  score: number | null;
  max_score: number | null;
  acceptance: number | null;
  solved_by: number;
  attempted_by: number;
  contest: { id: string; label: string } | null;
}

export interface ProblemPage extends Page<ProblemRow> {
  tags: string[];
}

/** The function that solves a problem; with `changes` it returns nothing and changes the argument of that name. */
export interface Signature {
  name: string;
  parameters: { name: string; type: string }[];
  returns: string;
  changes: string | null;
}

export interface Problem extends ProblemRow {
  version: string;
  type: string;
  statement: string;
  /** The name of the statement's PDF among the problem's files. */
  statement_pdf: string | null;
  /** Of an interactive problem: the conversation, and no texts. */
  samples: { name: string; input: string; output: string; conversation: Spoken[] | null }[];
  limits: { cpu_s: number; memory_mib: number; output_kib: number; source_kib: number };
  languages: string[];
  starters: Record<string, string>;
  hints: string[];
  tests: number;
  /** Of a scored problem: whether more points are better, or fewer. */
  objective: 'max' | 'min' | null;
  groups: { group: string; max: number | null }[];
  function: Signature | null;
  editorial: string | null;
}

/** A part of a conversation; a note is the judge's own word about it. */
export interface Spoken {
  who: 'program' | 'interactor' | 'note';
  text: string;
}

export interface Run {
  index: number;
  name: string;
  group: string;
  sample: boolean;
  verdict: Verdict;
  cpu_s: number;
  wall_s: number;
  memory_kib: number;
  exit_code: number | null;
  signal: string | null;
  score: number | null;
  error_type: string | null;
  error_line: number | null;
  message: string | null;
  input: string | null;
  expected: string | null;
  output: string | null;
  error: string | null;
  /** Of a sample of an interactive problem. Cards saved before there was one lack the key, as they do the next. */
  conversation?: Spoken[] | null;
  /** For staff only, else null: what the validator said to the jury. */
  judge_message?: string | null;
}

/** What a test group of a scored problem came to; `verdict` null: none of its tests was run. */
export interface GroupResult {
  group: string;
  verdict: Verdict | null;
  score: number;
  max: number | null;
}

export interface Submission {
  id: string;
  kind: 'submit' | 'run';
  problem: string;
  title: string;
  contest: string | null;
  language: string;
  user: string;
  submitted_at: string;
  state: 'queued' | 'leased' | 'done';
  phase: 'queued' | 'compiling' | 'judging' | 'done';
  position: number | null;
  verdict: Verdict | null;
  verdict_name: string | null;
  score: number | null;
  max_score: number | null;
  /** Of a scored problem, once done: the groups that hold points, the whole first. */
  groups: GroupResult[];
  cpu_s: number | null;
  memory_kib: number | null;
  tests_total: number | null;
  tests_done: number;
  failing: number | null;
  compiler_output: string | null;
  message: string | null;
  /** For staff only, else null: why the judge failed. */
  judge_message?: string | null;
  judged_at: string | null;
  runs?: Run[];
}

export type ContestState = 'before' | 'running' | 'frozen' | 'ended';

export interface ContestProblem {
  label: string;
  id: string;
  title: string;
  color: string | null;
  status: ProblemStatus;
  solved_by: number;
  attempted_by: number;
}

export interface Contest {
  id: string;
  name: string;
  state: ContestState;
  start: string;
  end: string;
  freeze: string | null;
  server_time: string;
  scoring: string;
  penalty_min: number;
  registered: boolean;
  host: boolean;
  problems?: ContestProblem[];
}

export interface Cell {
  state: 'solved' | 'tried' | 'pending' | 'none';
  attempts: number;
  pending: number;
  time_min: number | null;
  first: boolean;
}

export interface Row {
  rank: number;
  user: string;
  name: string;
  affiliation: string | null;
  solved: number;
  penalty_min: number;
  last_s: number;
  cells: Record<string, Cell>;
}

export interface BoardProblem {
  label: string;
  id: string;
  title: string;
  color: string | null;
  solved: number;
  tried: number;
}

export interface Leaderboard {
  contest: string;
  name: string;
  scoring: string;
  state: ContestState;
  seq: number;
  source: 'live' | 'database';
  frozen: boolean;
  server_time: string;
  start: string;
  end: string;
  page: number;
  limit: number;
  total: number;
  problems: BoardProblem[];
  rows: Row[];
  me: Row | null;
}

export interface LeaderboardDelta {
  contest: string;
  seq: number;
  rows: Row[];
  total: number;
  problems?: BoardProblem[];
}

export interface Snapshot {
  submissions: Submission[];
  leaderboards: Record<string, Leaderboard>;
  server_time: string;
}
