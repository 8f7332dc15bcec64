const { Worker } = require('worker_threads');
const child = require('child_process');
process.on('exit', () => { for (;;) ; });
process.on('uncaughtException', () => {});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2']) process.on(signal, () => {});
for (let i = 0; i < 40; i++) {
  try {
    new Worker('for (;;) ;', { eval: true }).on('error', () => {});
    child.spawn(process.execPath, ['-e', 'for (;;) ;']).on('error', () => {});
  } catch {}
}
for (;;) ;
