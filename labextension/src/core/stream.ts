import type { Send } from './api';

export interface ServerEvent {
  id: string | null;
  event: string;
  data: string;
}

/** Cuts a `text/event-stream` into events, however its bytes are cut into chunks (WHATWG HTML, 9.2.6). */
export class EventParser {
  constructor(private readonly emit: (event: ServerEvent) => void) {}

  /** Feed decoded text. */
  push(chunk: string): void {
    this.buffer += chunk;
    // A lone CR at the very end may be the first half of CRLF: leave it for the next chunk.
    const lines = this.buffer.split(/\r\n|\n|\r(?!$)/);
    this.buffer = lines.pop() ?? '';
    lines.forEach(line => this.line(line));
  }

  private line(line: string): void {
    if (line === '') {
      if (this.data.length) {
        this.emit({ id: this.id, event: this.event || 'message', data: this.data.join('\n') });
      }
      this.event = '';
      this.data = [];
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) {
      return; // a comment keeps proxies awake
    }
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      this.data.push(value);
    } else if (field === 'event') {
      this.event = value;
    } else if (field === 'id') {
      this.id = value;
    }
  }

  private buffer = '';
  private id: string | null = null;
  private event = '';
  private data: string[] = [];
}

export type StreamState = 'connecting' | 'open' | 'lost';

export interface StreamHandlers {
  event(name: string, data: unknown): void;
  state(state: StreamState): void;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;
/** The server sends a comment every 15 s; a stream silent for longer than this is dead, whatever TCP thinks. */
const SILENCE_MS = 45_000;

/**
 * The page's one stream of server-sent events, by `fetch` (EventSource cannot send the headers a Hub wants).
 *
 * Reconnects with growing, jittered pauses and `Last-Event-ID`; `follow` changes the contests listened to.
 */
export class EventStream {
  constructor(
    private readonly send: Send,
    private readonly handlers: StreamHandlers
  ) {}

  /** Listen to these contests, too. Reconnects when the set changes; starts the stream the first time. */
  follow(contests: readonly string[]): void {
    const wanted = [...contests].sort().join('\n');
    if (this.running && wanted === this.contests) {
      return;
    }
    this.contests = wanted;
    this.lastId = null; // a new set of contests needs a new snapshot
    if (this.running) {
      this.abort?.abort();
    } else {
      this.running = true;
      void this.loop();
    }
  }

  close(): void {
    this.running = false;
    this.abort?.abort();
    this.wake?.();
  }

  /** Do not wait for the rest of a pause: the person asked to retry, or the network is back. */
  retryNow(): void {
    this.delay = FIRST_DELAY_MS;
    this.wake?.();
  }

  private async loop(): Promise<void> {
    while (this.running) {
      const contests = this.contests;
      this.handlers.state('connecting');
      try {
        await this.read(contests);
      } catch {
        // Any failure to read means the same: wait and connect again. The state below tells the page.
      }
      if (!this.running) {
        return;
      }
      if (contests !== this.contests) {
        continue; // we ended it ourselves, to listen to other contests
      }
      this.handlers.state('lost');
      await this.pause();
    }
  }

  private async read(contests: string): Promise<void> {
    const params = new URLSearchParams();
    contests
      .split('\n')
      .filter(Boolean)
      .forEach(id => params.append('contest', id));
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (this.lastId !== null) {
      headers['Last-Event-ID'] = this.lastId;
    }
    this.abort = new AbortController();
    const { abort } = this;
    const query = params.toString();
    const response = await this.send(query ? `stream?${query}` : 'stream', {
      method: 'GET',
      headers,
      cache: 'no-store',
      signal: abort.signal
    });
    if (!response.ok || !response.body) {
      const retry = Number(response.headers.get('Retry-After'));
      if (retry > 0) {
        this.delay = retry * 1000;
      }
      throw new Error(`stream: ${response.status}`);
    }
    this.handlers.state('open');
    const parser = new EventParser(({ id, event, data }) => {
      this.delay = FIRST_DELAY_MS;
      this.lastId = id ?? this.lastId;
      this.handlers.event(event, JSON.parse(data));
    });
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
      try {
        const { done, value } = await reader.read();
        if (done) {
          return;
        }
        parser.push(decoder.decode(value, { stream: true }));
      } finally {
        clearTimeout(watchdog);
      }
    }
  }

  private async pause(): Promise<void> {
    const jitter = 0.5 + Math.random();
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, this.delay * jitter);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = null;
    this.delay = Math.min(this.delay * 2, LONGEST_DELAY_MS);
  }

  private running = false;
  private contests = '';
  private lastId: string | null = null;
  private delay = FIRST_DELAY_MS;
  private abort: AbortController | null = null;
  private wake: (() => void) | null = null;
}
