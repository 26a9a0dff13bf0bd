// The five lines of the package's README, as somebody copies them.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { snapshot } from './line.js';
import { freshProject } from './project.js';

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

test('they run, and answer', async () => {
  const readme = await readFile(project.installed('README.md'), 'utf8');
  const [, lines] = readme.match(/```js\n(.*?)```/s);
  const { preview, offers } = await project.run(`
    const [customer, token] = ['cust_456', 'a token'];
    globalThis.fetch = async () => Response.json(${JSON.stringify({ status: 'success', data: snapshot })});
    ${lines}
    console.log(JSON.stringify({ preview, offers }));
  `);
  assert.equal(preview.data.verdict, 'accepted');
  assert.equal(offers.data[0].total, 1250);
});
