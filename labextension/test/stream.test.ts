import assert from 'node:assert/strict';
import { test } from 'node:test';

import { EventParser, EventStream, type ServerEvent } from '../src/core/stream';

function parse(chunks: string[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const parser = new EventParser(event => events.push(event));
  chunks.forEach(chunk => parser.push(chunk));
  return events;
}

const TEXT = ': hello\r\n\r\nid: 7\r\nevent: run\r\ndata: {"a":\r\ndata: 1}\r\n\r\ndata: x\n\n';

test('events are the same however the bytes are cut', () => {
  const whole = parse([TEXT]);
  assert.deepEqual(whole, [
    { id: '7', event: 'run', data: '{"a":\n1}' },
    { id: '7', event: 'message', data: 'x' }
  ]);
  for (let cut = 1; cut < TEXT.length; cut++) {
    assert.deepEqual(parse([TEXT.slice(0, cut), TEXT.slice(cut)]), whole, `cut at ${cut}`);
  }
  assert.deepEqual(parse([...TEXT]), whole);
});

test('an unfinished event is not told', () => {
  assert.deepEqual(parse(['event: run\ndata: 1\n']), []);
});

function body(text: string): Response {
  return new Response(text, { status: 200, headers: { 'Content-Type': 'text/event-stream' } });
}

test('a broken stream is taken up again where it ended', async () => {
  const asked: (string | null)[] = [];
  const told: unknown[] = [];
  await new Promise<void>(resolve => {
    const stream = new EventStream(
      async (path, init) => {
        assert.equal(path, 'stream?contest=c');
        asked.push(new Headers(init?.headers).get('Last-Event-ID'));
        return body(asked.length === 1 ? 'id: 5\nevent: run\ndata: 1\n\n' : 'id: 6\nevent: run\ndata: 2\n\n');
      },
      {
        event: (_, data) => {
          told.push(data);
          if (told.length === 2) {
            stream.close();
            resolve();
          }
        },
        state: state => state === 'lost' && setTimeout(() => stream.retryNow())
      }
    );
    stream.follow(['c']);
  });
  assert.deepEqual(asked, [null, '5']);
  assert.deepEqual(told, [1, 2]);
});

test('other contests mean a new connection with a new snapshot', async () => {
  const asked: string[] = [];
  await new Promise<void>(resolve => {
    const stream = new EventStream(
      async (path, init) => {
        asked.push(`${path} ${new Headers(init?.headers).get('Last-Event-ID')}`);
        if (asked.length === 2) {
          stream.close();
          resolve();
          return body('');
        }
        const waiting = new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('id: 5\ndata: 1\n\n'));
            init?.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
          }
        });
        return new Response(waiting);
      },
      { event: () => stream.follow(['a', 'b']), state: () => undefined }
    );
    stream.follow([]);
  });
  assert.deepEqual(asked, ['stream null', 'stream?contest=a&contest=b null']);
});
