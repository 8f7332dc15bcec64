import { Signal, type ISignal } from '@lumino/signaling';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';

import type { API } from './api';
import { mergeDelta, type Changes } from './board';
import { EventStream, type StreamState } from './stream';
import type {
  Contest,
  Health,
  Language,
  Leaderboard,
  LeaderboardDelta,
  Run,
  Snapshot,
  Submission
} from './types';
import { progress } from './verdicts';

const HEALTH_OK_MS = 60_000;
const HEALTH_BAD_MS = 5_000;
const DATABASE_MS = 2_000;

/** A leaderboard as last heard, and the cells that changed with the last news. */
export interface Board {
  board: Leaderboard;
  changes: Changes;
}

/**
 * What the page knows, fed by one stream and fanned out by signals. Nothing in here draws.
 *
 * Reports of one submission may come by the stream and by plain requests at once: the stream's word is always taken (it is in
 * order, and a rejudging takes a submission back to "queued"), a request's only when it knows more than we do.
 */
export class Store {
  constructor(readonly api: API) {
    this.stream = new EventStream(api.send, {
      event: (name, data) => this.onEvent(name, data),
      state: state => this.onStream(state)
    });
  }

  /** Start listening and asking for the judge's health. */
  start(): void {
    this.stream.follow([]);
    void this.refreshHealth();
    this.api.me().then(
      me => {
        this.isStaff = me.roles.some(role => role !== 'learner');
      },
      () => undefined // who is not known is no staff
    );
  }

  retryNow(): void {
    this.stream.retryNow();
    void this.refreshHealth();
  }

  get submissionChanged(): ISignal<this, Submission> {
    return this._submissionChanged;
  }

  /** A submission of mine reached its verdict while this page was looking. */
  get judged(): ISignal<this, Submission> {
    return this._judged;
  }

  get boardChanged(): ISignal<this, string> {
    return this._boardChanged;
  }

  get contestChanged(): ISignal<this, Contest> {
    return this._contestChanged;
  }

  get healthChanged(): ISignal<this, void> {
    return this._healthChanged;
  }

  get connectionChanged(): ISignal<this, StreamState> {
    return this._connectionChanged;
  }

  health: Health | null = null;
  /** Why the last question for the health failed: nobody answered. */
  healthError: string | null = null;
  connection: StreamState = 'connecting';
  /** Whether I may see what the judge says to staff: the stream's news lack it, answers to requests have it. */
  isStaff = false;
  /** Server clock minus ours, in milliseconds. */
  skewMs = 0;

  now(): number {
    return Date.now() + this.skewMs;
  }

  submission(id: string): Submission | undefined {
    return this.submissions.get(id);
  }

  board(contest: string): Board | undefined {
    return this.boards.get(contest);
  }

  /** My submissions that have no verdict yet, oldest first. */
  running(): Submission[] {
    return [...this.submissions.values()]
      .filter(s => s.state !== 'done')
      .sort((a, b) => a.submitted_at.localeCompare(b.submitted_at));
  }

  /** The languages the judge knows; asked again after a failure, and when its graders may serve others than before. */
  languages(): Promise<Language[]> {
    this._languages ??= this.api.languages().catch(error => {
      this._languages = null;
      throw error;
    });
    return this._languages;
  }

  /** Take in a submission a request answered with. */
  accept(submission: Submission): void {
    const known = this.submissions.get(submission.id);
    if (!known || progress(submission) > progress(known) || (submission.runs && !known.runs)) {
      this.put(submission);
    }
  }

  /** Make sure a submission's end is heard, whatever happened since it was saved. */
  async follow(id: string): Promise<void> {
    if (this.submissions.get(id)?.state === 'done') {
      return;
    }
    this.accept(await this.api.submission(id));
  }

  /** Hear of a contest's board until disposed. */
  watch(contest: string): IDisposable {
    this.watched.set(contest, (this.watched.get(contest) ?? 0) + 1);
    this.refollow();
    void this.refreshBoard(contest);
    return new DisposableDelegate(() => {
      const left = (this.watched.get(contest) ?? 1) - 1;
      if (left > 0) {
        this.watched.set(contest, left);
      } else {
        this.watched.delete(contest);
        this.refollow();
      }
    });
  }

  async refreshHealth(): Promise<void> {
    if (this.healthTimer !== null) {
      clearTimeout(this.healthTimer);
      this.healthTimer = null;
    }
    const before = this.health?.judge;
    try {
      this.health = await this.api.health();
      this.healthError = null;
      this.setClock(this.health.server_time);
    } catch (error) {
      this.health = null;
      this.healthError = String((error as Error).message);
    }
    const judge = this.health?.judge;
    if (judge?.ready !== before?.ready || judge?.preparing !== before?.preparing) {
      this._languages = null;
    }
    this._healthChanged.emit();
    this.healthTimer = setTimeout(
      () => void this.refreshHealth(),
      judge?.ready && !judge.preparing ? HEALTH_OK_MS : HEALTH_BAD_MS
    );
  }

  /** Ask for a board again: who I am on it is not in the stream's news. */
  async refreshBoard(contest: string): Promise<void> {
    try {
      this.setBoard(await this.api.leaderboard(contest));
    } catch {
      // The stream's snapshot will bring it; who shows the board asks by itself and shows the error.
    }
  }

