import { useCallback, useEffect, useState } from 'react';

import type { Store } from '../core/store';
import type { Contest, Submission } from '../core/types';
import type { IJudge } from '../tokens';

/** A contest with its problems and its live board, asked for again whenever something about it may have changed. */
export function useContest(judge: IJudge, id: string) {
  const { api, store } = judge;
  const [contest, setContest] = useState<Contest | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [registering, setRegistering] = useState(false);
  const reload = useCallback(() => {
    api.contest(id).then(
      answer => {
        setError(null);
        store.setClock(answer.server_time);
        setContest(answer);
      },
      reason => setError(String(reason.message ?? reason))
    );
  }, [api, store, id]);
  const register = useCallback(() => {
    setRegistering(true);
    api
      .register(id)
      .then(
        () => {
          reload();
          return store.refreshBoard(id);
        },
        reason => setError(String(reason.message ?? reason))
      )
      .finally(() => setRegistering(false));
  }, [api, store, id, reload]);

  useEffect(() => {
    reload();
    const watching = store.watch(id);
    const onContest = (_: Store, changed: Contest) => changed.id === id && reload();
    const onJudged = (_: Store, submission: Submission) => submission.contest === id && reload();
    store.contestChanged.connect(onContest);
    store.judged.connect(onJudged);
    return () => {
      watching.dispose();
      store.contestChanged.disconnect(onContest);
      store.judged.disconnect(onJudged);
    };
  }, [store, id, reload]);

  // The state changes by the clock: look again just after the next of its times.
  useEffect(() => {
    if (!contest) {
      return;
    }
    const now = store.now();
    const next = [contest.start, contest.freeze, contest.end]
      .map(time => Date.parse(time ?? ''))
      .filter(time => time > now)
      .sort((a, b) => a - b)[0];
    if (next === undefined || next - now > 2 ** 31 - 1) {
      return;
    }
    const timer = setTimeout(reload, next - now + 300);
    return () => clearTimeout(timer);
  }, [store, contest, reload]);

  return { contest, error, reload, register, registering };
}
