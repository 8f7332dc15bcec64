import { MainAreaWidget, ReactWidget } from '@jupyterlab/apputils';
import { CodeEditor, type IEditorServices } from '@jupyterlab/codeeditor';
import { HTMLSelect } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import { useCallback, useEffect, useRef, useState } from 'react';

import { LiveCard, useLanguageNames } from '../card';
import { JudgeBanner } from '../components/banner';
import { Shape } from '../components/icons';
import { Empty, Failed, Skeleton } from '../components/states';
import type { Submission } from '../core/types';
import { amount, figures, progress, submissionMark, submissionWord, verdictName } from '../core/verdicts';
import { CommandIDs, type IJudge } from '../tokens';

const LIMIT = 50;

export interface HistoryOptions {
  judge: IJudge;
  commands: CommandRegistry;
  editors: IEditorServices;
  problem: string;
}

/** My submissions in the main area: a table, and beside it the chosen one's card and source. */
export class HistoryWidget extends MainAreaWidget<ReactWidget> {
  constructor(options: HistoryOptions) {
    super({ content: ReactWidget.create(<History {...options} />) });
    this.content.addClass('oj-history');
    this.toolbar.hide();
  }
}

function History({ judge, commands, editors, problem: first }: HistoryOptions): JSX.Element {
  const { api, store, trans } = judge;
  const [filters, setFilters] = useState<Record<string, string>>({ problem: first, kind: 'submit' });
  const [items, setItems] = useState<Submission[] | null>(null);
  const [total, setTotal] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const [chosen, choose] = useState<string | null>(null);
  const load = useCallback(
    (page: number) => {
      setError(null);
      api.submissions(filters, page, LIMIT).then(
        answer => {
          setItems(old => (page === 1 || !old ? answer.items : [...old, ...answer.items]));
          setTotal(answer.total);
        },
        reason => setError(String(reason.message ?? reason))
      );
    },
    [api, filters]
  );
  useEffect(() => load(1), [load]);
  useEffect(() => {
    const onChange = (_: unknown, submission: Submission) =>
      setItems(old => {
        if (!old || !matches(submission, filters)) {
          return old;
        }
        const at = old.findIndex(item => item.id === submission.id);
        if (at < 0) {
          return [submission, ...old];
        }
        return progress(submission) < progress(old[at]) ? old : old.with(at, submission);
      });
    store.submissionChanged.connect(onChange);
    return () => {
      store.submissionChanged.disconnect(onChange);
    };
  }, [store, filters]);
  const change = (key: string, value: string) => {
    setItems(null);
    setFilters({ ...filters, [key]: value });
  };
  const submission = items?.find(item => item.id === chosen) ?? null;
  return (
    <>
      <JudgeBanner judge={judge} />
      <div className="oj-history-head">
        <h2>{trans.__('Submissions')}</h2>
        {filters.problem && (
          <button className="oj-chip" aria-pressed="true" onClick={() => change('problem', '')}>
            {items?.[0]?.problem === filters.problem ? items[0].title : filters.problem} ×
          </button>
        )}
        <HTMLSelect
          aria-label={trans.__('Kind')}
          value={filters.kind ?? ''}
          onChange={event => change('kind', event.currentTarget.value)}
        >
          <option value="submit">{trans.__('Submitted')}</option>
          <option value="run">{trans.__('Sample runs')}</option>
          <option value="">{trans.__('Everything')}</option>
        </HTMLSelect>
        <HTMLSelect
          aria-label={trans.__('Verdict')}
          value={filters.verdict ?? ''}
          onChange={event => change('verdict', event.currentTarget.value)}
        >
          <option value="">{trans.__('Any verdict')}</option>
          {(['AC', 'WA', 'PE', 'TLE', 'MLE', 'OLE', 'RTE', 'CE', 'JE'] as const).map(code => (
            <option key={code} value={code}>
              {verdictName(code, trans)}
            </option>
          ))}
        </HTMLSelect>
      </div>
      <div className={`oj-history-body${submission ? ' oj-with-detail' : ''}`}>
        <div className="oj-history-table">
          {error && <Failed message={error} retry={() => load(1)} trans={trans} />}
          {!error && !items && <Skeleton label={trans.__('Loading the submissions')} rows={8} />}
          {items && items.length === 0 && (
            <Empty
              title={trans.__('No submissions here')}
              hint={trans.__('Open a problem, write a solution and press Submit (Ctrl+Alt+Enter).')}
            >
              <button className="oj-button" onClick={() => void commands.execute(CommandIDs.showProblems)}>
                {trans.__('Show the problems')}
              </button>
            </Empty>
          )}
          {items && items.length > 0 && <Table items={items} chosen={chosen} choose={choose} judge={judge} />}
          {items && items.length < total && (
            <button className="oj-button" onClick={() => load(Math.floor(items.length / LIMIT) + 1)}>
              {trans.__('Show more')}
            </button>
          )}
        </div>
        {submission && (
          <Details
            key={submission.id}
            judge={judge}
            commands={commands}
            editors={editors}
            submission={submission}
            close={() => choose(null)}
          />
        )}
      </div>
    </>
  );
}

function matches(submission: Submission, filters: Record<string, string>): boolean {
  return (['problem', 'kind', 'verdict', 'contest', 'language'] as const).every(
    key => !filters[key] || submission[key] === filters[key]
  );
}

