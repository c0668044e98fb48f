import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const APP = 'src/main/web/app';

test('has a model that knows nothing of how it is shown', () => {
  const files = globSync(`${APP}/{model,i18n}/*.ts`);
  assert.ok(files.length > 0);
  assert.deepEqual(files.filter(file => /from '[^']*\/view\//.test(readFileSync(file, 'utf8'))), []);
});
