import type { TranslationBundle } from '@jupyterlab/translation';
import { useCallback, useEffect, useState } from 'react';

import type { Store } from '../core/store';
import type { Leaderboard } from '../core/types';
import { BoardNotes, BoardTable, ContestClock } from './leaderboard';
import { Empty, Failed, Skeleton, useSignal } from './states';

const PAGE = 100;
const REFRESH_MS = 5000;
const SEARCH_FROM = 12;

export interface BoardViewProps {
  store: Store;
  contest: string;
  trans: TranslationBundle;
  limit?: number;
}

/** A contest's live leaderboard with its head, in all its states. */
export function BoardView({ store, contest, trans, limit }: BoardViewProps): JSX.Element {
  const [error, setError] = useState<string | null>(null);
  const [filter, setFilter] = useState('');
  const [page, setPage] = useState(1);
  const [other, setOther] = useState<Leaderboard | null>(null);
  useSignal(store.boardChanged, changed => changed === contest);
  useSignal(store.connectionChanged);
  const load = useCallback(() => {
    setError(null);
    store.api.leaderboard(contest).then(
      board => store.setBoard(board),
      reason => setError(String(reason.message ?? reason))
    );
  }, [store, contest]);
  useEffect(() => {
    const watching = store.watch(contest);
    load();
    return () => watching.dispose();
  }, [store, contest, load]);
  useEffect(() => {
    setOther(null);
    if (page === 1) {
      return;
    }
    // The stream tells the first page; the others are asked for while somebody looks at them.
    const ask = () =>
      store.api.leaderboard(contest, page, PAGE).then(setOther, reason => setError(String(reason.message)));
    void ask();
    const timer = setInterval(ask, REFRESH_MS);
    return () => clearInterval(timer);
  }, [store, contest, page]);

  const known = store.board(contest);
  if (!known) {
    return error ? (
      <Failed message={error} retry={load} trans={trans} />
    ) : (
      <Skeleton label={trans.__('Loading the leaderboard')} rows={8} />
    );
  }
  const first = known.board;
  const board = page === 1 ? first : other;
  const pages = limit ? 1 : Math.ceil(first.total / PAGE);
  return (
    <div className="oj-board-view">
      <div className="oj-board-head">
        <h2>{first.name}</h2>
        <ContestClock contest={first} now={() => store.now()} trans={trans} />
        <span className="oj-grow" />
        {first.total > SEARCH_FROM && (
          <input
            type="search"
            className="oj-search oj-board-search"
            placeholder={trans.__('Find a contestant')}
            aria-label={trans.__('Find a contestant')}
            value={filter}
            onChange={event => setFilter(event.currentTarget.value)}
            onKeyDown={event => event.stopPropagation()}
          />
        )}
        <span className="oj-faint">{trans._n('%1 contestant', '%1 contestants', first.total)}</span>
      </div>
      <BoardNotes board={first} live={store.connection === 'open'} trans={trans} />
      {first.total === 0 ? (
        <Empty
          title={trans.__('Nobody has registered yet')}
          hint={trans.__('Contestants appear here as soon as they register.')}
        />
      ) : !board ? (
        <Skeleton label={trans.__('Loading the leaderboard')} rows={8} />
      ) : (
        // A scrolling region must be reachable to be scrolled by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="oj-board-scroll" role="region" aria-label={trans.__('Leaderboard')} tabIndex={0}>
          <BoardTable
            board={board}
            changes={page === 1 ? known.changes : new Set()}
            trans={trans}
            filter={filter}
            limit={limit}
          />
        </div>
      )}
      {pages > 1 && (
        <nav className="oj-pages" aria-label={trans.__('Pages')}>
          <button className="oj-button" disabled={page === 1} onClick={() => setPage(page - 1)}>
            {trans.__('Previous')}
          </button>
          <span>{trans.__('Page %1 of %2', page, pages)}</span>
          <button className="oj-button" disabled={page === pages} onClick={() => setPage(page + 1)}>
            {trans.__('Next')}
          </button>
        </nav>
      )}
    </div>
  );
}
