import { LabIcon } from '@jupyterlab/ui-components';

const svg = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">${body}</svg>`;

const line =
  'fill="none" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" stroke="#616161" class="oj-stroke"';

/** Balance: the judge. */
export const judgeIcon = new LabIcon({
  name: 'jupyter-oj:judge',
  svgstr: svg(
    `<g ${line}><path d="M8 2v12M4.5 14h7M3 4.5l5-1.2 5 1.2"/><path d="M1.2 9.6 3 4.7l1.8 4.9a1.9 1.9 0 0 1-3.6 0zM11.2 9.6 13 4.7l1.8 4.9a1.9 1.9 0 0 1-3.6 0z"/></g>`
  )
});

/** Cup: the contest. */
export const contestIcon = new LabIcon({
  name: 'jupyter-oj:contest',
  svgstr: svg(
    `<g ${line}><path d="M4.5 2.5h7v4a3.5 3.5 0 0 1-7 0zM4.5 3.5H2v1a2.6 2.6 0 0 0 2.7 2.6M11.5 3.5H14v1a2.6 2.6 0 0 1-2.7 2.6M8 10v3M5.3 13.5h5.4"/></g>`
  )
});
