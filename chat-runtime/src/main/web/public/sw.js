// Lets the app open without a network: its own files only, never what people say. Files with a hash in their name never change
// and come from the cache; everything else comes from the service first.

const CACHE = 'app';
const HASHED = /^\/static\/bundle\/.*-[A-Z0-9]{8}\./;
const MENTIONED = /"(\/static\/bundle\/[^"]+\.(?:js|css))"/g;
const KEPT = ['/config.json', '/favicon.svg', '/manifest.webmanifest'];
/** How long the service may take before what is kept is used: where a network hardly works, it may take minutes. */
const PATIENCE_MS = 5_000;

self.addEventListener('install', event => event.waitUntil(install()));
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', event => {
  const {request} = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (HASHED.test(url.pathname)) event.respondWith(cacheFirst(url.pathname));
  else if (request.mode === 'navigate' && url.pathname === '/') event.respondWith(page(event));
  else if (KEPT.includes(url.pathname)) event.respondWith(networkFirst(url.pathname));
});

async function install() {
  const answer = await fetch('/', {cache: 'no-cache'});
  if (!answer.ok) throw new Error(`the page was answered ${answer.status}`);
  await keep(answer);
  await (await caches.open(CACHE)).addAll(KEPT.filter(path => path !== '/config.json'));
  // The page has asked for it before anything was kept, and without it knows nobody; a service may have none.
  await networkFirst('/config.json');
  await self.skipWaiting();
}

/** Keeps a page with all the files it leads to. Those of the page before stay as well: it may be open, and no pod has them any more. */
async function keep(answer) {
  const cache = await caches.open(CACHE);
  const text = await answer.clone().text();
  const before = await (await cache.match('/'))?.text();
  const files = await filesOf(text, complete);
  await cache.put('/', answer);
  if (before === undefined || before === text) return;
  for (const path of await filesOf(before, path => cache.match(path))) files.add(path);
  for (const request of await cache.keys()) {
    const {pathname} = new URL(request.url);
    if (pathname.startsWith('/static/') && !files.has(pathname)) await cache.delete(request);
  }
}

/** The files that a page leads to, by itself and by its scripts. */
async function filesOf(text, get) {
  const files = new Set();
  const waiting = mentioned(text);
  while (waiting.length > 0) {
    const path = waiting.pop();
    if (files.has(path)) continue;
    files.add(path);
    const file = await get(path);
    if (file && path.endsWith('.js')) waiting.push(...mentioned(await file.text()));
  }
  return files;
}

/** While a release is rolled out, a pod of the one before may not have the file: a page without all of its files is not kept. */
async function complete(path) {
  const file = await cacheFirst(path);
  if (!file.ok) throw new Error(`${path} was answered ${file.status}`);
  return file;
}

function mentioned(text) {
  return [...text.matchAll(MENTIONED)].map(match => match[1]);
}

/** The service's page; one of a new release is kept with its files while it opens. */
async function page(event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match('/');
  try {
    const answer = await fetch('/', patience(kept));
    if (!answer.ok) return kept ?? answer;
    const copy = answer.clone();
    if (!kept || await kept.clone().text() !== await answer.clone().text()) event.waitUntil(keep(copy).catch(error => console.info('kept next time:', error)));
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function cacheFirst(path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path);
  if (kept) return kept;
  const answer = await fetch(path);
  if (answer.ok) await cache.put(path, answer.clone());
  return answer;
}

/** Only where there is something else to show. */
function patience(kept) {
  return kept ? {signal: AbortSignal.timeout(PATIENCE_MS)} : {};
}

async function networkFirst(path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path);
  try {
    const answer = await fetch(path, patience(kept));
    if (!answer.ok) return kept ?? answer;
    await cache.put(path, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
