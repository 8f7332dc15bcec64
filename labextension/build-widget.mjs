/** Bundles the notebook widget's front end: one ES module and one style sheet that need nothing else of the page. */
import { build } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';

const target = '../jupyter_oj_extension/widgets/static';
await mkdir(target, { recursive: true });
await build({
  entryPoints: ['src/widget/index.tsx'],
  outfile: `${target}/leaderboard.js`,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  minify: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' }
});
const styles = await Promise.all(
  ['style/base.css', 'style/leaderboard.css'].map(path => readFile(path, 'utf8'))
);
await writeFile(`${target}/leaderboard.css`, styles.join('\n'));
