import { ReactWidget } from '@jupyterlab/apputils';
import { HTMLSelect } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import { useCallback, useEffect, useState, type CSSProperties } from 'react';

import { JudgeBanner } from '../components/banner';
import { BoardNotes, BoardTable, ContestClock } from '../components/leaderboard';
import { Empty, Failed, Skeleton, useSignal } from '../components/states';
import type { Contest, Leaderboard } from '../core/types';
import { StatusMark } from '../problems/panel';
import { CommandIDs, type IJudge } from '../tokens';
import { useContest } from './load';

const TOP = 10;

/** The contest in the right sidebar. */
export class ContestPanel extends ReactWidget {
  constructor(
    private readonly judge: IJudge,
    private readonly commands: CommandRegistry
  ) {
    super();
    this.addClass('oj-panel');
  }

  /** Nothing is asked of the judge before somebody looks. */
  protected onAfterShow(): void {
    this.shown = true;
    this.update();
  }

  protected render(): JSX.Element | null {
    return this.shown ? <Contests judge={this.judge} commands={this.commands} /> : null;
  }

  private shown = false;
}

type Props = { judge: IJudge; commands: CommandRegistry };

function Contests({ judge, commands }: Props): JSX.Element {
  const { api, trans } = judge;
  const [contests, setContests] = useState<Contest[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [chosen, choose] = useState<string | null>(null);
  const load = useCallback(() => {
    setError(null);
    api.contests().then(setContests, reason => setError(String(reason.message ?? reason)));
  }, [api]);
  useEffect(load, [load]);
  const contest = chosen ?? preferred(contests ?? []);
  return (
    <>
      <JudgeBanner judge={judge} />
      <div className="oj-scroll">
        {error && <Failed message={error} retry={load} trans={trans} />}
        {!error && !contests && <Skeleton label={trans.__('Loading the contests')} rows={7} />}
        {contests?.length === 0 && (
          <Empty
            title={trans.__('No contests yet')}
            hint={trans.__('A host makes one with “jupyter oj contest create”.')}
          >
            <button className="oj-button" onClick={load}>
              {trans.__('Look again')}
            </button>
          </Empty>
        )}
        {contests && contests.length > 1 && (
          <div className="oj-selects">
            <HTMLSelect
              aria-label={trans.__('Contest')}
              value={contest ?? ''}
              onChange={event => choose(event.currentTarget.value)}
            >
              {contests.map(item => (
                <option key={item.id} value={item.id}>
                  {item.name}
                </option>
              ))}
            </HTMLSelect>
          </div>
        )}
        {contest && <ContestView key={contest} judge={judge} commands={commands} id={contest} />}
      </div>
    </>
  );
}

/** The one to show first: running, else the next to start, else the last one. */
function preferred(contests: Contest[]): string | null {
  const open = contests.find(c => c.state === 'running' || c.state === 'frozen');
  const next = contests.filter(c => c.state === 'before').sort((a, b) => a.start.localeCompare(b.start))[0];
  return (open ?? next ?? contests[0])?.id ?? null;
}

function ContestView({ judge, commands, id }: Props & { id: string }): JSX.Element {
  const { store, trans } = judge;
  const { contest, error, reload, register, registering } = useContest(judge, id);
  useSignal(store.boardChanged, changed => changed === id);
  useSignal(store.connectionChanged);
  if (!contest) {
    return error ? (
      <Failed message={error} retry={reload} trans={trans} />
    ) : (
      <Skeleton label={trans.__('Loading the contest')} rows={7} />
    );
  }
  const known = store.board(id);
  return (
    <div className="oj-contest">
      <div className="oj-contest-head">
        <h2>{contest.name}</h2>
        <ContestClock contest={contest} now={() => store.now()} trans={trans} />
        <Elapsed contest={contest} judge={judge} />
      </div>
      {error && <Failed message={error} retry={reload} trans={trans} />}
      {!contest.registered && contest.state !== 'ended' && (
        <div className="oj-state">
          <div className="oj-state-hint">
            {contest.state === 'before'
              ? trans.__('Register now; the problems appear when the contest starts.')
              : trans.__('Register to take part: your submissions then count for this contest.')}
          </div>
          <button className="oj-button oj-button-primary" disabled={registering} onClick={register}>
            {trans.__('Register')}
          </button>
        </div>
      )}
      {contest.registered && known && <MyPlace board={known.board} judge={judge} />}
      <h3>{trans.__('Problems')}</h3>
      {contest.problems?.length ? (
        <Problems contest={contest} board={known?.board} judge={judge} commands={commands} />
      ) : (
        <p className="oj-note">{trans.__('The problems appear here when the contest starts.')}</p>
      )}
      <h3 className="oj-head-with-button">
        {trans.__('Leaderboard')}
        <button
          className="oj-button oj-button-small"
          onClick={() => void commands.execute(CommandIDs.openLeaderboard, { contest: id })}
        >
          {trans.__('Open')}
        </button>
      </h3>
      {known ? (
        <>
          <BoardNotes board={known.board} live={store.connection === 'open'} trans={trans} />
          {known.board.total ? (
            <BoardTable board={known.board} changes={known.changes} trans={trans} limit={TOP} narrow />
          ) : (
            <p className="oj-note">{trans.__('Nobody has registered yet.')}</p>
          )}
        </>
      ) : (
        <Skeleton label={trans.__('Loading the leaderboard')} rows={4} />
      )}
    </div>
  );
}

function Elapsed({ contest, judge }: { contest: Contest; judge: IJudge }): JSX.Element {
  const start = Date.parse(contest.start);
  const end = Date.parse(contest.end);
  const share = Math.max(0, Math.min(1, (judge.store.now() - start) / (end - start)));
  return (
    <div className="oj-elapsed" aria-hidden="true">
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}

function MyPlace({ board, judge }: { board: Leaderboard; judge: IJudge }): JSX.Element {
  const { trans } = judge;
  const { me } = board;
  if (!me) {
    return <p className="oj-note">{trans.__('You are registered.')}</p>;
  }
  return (
    <dl className="oj-place">
      <div>
        <dt>{trans.__('Rank')}</dt>
        <dd>
          {me.rank}
          <small> / {board.total}</small>
        </dd>
      </div>
      <div>
        <dt>{trans.__('Solved')}</dt>
        <dd>{me.solved}</dd>
      </div>
      <div>
        <dt>{trans.__('Penalty')}</dt>
        <dd>{me.penalty_min}</dd>
      </div>
    </dl>
  );
}

function Problems(props: Props & { contest: Contest; board?: Leaderboard }): JSX.Element {
  const { contest, board, judge, commands } = props;
  const { trans } = judge;
  const counts = new Map(board?.problems.map(problem => [problem.id, problem]));
  return (
    <ul className="oj-contest-problems">
      {contest.problems?.map(problem => (
        <li key={problem.id}>
          <button
            className="oj-contest-problem"
            onClick={() =>
              void commands.execute(CommandIDs.openProblem, {
                problem: problem.id,
                contest: contest.registered && contest.state !== 'ended' ? contest.id : null
              })
            }
          >
            <span
              className="oj-balloon"
              style={{ '--oj-balloon': problem.color ?? undefined } as CSSProperties}
            >
              {problem.label}
            </span>
            <span className="oj-contest-title">{problem.title}</span>
            <span
              className="oj-faint"
              title={trans.__(
                'Solved by %1 of %2 who tried',
                counts.get(problem.id)?.solved ?? problem.solved_by,
                counts.get(problem.id)?.tried ?? problem.attempted_by
              )}
            >
              {counts.get(problem.id)?.solved ?? problem.solved_by}
            </span>
            <StatusMark status={problem.status} trans={trans} />
          </button>
        </li>
      ))}
    </ul>
  );
}