function Table(props: {
  items: Submission[];
  chosen: string | null;
  choose: (id: string | null) => void;
  judge: IJudge;
}): JSX.Element {
  const { items, chosen, choose, judge } = props;
  const { trans } = judge;
  const names = useLanguageNames(judge);
  const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const scored = items.some(item => (item.score ?? null) !== null);
  return (
    <table className="oj-table">
      <thead>
        <tr>
          <th scope="col">{trans.__('When')}</th>
          <th scope="col">{trans.__('Problem')}</th>
          <th scope="col">{trans.__('Language')}</th>
          <th scope="col">{trans.__('Verdict')}</th>
          {scored && (
            <th scope="col" className="oj-number">
              {trans.__('Points')}
            </th>
          )}
          <th scope="col" className="oj-number">
            {trans.__('Time')}
          </th>
          <th scope="col" className="oj-number">
            {trans.__('Memory')}
          </th>
          <th scope="col">{trans.__('Contest')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => {
          const mark = submissionMark(item);
          return (
            <tr
              key={item.id}
              className={item.id === chosen ? 'oj-chosen' : ''}
              onClick={() => choose(item.id === chosen ? null : item.id)}
            >
              <td>
                <button
                  className="oj-link"
                  aria-expanded={item.id === chosen}
                  title={trans.__('Show the source and the card')}
                >
                  {when.format(new Date(item.submitted_at))}
                </button>
              </td>
              <td title={item.title || item.problem}>{item.title || item.problem}</td>
              <td>{names[item.language] ?? item.language}</td>
              <td className={`oj-tone-${mark.tone}`}>
                <span className="oj-verdict">
                  <Shape shape={mark.shape} /> {submissionWord(item, trans)}
                </span>
              </td>
              {scored && (
                <td className="oj-number">
                  {item.score === null || item.score === undefined ? '' : amount(item.score)}
                  {item.max_score ? ` / ${amount(item.max_score)}` : ''}
                </td>
              )}
              <td className="oj-number">{figures(item)[0]}</td>
              <td className="oj-number">{figures(item)[1]}</td>
              <td>{item.contest ?? ''}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Details(props: {
  judge: IJudge;
  commands: CommandRegistry;
  editors: IEditorServices;
  submission: Submission;
  close: () => void;
}): JSX.Element {
  const { judge, commands, editors, close } = props;
  const { api, store, trans } = judge;
  const [full, setFull] = useState<Submission | null>(props.submission.runs ? props.submission : null);
  const [source, setSource] = useState<{ language: string; source: string } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const editor = useRef<CodeEditor.IEditor | null>(null);
  const id = props.submission.id;
  const load = useCallback(() => {
    setError(null);
    Promise.all([api.submission(id), api.source(id)]).then(
      ([submission, text]) => {
        store.accept(submission);
        setFull(submission);
        setSource(text);
      },
      reason => setError(String(reason.message ?? reason))
    );
  }, [api, store, id]);
  useEffect(load, [load]);
  const toLine = (line: number) => {
    const position = { line: Math.min(line, editor.current?.lineCount ?? 1) - 1, column: 0 };
    editor.current?.setCursorPosition(position);
    editor.current?.revealPosition(position);
    editor.current?.focus();
  };
  return (
    <aside className="oj-history-detail" aria-label={trans.__('Submission')}>
      <div className="oj-history-actions">
        <button
          className="oj-button"
          disabled={!source}
          onClick={() =>
            void commands.execute(CommandIDs.insertSource, {
              problem: props.submission.problem,
              contest: props.submission.contest,
              ...source
            })
          }
        >
          {trans.__('Copy to cell')}
        </button>
        <span className="oj-grow" />
        <button className="oj-button oj-button-quiet" onClick={close}>
          {trans.__('Close')}
        </button>
      </div>
      {error && <Failed message={error} retry={load} trans={trans} />}
      {!error && !full && <Skeleton label={trans.__('Loading the submission')} />}
      {full && <LiveCard judge={judge} saved={full} onLine={toLine} />}
      {source && <Source {...source} judge={judge} editors={editors} editorRef={editor} />}
    </aside>
  );
}

/** The source in a read-only editor, in its language's colours. */
function Source(props: {
  language: string;
  source: string;
  judge: IJudge;
  editors: IEditorServices;
  editorRef: { current: CodeEditor.IEditor | null };
}): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const { language, source, judge, editors, editorRef } = props;
  useEffect(() => {
    if (!host.current) {
      return;
    }
    const model = new CodeEditor.Model();
    model.sharedModel.setSource(source);
    const editor = editors.factoryService.newInlineEditor({
      host: host.current,
      model,
      config: { readOnly: true, lineNumbers: true }
    });
    editorRef.current = editor;
    const content = host.current.querySelector('.cm-content');
    content?.setAttribute('aria-label', judge.trans.__('Source'));
    judge.store.languages().then(
      list => {
        model.mimeType = list.find(item => item.id === language)?.mimetype ?? 'text/plain';
      },
      () => undefined // plain text then
    );
    return () => {
      editorRef.current = null;
      editor.dispose();
      model.dispose();
    };
  }, [language, source, editors, judge, editorRef]);
  return (
    <div ref={host} className="oj-source" role="region" aria-label={judge.trans.__('Source, read-only')} />
  );
}