  setBoard(board: Leaderboard): void {
    this.setClock(board.server_time);
    const known = this.boards.get(board.contest)?.board;
    if (known && known.source === board.source && known.seq > board.seq) {
      return;
    }
    this.boards.set(board.contest, { board, changes: new Set() });
    this._boardChanged.emit(board.contest);
    if (board.source === 'database') {
      this.askAgain(board.contest);
    }
  }

  /** The live board is being made anew: look whether it is there, so that the note about it goes away. */
  private askAgain(contest: string): void {
    if (this.asking.has(contest)) {
      return;
    }
    const ask = () => {
      this.asking.delete(contest);
      if (this.watched.has(contest)) {
        void this.refreshBoard(contest);
      }
    };
    this.asking.set(contest, setTimeout(ask, DATABASE_MS));
  }

  /** Believe a server's clock. */
  setClock(serverTime: string): void {
    const at = Date.parse(serverTime);
    if (!Number.isNaN(at)) {
      this.skewMs = at - Date.now();
    }
  }

  private refollow(): void {
    // Several parts of a page ask at once when a workspace is restored: connect once.
    this.refollowing ??= Promise.resolve().then(() => {
      this.refollowing = null;
      this.stream.follow([...this.watched.keys()]);
    });
  }

  private onStream(state: StreamState): void {
    const wasLost = this.connection === 'lost';
    this.connection = state;
    this._connectionChanged.emit(state);
    if (state === 'lost' || wasLost) {
      void this.refreshHealth();
    }
  }

  private onEvent(name: string, data: unknown): void {
    switch (name) {
      case 'snapshot':
        this.onSnapshot(data as Snapshot);
        break;
      case 'submission':
        this.onSubmission(data as Submission);
        break;
      case 'run':
        this.onRun(data as { submission: string; tests_total: number | null; run: Run });
        break;
      case 'leaderboard':
        this.onLeaderboard(data as LeaderboardDelta);
        break;
      case 'contest':
        this.setClock((data as Contest).server_time);
        this._contestChanged.emit(data as Contest);
        break;
    }
  }

  private onSnapshot(snapshot: Snapshot): void {
    this.setClock(snapshot.server_time);
    const told = new Set<string>();
    for (const submission of snapshot.submissions) {
      told.add(submission.id);
      this.accept(submission);
    }
    Object.values(snapshot.leaderboards).forEach(board => this.setBoard(board));
    for (const submission of this.running()) {
      if (!told.has(submission.id)) {
        this.fill(submission.id); // it ended while we were not listening
      }
    }
  }

  private onSubmission(submission: Submission): void {
    const known = this.submissions.get(submission.id);
    const restarted = submission.phase === 'queued' || submission.phase === 'compiling';
    const told = restarted ? [] : (submission.runs ?? known?.runs);
    // Of a judging that failed in the end no test counts, whatever was told of it on the way.
    this.put({
      ...submission,
      runs: submission.state === 'done' ? told?.slice(0, submission.tests_done) : told
    });
    const runs = this.submissions.get(submission.id)?.runs?.length ?? 0;
    if (submission.state === 'done' && (this.isStaff || runs < submission.tests_done)) {
      this.fill(submission.id);
    }
  }

  private onRun({
    submission: id,
    tests_total,
    run
  }: {
    submission: string;
    tests_total: number | null;
    run: Run;
  }): void {
    const known = this.submissions.get(id);
    if (!known) {
      this.fill(id);
      return;
    }
    const runs = [...(known.runs ?? []).filter(r => r.index !== run.index), run].sort(
      (a, b) => a.index - b.index
    );
    const phase = known.state === 'done' ? known.phase : 'judging';
    this.put({
      ...known,
      phase,
      runs,
      tests_total: tests_total ?? known.tests_total,
      tests_done: Math.max(known.tests_done, runs.length)
    });
  }

  private onLeaderboard(delta: LeaderboardDelta): void {
    const known = this.boards.get(delta.contest);
    if (!known) {
      void this.refreshBoard(delta.contest);
      return;
    }
    const merged = mergeDelta(known.board, delta);
    if (merged) {
      this.boards.set(delta.contest, merged);
      this._boardChanged.emit(delta.contest);
    }
  }

  private put(submission: Submission): void {
    const known = this.submissions.get(submission.id);
    this.submissions.set(submission.id, {
      ...submission,
      runs: submission.runs ?? known?.runs
    });
    const merged = this.submissions.get(submission.id) as Submission;
    this._submissionChanged.emit(merged);
    if (merged.state === 'done' && known && known.state !== 'done') {
      this._judged.emit(merged);
    }
  }

  private fill(id: string): void {
    this.api.submission(id).then(
      submission => this.put(submission),
      () => undefined // gone or not mine: keep what we have
    );
  }

  private readonly stream: EventStream;
  private readonly submissions = new Map<string, Submission>();
  private readonly boards = new Map<string, Board>();
  private readonly watched = new Map<string, number>();
  private readonly asking = new Map<string, ReturnType<typeof setTimeout>>();
  private refollowing: Promise<void> | null = null;
  private healthTimer: ReturnType<typeof setTimeout> | null = null;
  private _languages: Promise<Language[]> | null = null;
  private readonly _submissionChanged = new Signal<this, Submission>(this);
  private readonly _judged = new Signal<this, Submission>(this);
  private readonly _boardChanged = new Signal<this, string>(this);
  private readonly _contestChanged = new Signal<this, Contest>(this);
  private readonly _healthChanged = new Signal<this, void>(this);
  private readonly _connectionChanged = new Signal<this, StreamState>(this);
}
