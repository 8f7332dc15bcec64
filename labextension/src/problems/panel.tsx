import { ReactWidget } from '@jupyterlab/apputils';
import { HTMLSelect } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';

import { JudgeBanner } from '../components/banner';
import { Shape } from '../components/icons';
import { Empty, Failed, Skeleton } from '../components/states';
import type { Contest, ProblemRow } from '../core/types';
import { points } from '../core/verdicts';
import { CommandIDs, type IJudge } from '../tokens';
import { NO_FILTERS, useProblems, type Filters } from './load';

/** The list of problems in the left sidebar. */
export class ProblemsPanel extends ReactWidget {
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

  /** Focus the search box, as when the panel is opened. */
  protected onActivateRequest(): void {
    this.shown = true;
    MessageLoop.sendMessage(this, Widget.Msg.UpdateRequest);
    void this.renderPromise?.then(() => this.node.querySelector<HTMLInputElement>('.oj-search')?.focus());
  }

  protected render(): JSX.Element | null {
    return this.shown ? <Problems judge={this.judge} commands={this.commands} /> : null;
  }

  private shown = false;
}

function Problems({ judge, commands }: { judge: IJudge; commands: CommandRegistry }): JSX.Element {
  const { trans } = judge;
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const { rows, total, tags, state, error, more, reload } = useProblems(judge, filters);
  const contests = useContests(judge);
  const list = useRef<HTMLDivElement>(null);
  const walk = useWalk(rows, list);
  const change = (part: Partial<Filters>) => setFilters({ ...filters, ...part });
  const filtered = JSON.stringify({ ...filters, sort: '' }) !== JSON.stringify({ ...NO_FILTERS, sort: '' });
  const open = async (row: ProblemRow) => {
    const contest = await contestOf(judge, row.contest?.id ?? filters.contest);
    await commands.execute(CommandIDs.openProblem, { problem: row.id, contest });
  };
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      const first = list.current?.querySelector<HTMLElement>('[role=option]');
      event.preventDefault();
      if (event.key === 'Enter' && rows.length === 1) {
        void open(rows[0]);
      } else {
        first?.focus();
      }
    }
  };
  return (
    <>
      <JudgeBanner judge={judge} />
      <div className="oj-filters">
        <input
          className="oj-search"
          type="search"
          placeholder={trans.__('Search problems')}
          aria-label={trans.__('Search problems')}
          value={filters.q}
          onChange={event => change({ q: event.currentTarget.value })}
          onKeyDown={onSearchKey}
        />
        <Chips
          label={trans.__('Difficulty')}
          options={[
            ['easy', trans.__('Easy')],
            ['medium', trans.__('Medium')],
            ['hard', trans.__('Hard')]
          ]}
          chosen={filters.difficulty}
          choose={difficulty => change({ difficulty })}
        />
        <Chips
          label={trans.__('Status')}
          options={[
            ['unsolved', trans.__('Unsolved')],
            ['tried', trans.__('Tried')],
            ['solved', trans.__('Solved')]
          ]}
          chosen={filters.status}
          choose={status => change({ status })}
        />
        <div className="oj-selects">
          <TagSelect tags={tags} chosen={filters.tag} choose={tag => change({ tag })} trans={trans} />
          <HTMLSelect
            aria-label={trans.__('Contest')}
            value={filters.contest ?? ''}
            onChange={event => change({ contest: event.currentTarget.value || null })}
          >
            <option value="">{trans.__('All contests')}</option>
            {contests.map(contest => (
              <option key={contest.id} value={contest.id}>
                {contest.name}
              </option>
            ))}
          </HTMLSelect>
        </div>
        {filters.tag.length > 0 && (
          <Chips
            label={trans.__('Chosen tags')}
            options={filters.tag.map(tag => [tag, `${tag} ×`])}
            chosen={filters.tag}
            choose={tag => change({ tag })}
          />
        )}
      </div>
      <div className="oj-list-head">
        <span aria-live="polite">
          {state === 'ready' ? trans._n('%1 problem', '%1 problems', total) : ' '}
        </span>
        <HTMLSelect
          aria-label={trans.__('Sort by')}
          value={filters.sort}
          onChange={event => change({ sort: event.currentTarget.value })}
        >
          <option value="recommended">{trans.__('Recommended')}</option>
          <option value="difficulty">{trans.__('By difficulty')}</option>
          <option value="acceptance">{trans.__('By acceptance')}</option>
          <option value="newest">{trans.__('Newest')}</option>
          <option value="title">{trans.__('By title')}</option>
        </HTMLSelect>
      </div>
      <div className="oj-scroll" ref={list}>
        {state === 'loading' && <Skeleton label={trans.__('Loading the problems')} rows={9} />}
        {state === 'error' && <Failed message={error} retry={reload} trans={trans} />}
        {state === 'ready' && rows.length === 0 && filtered && (
          <Empty title={trans.__('No problem matches')} hint={trans.__('Try fewer filters.')}>
            <button className="oj-button" onClick={() => setFilters({ ...NO_FILTERS, sort: filters.sort })}>
              {trans.__('Clear the filters')}
            </button>
          </Empty>
        )}
        {state === 'ready' && rows.length === 0 && !filtered && (
          <Empty
            title={trans.__('No problems yet')}
            hint={trans.__('Import some with “jupyter oj problem import FOLDER”, then look again.')}
          >
            <button className="oj-button" onClick={reload}>
              {trans.__('Look again')}
            </button>
          </Empty>
        )}
        {state === 'ready' && rows.length > 0 && (
          <Rows rows={rows} walk={walk} open={open} more={more} trans={trans} />
        )}
      </div>
    </>
  );
}

