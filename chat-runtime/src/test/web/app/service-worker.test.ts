import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';

const SCRIPT = readFileSync(new URL('../../../main/web/public/sw.js', import.meta.url), 'utf8');
const ORIGIN = 'https://chat.example.com';
const INDEX = (release: string): string => `/static/bundle/index-${release}.js`;
const CHUNK = (release: string): string => `/static/bundle/chunk-${release}.js`;

type Answer = () => Response | Promise<Response>;

/** A browser with the service worker, and a service that the test plays. */
class Browser {
  readonly kept = new Map<string, Response>();
  service = new Map<string, Answer>();
  signals: number[] = [];
  readonly #listeners = new Map<string, (event: object) => void>();

  constructor() {
    const cache = {
      match: async (path: string) => this.kept.get(path)?.clone(),
      put: async (path: string, answer: Response) => void this.kept.set(path, new Response(await answer.text(), answer)),
      addAll: async (paths: string[]) => { for (const path of paths) await cache.put(path, await this.#fetch(path)); },
      keys: async () => [...this.kept.keys()].map(path => ({ url: ORIGIN + path, path })),
      delete: async ({ path }: { path: string }) => this.kept.delete(path),
    };
    runInContext(SCRIPT, createContext({
      URL, Response, console,
      location: { origin: ORIGIN },
      caches: { open: async () => cache },
      // The test's time does not pass by itself.
      AbortSignal: { timeout: (ms: number) => { this.signals.push(ms); return AbortSignal.abort(); } },
      fetch: (path: string, init?: RequestInit) => this.#fetch(path, init),
      self: {
        addEventListener: (type: string, listener: (event: object) => void) => this.#listeners.set(type, listener),
        clients: { claim: async () => undefined },
        skipWaiting: async () => undefined,
      },
    }));
  }

  release(name: string): void {
    this.service = new Map<string, Answer>([
      ['/', () => new Response(`<script src="${INDEX(name)}"></script>`)],
      [INDEX(name), () => new Response(`import("${CHUNK(name)}")`)],
      [CHUNK(name), () => new Response('')],
      ['/favicon.svg', () => new Response('')],
      ['/manifest.webmanifest', () => new Response('')],
      ['/config.json', () => Response.json({ version: name })],
    ]);
  }

  async install(): Promise<void> {
    let done: Promise<void> | undefined;
    this.#listeners.get('install')!({ waitUntil: (work: Promise<void>) => { done = work; } });
    await done;
  }

  /** @returns what the page gets, once the worker is done with it */
  async get(path: string, mode = 'cors'): Promise<Response> {
    let answer: Promise<Response> | undefined;
    const works: Promise<unknown>[] = [];
    this.#listeners.get('fetch')!({
      request: { method: 'GET', mode, url: ORIGIN + path },
      respondWith: (given: Promise<Response>) => { answer = given; },
      waitUntil: (work: Promise<unknown>) => works.push(work),
    });
    const given = await answer!;
    await Promise.all(works);
    return given;
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = this.service.get(path);
    if (!answer) return new Response('', { status: 404 });
    const given = answer();
    return given instanceof Response ? given : Promise.race([given, new Promise<never>((_, reject) => init.signal && reject(init.signal.reason))]);
  }
}

const never = (): Promise<Response> => new Promise(() => undefined);

async function installed(): Promise<Browser> {
  const browser = new Browser();
  browser.release('AAAAAAAA');
  await browser.install();
  return browser;
}

test('keeps the files of the release before, for a page that is still open, and none older', async () => {
  const browser = await installed();
  browser.release('BBBBBBBB');
  await browser.get('/', 'navigate');
  assert.equal((await browser.get(CHUNK('AAAAAAAA'))).status, 200);
  assert.equal((await browser.get(CHUNK('BBBBBBBB'))).status, 200);
  browser.release('CCCCCCCC');
  await browser.get('/', 'navigate');
  assert.equal((await browser.get(CHUNK('AAAAAAAA'))).status, 404);
  assert.equal((await browser.get(CHUNK('BBBBBBBB'))).status, 200);
});

test('does not forget the release before when the worker is installed again', async () => {
  const browser = await installed();
  browser.release('BBBBBBBB');
  await browser.get('/', 'navigate');
  await browser.install();
  assert.equal((await browser.get(CHUNK('AAAAAAAA'))).status, 200);
});

test('does not keep a page whose files a pod of the release before does not have', async () => {
  const browser = await installed();
  browser.release('BBBBBBBB');
  browser.service.delete(CHUNK('BBBBBBBB'));
  await browser.get('/', 'navigate');
  assert.match(await browser.kept.get('/')!.clone().text(), /AAAAAAAA/);
});

test('gives the configuration it has kept while the service refuses, does not answer, or is not there', { timeout: 10_000 }, async () => {
  const browser = await installed();
  for (const answer of [() => new Response('', { status: 503 }), never, () => Promise.reject(new TypeError('no network'))]) {
    browser.service.set('/config.json', answer);
    assert.deepEqual(await (await browser.get('/config.json')).json(), { version: 'AAAAAAAA' });
  }
});

test('gives the page it has kept where the network hardly works', { timeout: 10_000 }, async () => {
  const browser = await installed();
  browser.service.set('/', never);
  assert.match(await (await browser.get('/', 'navigate')).text(), /AAAAAAAA/);
});
