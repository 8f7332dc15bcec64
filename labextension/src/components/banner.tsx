import type { IJudge } from '../tokens';
import { Shape } from './icons';
import { useSignal } from './states';

/** One line on top of a panel while the judge is not ready or not reachable; nothing else. */
export function JudgeBanner({ judge }: { judge: IJudge }): JSX.Element | null {
  const { store, trans } = judge;
  useSignal(store.healthChanged);
  useSignal(store.connectionChanged);
  let text = '';
  if (store.healthError !== null) {
    text = trans.__('The judge does not answer: %1', store.healthError);
  } else if (store.health && !store.health.judge.ready) {
    text = store.health.judge.reason || trans.__('The judge is not ready yet.');
  } else if (store.health && store.health.status !== 'ok') {
    text = trans.__('The judge works with reduced speed: live news may come late.');
  }
  if (!text) {
    return null;
  }
  return (
    <div className="oj-banner" role="status">
      <Shape shape="wrench" />
      <span>
        {text}{' '}
        {store.healthError === null && !store.health?.judge.ready && (
          <span className="oj-banner-more">
            {trans.__('More:')} <code>jupyter oj doctor</code>
          </span>
        )}
      </span>
      <button className="oj-button oj-button-small" onClick={() => store.retryNow()}>
        {trans.__('Check again')}
      </button>
    </div>
  );
}
