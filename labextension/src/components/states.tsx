import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useReducer, useRef, type ReactNode } from 'react';
import type { ISignal } from '@lumino/signaling';

import { Shape } from './icons';

/** Draw again whenever the signal speaks (and `matters`). */
export function useSignal<S, A>(signal: ISignal<S, A>, matters?: (args: A) => boolean): void {
  const [, again] = useReducer((count: number) => count + 1, 0);
  const filter = useRef(matters);
  filter.current = matters;
  useEffect(() => {
    const slot = (_: S, args: A) => {
      if (filter.current?.(args) ?? true) {
        again();
      }
    };
    signal.connect(slot);
    return () => {
      signal.disconnect(slot);
    };
  }, [signal]);
}

/** Grey bars where rows will be. */
export function Skeleton(props: { rows?: number; label: string }): JSX.Element {
  return (
    <div className="oj-skeleton" role="status" aria-label={props.label}>
      {Array.from({ length: props.rows ?? 6 }, (_, i) => (
        <div key={i} className="oj-skeleton-row" style={{ width: `${92 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

/** Nothing here, and what to do next. */
export function Empty(props: { title: string; hint?: string; children?: ReactNode }): JSX.Element {
  return (
    <div className="oj-state">
      <div className="oj-state-title">{props.title}</div>
      {props.hint && <div className="oj-state-hint">{props.hint}</div>}
      {props.children}
    </div>
  );
}

/** What happened, and Retry. */
export function Failed(props: {
  message: string;
  title?: string;
  retry: () => void;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <div className="oj-state oj-state-error" role="alert">
      <div className="oj-state-title">
        <Shape shape="wrench" /> {props.title ?? props.trans.__('This could not be loaded')}
      </div>
      <div className="oj-state-hint">{props.message}</div>
      <button className="oj-button" onClick={props.retry}>
        {props.trans.__('Retry')}
      </button>
    </div>
  );
}
