import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ReactWidget } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { useCallback, useEffect, useState } from 'react';

import { VerdictCard } from './components/card';
import { Failed, useSignal } from './components/states';
import type { Submission } from './core/types';
import { progress } from './core/verdicts';
import { CARD_MIME_TYPE as CARD_MIME, goToLine } from './notebook/cells';
import { IJudge } from './tokens';

/** A submission as the page knows it now: the store's word, or the saved one while nothing newer is known. */
export function LiveCard(props: {
  judge: IJudge;
  saved: Submission;
  onLine?: (line: number) => void;
}): JSX.Element {
  const { judge, saved } = props;
  const { store, trans } = judge;
  const [error, setError] = useState<string | null>(null);
  const names = useLanguageNames(judge);
  useSignal(store.submissionChanged, submission => submission.id === saved.id);
  useSignal(store.connectionChanged);
  const { id } = saved;
  // What a notebook keeps of a verdict lacks the words for staff.
  const unfinished = saved.state !== 'done' || store.isStaff;
  const follow = useCallback(() => {
    setError(null);
    if (unfinished) {
      store.follow(id).catch(reason => setError(String(reason.message ?? reason)));
    }
  }, [store, id, unfinished]);
  useEffect(follow, [follow]);
  const live = store.submission(saved.id);
  const submission = live && progress(live) >= progress(saved) ? live : saved;
  if (error && submission.state !== 'done' && !live) {
    return (
      <Failed
        title={trans.__('The verdict of this submission could not be asked for')}
        message={error}
        retry={follow}
        trans={trans}
      />
    );
  }
  return (
    <VerdictCard
      submission={submission}
      trans={trans}
      languageName={names[submission.language]}
      connected={store.connection === 'open'}
      onLine={props.onLine}
    />
  );
}

/** Names of the judge's languages by their id; empty until they are known. */
export function useLanguageNames({ store }: IJudge): Record<string, string> {
  const [names, setNames] = useState<Record<string, string>>({});
  useEffect(() => {
    store.languages().then(
      list => setNames(Object.fromEntries(list.map(language => [language.id, language.name]))),
      () => undefined // the id stands in for the name
    );
  }, [store]);
  return names;
}

class CardRenderer extends ReactWidget implements IRenderMime.IRenderer {
  constructor(
    private readonly judge: IJudge,
    private readonly tracker: INotebookTracker | null
  ) {
    super();
    this.addClass('oj-card-output');
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.saved = model.data[CARD_MIME] as unknown as Submission;
    this.update();
    await this.renderPromise;
  }

  protected render(): JSX.Element | null {
    if (!this.saved?.id) {
      return null;
    }
    const onLine = (line: number) => goToLine(this.tracker, this.node, line);
    return <LiveCard key={this.saved.id} judge={this.judge} saved={this.saved} onLine={onLine} />;
  }

  private saved: Submission | null = null;
}

/** Draws the verdict card wherever its MIME type stands: in notebooks, and in anything that renders outputs. */
export const cardPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-oj-extension:card',
  description: 'The verdict card, live while judging.',
  autoStart: true,
  requires: [IJudge, IRenderMimeRegistry],
  optional: [INotebookTracker],
  activate: (_, judge: IJudge, rendermime: IRenderMimeRegistry, tracker: INotebookTracker | null) => {
    rendermime.addFactory(
      {
        safe: true,
        mimeTypes: [CARD_MIME],
        defaultRank: 50,
        createRenderer: () => new CardRenderer(judge, tracker)
      },
      0
    );
  }
};