interface Walk {
  /** The problem that a walk by keyboard is at: it alone is in the page's order of tabs. */
  at: string | null;
  onFocus: (id: string) => void;
  onBlur: () => void;
}

/**
 * Where a walk through the list is. An answer that comes late changes the rows under it: focus stays on its problem, goes to the row
 * in its place when that problem is gone, and back to the search when there are none left.
 */
function useWalk(rows: ProblemRow[], list: React.RefObject<HTMLDivElement>): Walk {
  const [at, setAt] = useState<string | null>(null);
  const place = useRef(0);
  const walking = useRef(false);
  const found = rows.findIndex(row => row.id === at);
  const stays = found >= 0 ? found : Math.min(place.current, rows.length - 1);
  useLayoutEffect(() => {
    place.current = Math.max(0, stays);
    const lost = walking.current && !list.current?.contains(document.activeElement);
    if (!lost || (document.activeElement && document.activeElement !== document.body)) {
      return;
    }
    const options = list.current?.querySelectorAll<HTMLElement>('[role=option]');
    const next = options?.[stays] ?? document.querySelector<HTMLElement>('.oj-search');
    walking.current = !!options?.length;
    next?.focus();
  });
  return {
    at: rows[stays]?.id ?? null,
    onFocus: id => {
      walking.current = true;
      setAt(id);
    },
    // Not told of a row that React takes away: that is no leaving.
    onBlur: () => {
      walking.current = false;
    }
  };
}

function useContests(judge: IJudge): Contest[] {
  const [contests, setContests] = useState<Contest[]>([]);
  useEffect(() => {
    judge.api.contests().then(setContests, () => undefined); // the filter then has nothing to offer
  }, [judge]);
  return contests;
}

/** The contest a problem is opened for: the one it is in, while that runs and I take part; else none, as practice. */
async function contestOf(judge: IJudge, id: string | null): Promise<string | null> {
  const contests = id ? await judge.api.contests().catch(() => []) : [];
  const contest = contests.find(item => item.id === id);
  return contest?.registered && ['running', 'frozen'].includes(contest.state) ? contest.id : null;
}

