import type { TranslationBundle } from '@jupyterlab/translation';

import type { GroupResult } from '../core/types';
import { amount, groupName, MARKS, verdictName } from '../core/verdicts';
import { Shape } from './icons';

/** The points of a scored submission, a row a test group; nothing where the whole is the only group. */
export function Groups(props: { groups: GroupResult[]; trans: TranslationBundle }): JSX.Element | null {
  const { trans } = props;
  const [whole, ...groups] = props.groups;
  if (!whole || groups.length === 0) {
    return null;
  }
  const depth = whole.group ? whole.group.split('/').length : 0;
  return (
    <table className="oj-groups">
      <caption className="oj-sr-only">{trans.__('Points by test group')}</caption>
      <thead className="oj-sr-only">
        <tr>
          <th scope="col">{trans.__('Group')}</th>
          <th scope="col">{trans.__('Verdict')}</th>
          <th scope="col">{trans.__('Points')}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ group, verdict, score, max }) => {
          const mark = MARKS[verdict ?? 'none'];
          return (
            <tr key={group}>
              <th scope="row" style={{ paddingInlineStart: `${group.split('/').length - depth - 1}em` }}>
                {groupName(group, trans)}
              </th>
              <td className={`oj-tone-${mark.tone}`}>
                <span className="oj-verdict">
                  <Shape shape={mark.shape} /> {verdict ? verdictName(verdict, trans) : trans.__('Not run')}
                </span>
              </td>
              <td className="oj-group-points">
                {max !== null && max > 0 && (
                  <span className="oj-meter" aria-hidden="true">
                    <span style={{ inlineSize: `${Math.min(100, (100 * score) / max)}%` }} />
                  </span>
                )}
                {max === null ? amount(score) : trans.__('%1 of %2', amount(score), amount(max))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
