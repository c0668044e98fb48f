export * from './static/bundle/client.js';
