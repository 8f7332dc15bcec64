import { useCallback, useEffect, useRef, useState } from 'react';

import type { ProblemQuery } from '../core/api';
import type { ProblemRow, Submission } from '../core/types';
import type { Store } from '../core/store';
import type { IJudge } from '../tokens';

export type Filters = ProblemQuery;

export const NO_FILTERS: Filters = {
  q: '',
  difficulty: [],
  tag: [],
  status: [],
  contest: null,
  sort: 'recommended'
};

const LIMIT = 50;
const TYPING_MS = 150;

type Figures = Pick<
  ProblemRow,
  'status' | 'score' | 'max_score' | 'acceptance' | 'solved_by' | 'attempted_by'
>;

/** What of a row changes with a verdict. */
function figures(problem: ProblemRow): Figures {
  const { status, score, max_score, acceptance, solved_by, attempted_by } = problem;
  return { status, score, max_score, acceptance, solved_by, attempted_by };
}

/** The rows for some filters, page by page as the list is scrolled, kept fresh as my verdicts come in. */
export function useProblems(judge: IJudge, filters: Filters) {
  const { api, store } = judge;
  const [rows, setRows] = useState<ProblemRow[]>([]);
  const [total, setTotal] = useState(0);
  const [tags, setTags] = useState<string[]>([]);
  const [state, setState] = useState<'loading' | 'ready' | 'error'>('loading');
  const [error, setError] = useState('');
  const [generation, setGeneration] = useState(0);
  const page = useRef(1);
  const loading = useRef(false);
  const known = useRef('');

  useEffect(() => {
    const abort = new AbortController();
    const typed = known.current !== '' && filters.q !== JSON.parse(known.current).q;
    known.current = JSON.stringify(filters);
    const timer = setTimeout(
      () => {
        api.problems(filters, 1, LIMIT, abort.signal).then(
          answer => {
            if (abort.signal.aborted) {
              return; // it had come in already when the filters changed
            }
            page.current = 1;
            setRows(answer.items);
            setTotal(answer.total);
            setTags(answer.tags);
            setState('ready');
          },
          reason => {
            if (!abort.signal.aborted) {
              setError(String(reason.message ?? reason));
              setState('error');
            }
          }
        );
      },
      typed ? TYPING_MS : 0
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, filters, generation]);

  const reload = useCallback(() => {
    setState('loading');
    setGeneration(n => n + 1);
  }, []);

  const more = useCallback(() => {
    if (loading.current) {
      return;
    }
    loading.current = true;
    api
      .problems(filters, page.current + 1, LIMIT)
      .then(answer => {
        page.current = answer.page;
        setRows(old => [...old, ...answer.items.filter(row => !old.some(o => o.id === row.id))]);
        setTotal(answer.total);
      })
      .catch(() => undefined) // scrolling on asks again
      .finally(() => {
        loading.current = false;
      });
  }, [api, filters]);

  useEffect(() => {
    const onJudged = (_: Store, submission: Submission) => {
      if (submission.kind !== 'submit') {
        return;
      }
      // What a verdict makes of a row (status, most points, acceptance) is the judge's to say.
      api.problem(submission.problem).then(
        known => setRows(old => old.map(row => (row.id === known.id ? { ...row, ...figures(known) } : row))),
        () => undefined // the next look at the list tells
      );
    };
    // A judge that came back may know more than when we asked.
    const onHealth = () => {
      if (state === 'error' && store.health?.database) {
        reload();
      }
    };
    store.judged.connect(onJudged);
    store.healthChanged.connect(onHealth);
    return () => {
      store.judged.disconnect(onJudged);
      store.healthChanged.disconnect(onHealth);
    };
  }, [api, store, state, reload]);

  return { rows, total, tags, state, error, reload, more: rows.length < total ? more : null };
}
