// Lets the app open without a network: its own files only, never what people say. Files with a hash in their name never change
// and come from the cache; everything else comes from the service first.

const CACHE = 'app';
const HASHED = /^\/static\/bundle\/.*-[A-Z0-9]{8}\./;
const MENTIONED = /"(\/static\/bundle\/[^"]+\.(?:js|css))"/g;
const KEPT = ['/config.json', '/favicon.svg', '/manifest.webmanifest'];

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
  await keep(await fetch('/', {cache: 'no-cache'}));
  await (await caches.open(CACHE)).addAll(KEPT.filter(path => path !== '/config.json'));
  // The page has asked for it before anything was kept, and without it knows nobody; a service may have none.
  await networkFirst('/config.json');
  await self.skipWaiting();
}

/** Keeps a page with all the files it leads to, and forgets those of the page before. */
async function keep(answer) {
  const cache = await caches.open(CACHE);
  const files = new Set();
  const waiting = mentioned(await answer.clone().text());
  while (waiting.length > 0) {
    const path = waiting.pop();
    if (files.has(path)) continue;
    files.add(path);
    const file = await cacheFirst(path);
    if (path.endsWith('.js')) waiting.push(...mentioned(await file.text()));
  }
  await cache.put('/', answer);
  for (const request of await cache.keys()) {
    const {pathname} = new URL(request.url);
    if (pathname.startsWith('/static/') && !files.has(pathname)) await cache.delete(request);
  }
}

function mentioned(text) {
  return [...text.matchAll(MENTIONED)].map(match => match[1]);
}

/** The service's page; one of a new release is kept with its files while it opens. */
async function page(event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match('/');
  try {
    const answer = await fetch('/');
    if (!answer.ok) return kept ?? answer;
    const copy = answer.clone();
    if (!kept || await kept.clone().text() !== await answer.clone().text()) event.waitUntil(keep(copy));
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

async function networkFirst(path) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(path);
    if (answer.ok) await cache.put(path, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(path);
    if (kept) return kept;
    throw error;
  }
}