function Chips(props: {
  label: string;
  options: [string, string][];
  chosen: string[];
  choose: (chosen: string[]) => void;
}): JSX.Element {
  const { chosen, choose } = props;
  return (
    <div className="oj-chips" role="group" aria-label={props.label}>
      {props.options.map(([value, text]) => (
        <button
          key={value}
          className="oj-chip"
          aria-pressed={chosen.includes(value)}
          onClick={() =>
            choose(chosen.includes(value) ? chosen.filter(item => item !== value) : [...chosen, value])
          }
        >
          {text}
        </button>
      ))}
    </div>
  );
}

function TagSelect(props: {
  tags: string[];
  chosen: string[];
  choose: (chosen: string[]) => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { tags, chosen, choose, trans } = props;
  return (
    <HTMLSelect
      aria-label={trans.__('Add a tag to the filter')}
      value=""
      onChange={event => event.currentTarget.value && choose([...chosen, event.currentTarget.value])}
    >
      <option value="">{trans.__('Any tag')}</option>
      {tags
        .filter(tag => !chosen.includes(tag))
        .map(tag => (
          <option key={tag} value={tag}>
            {tag}
          </option>
        ))}
    </HTMLSelect>
  );
}

function Rows(props: {
  rows: ProblemRow[];
  walk: Walk;
  open: (row: ProblemRow) => Promise<void>;
  more: (() => void) | null;
  trans: TranslationBundle;
}): JSX.Element {
  const { rows, walk, open, more, trans } = props;
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!more || !end.current) {
      return;
    }
    const observer = new IntersectionObserver(entries => entries.some(e => e.isIntersecting) && more(), {
      rootMargin: '400px'
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [more]);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=option]')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (to < 0) {
        document.querySelector<HTMLElement>('.oj-search')?.focus();
      } else {
        items[Math.min(to, items.length - 1)]?.focus();
      }
    }
  };
  return (
    <>
      <div role="listbox" aria-label={trans.__('Problems')} tabIndex={-1} onKeyDown={onKeyDown}>
        {rows.map(row => (
          <div
            key={row.id}
            role="option"
            aria-selected={row.id === walk.at}
            tabIndex={row.id === walk.at ? 0 : -1}
            className="oj-problem"
            data-problem={row.id}
            onClick={() => void open(row)}
            onKeyDown={event => event.key === 'Enter' && void open(row)}
            onFocus={() => walk.onFocus(row.id)}
            onBlur={walk.onBlur}
          >
            <StatusMark status={row.status} trans={trans} />
            <div className="oj-problem-main">
              <div className="oj-problem-title">
                {row.contest && <span className="oj-label">{row.contest.label}</span>}
                {row.title}
              </div>
              <div className="oj-problem-facts">
                <span className={`oj-difficulty oj-difficulty-${row.difficulty}`}>
                  {difficultyName(row.difficulty, trans)}
                </span>
                {row.score !== null && row.score !== undefined && (
                  <span className="oj-points" title={trans.__('The most points of your submissions')}>
                    {points(row, trans)}
                  </span>
                )}
                {row.tags.slice(0, 3).map(tag => (
                  <span key={tag} className="oj-tag">
                    {tag}
                  </span>
                ))}
              </div>
            </div>
            <span
              className="oj-acceptance"
              title={trans.__('%1 of %2 who tried have solved it', row.solved_by, row.attempted_by)}
            >
              {row.acceptance === null ? '–' : `${Math.round(row.acceptance * 100)} %`}
            </span>
          </div>
        ))}
      </div>
      <div ref={end} />
    </>
  );
}

export function difficultyName(difficulty: string, trans: TranslationBundle): string {
  return (
    { easy: trans.__('Easy'), medium: trans.__('Medium'), hard: trans.__('Hard') }[difficulty] ?? difficulty
  );
}

/** My status on a problem, as a shape with its word for those who cannot see it. */
export function StatusMark(props: { status: string; trans: TranslationBundle }): JSX.Element {
  const { status, trans } = props;
  const [shape, word] = {
    solved: ['solved', trans.__('Solved')],
    tried: ['half', trans.__('Tried')]
  }[status] ?? ['ring', trans.__('Unsolved')];
  return (
    <span className={`oj-status oj-status-${status}`} title={word}>
      <Shape shape={shape} label={word} />
    </span>
  );
}
