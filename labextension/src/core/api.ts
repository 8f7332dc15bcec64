import type { INotebookContent } from '@jupyterlab/nbformat';

import type {
  Contest,
  Health,
  Language,
  Leaderboard,
  Me,
  Page,
  Problem,
  ProblemPage,
  Submission
} from './types';

/** Sends a request to an address under the API's base and gives the raw answer. */
export type Send = (path: string, init?: RequestInit) => Promise<Response>;

/** An answer that says no: `message` is the problem details' one line, which says what to do. */
export class APIError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly retryAfterS: number | null
  ) {
    super(message);
  }

  static async from(response: Response): Promise<APIError> {
    let detail = `${response.status} ${response.statusText}`;
    try {
      const body = await response.json();
      detail = body.detail || body.message || body.title || detail;
    } catch {
      // Not JSON: a proxy answered. Its status line is all there is to tell.
    }
    const retry = Number(response.headers.get('Retry-After'));
    return new APIError(detail, response.status, retry > 0 ? retry : null);
  }
}

export interface ProblemQuery {
  q: string;
  difficulty: string[];
  tag: string[];
  status: string[];
  contest: string | null;
  sort: string;
}

/** Typed calls of docs/api.md. Every method rejects with `APIError`, or `TypeError` when nobody answers. */
export class API {
  constructor(readonly send: Send) {}

  health(): Promise<Health> {
    return this.get('health');
  }

  me(): Promise<Me> {
    return this.get('me');
  }

  async languages(): Promise<Language[]> {
    return (await this.get<{ items: Language[] }>('languages')).items;
  }

  problems(query: ProblemQuery, page: number, limit: number, signal?: AbortSignal): Promise<ProblemPage> {
    const params = new URLSearchParams({ sort: query.sort, page: String(page), limit: String(limit) });
    if (query.q.trim()) {
      params.set('q', query.q.trim());
    }
    if (query.contest) {
      params.set('contest', query.contest);
    }
    for (const key of ['difficulty', 'tag', 'status'] as const) {
      query[key].forEach(value => params.append(key, value));
    }
    return this.get(`problems?${params}`, signal);
  }

  problem(id: string): Promise<Problem> {
    return this.get(`problems/${encodeURIComponent(id)}`);
  }

  notebook(id: string, options: { language?: string; contest?: string | null }): Promise<INotebookContent> {
    const params = new URLSearchParams();
    if (options.language) {
      params.set('language', options.language);
    }
    if (options.contest) {
      params.set('contest', options.contest);
    }
    return this.get(`problems/${encodeURIComponent(id)}/notebook?${params}`);
  }

  /** A file of the problem's statement: a picture, or `statement.pdf`. */
  async file(id: string, name: string): Promise<Blob> {
    const response = await this.send(`problems/${encodeURIComponent(id)}/files/${encodeURIComponent(name)}`, {
      method: 'GET'
    });
    if (!response.ok) {
      throw await APIError.from(response);
    }
    return response.blob();
  }

  /** `archive`: a ZIP file of answers in base64, in place of the source. */
  submit(
    body: { problem: string; language: string; source?: string; archive?: string; contest: string | null },
    key: string
  ): Promise<Submission> {
    return this.post('submissions', body, { 'Idempotency-Key': key });
  }

  run(
    body: { problem: string; language: string; source?: string; input: string | null },
    key: string
  ): Promise<Submission> {
    return this.post('runs', body, { 'Idempotency-Key': key });
  }

  submissions(filters: Record<string, string>, page: number, limit: number): Promise<Page<Submission>> {
    const params = new URLSearchParams({ page: String(page), limit: String(limit) });
    Object.entries(filters).forEach(([key, value]) => value && params.set(key, value));
    return this.get(`submissions?${params}`);
  }

  submission(id: string): Promise<Submission> {
    return this.get(`submissions/${encodeURIComponent(id)}`);
  }

  source(id: string): Promise<{ language: string; source: string }> {
    return this.get(`submissions/${encodeURIComponent(id)}/source`);
  }

  async contests(): Promise<Contest[]> {
    return (await this.get<{ items: Contest[] }>('contests')).items;
  }

  contest(id: string): Promise<Contest> {
    return this.get(`contests/${encodeURIComponent(id)}`);
  }

  register(id: string): Promise<unknown> {
    return this.post(`contests/${encodeURIComponent(id)}/registration`, {});
  }

  leaderboard(id: string, page = 1, limit = 100): Promise<Leaderboard> {
    return this.get(`contests/${encodeURIComponent(id)}/leaderboard?page=${page}&limit=${limit}`);
  }

  private async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.answer(await this.send(path, { method: 'GET', signal }));
  }

  private async post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.answer(
      await this.send(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', ...headers }
      })
    );
  }

  private async answer<T>(response: Response): Promise<T> {
    if (!response.ok) {
      throw await APIError.from(response);
    }
    return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  }
}

/**
 * The API's base address, absolute and with a slash at its end: what the server told the page (`ojBaseUrl`, an address or a path on
 * the same host), else this very Jupyter server.
 */
export function apiBase(baseUrl: string, configured: string): string {
  const server = new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`, location.href);
  const base = new URL(configured || 'oj/api/v1/', server).href;
  return base.endsWith('/') ? base : `${base}/`;
}
