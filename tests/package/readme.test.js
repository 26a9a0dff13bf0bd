// The READMEs: their five lines run as somebody copies them, in Node and in a page, and their tables leave nothing out.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { complaintsOf, openChromium } from '../browser/chromium.js';
import { serveFiles } from '../browser/files.js';
import { snapshot } from './line.js';
import { freshProject } from './project.js';

const READMES = ['README.md', 'README.es.md'];

/** What the reader of the lines has already: who the customer is, a token, and a server that answers. */
const BEFORE = `
  const [customer, token] = ['cust_456', 'a token'];
  globalThis.fetch = async (address, { headers }) => {
    if (address !== '/api/v1/customers/cust_456/credit/snapshot') throw new Error(address);
    if (headers.authorization !== 'Bearer a token') throw new Error(headers.authorization);
    return Response.json(${JSON.stringify({ status: 'success', data: snapshot })});
  };
`;

let project;
let browser;
before(async () => {
  project = await freshProject('page');
  browser = await openChromium();
});
after(async () => {
  await browser?.close();
  await project?.remove();
});

const readme = (name) => readFile(project.installed(name), 'utf8');

/** The first lines of JavaScript in a README, as they stand. */
async function fiveLines(name) {
  const [, lines] = (await readme(name)).match(/```js\n(.*?)```/s);
  assert.equal(lines.split('\n').filter((line) => line !== '').length, 5);
  return lines;
}

function mustBeRight({ preview, offers }) {
  assert.equal(preview.data.verdict, 'accepted');
  assert.equal(preview.data.credit_available_after, 6250);
  assert.equal(offers.data[0].total, 1250);
}

for (const name of READMES) {
  test(`the five lines of ${name} run in Node, and answer`, async () => {
    mustBeRight(await project.run(`${BEFORE}\n${await fiveLines(name)}\nconsole.log(JSON.stringify({ preview, offers }));`));
  });

  test(`the five lines of ${name} run in a page, and answer`, async () => {
    const script = `${BEFORE}\n${await fiveLines(name)}\nglobalThis.fiadoAnswers = JSON.parse(JSON.stringify({ preview, offers }));`;
    await writeFile(join(project.folder, 'main.js'), script);
    const files = await serveFiles(project.folder);
    const page = await browser.newPage();
    const complaints = complaintsOf(page);
    await page.goto(`${files.address}/index.html`);
    const told = await page.waitForFunction(() => globalThis.fiadoAnswers);
    mustBeRight(await told.jsonValue());
    assert.deepEqual(complaints, []);
    await page.close();
    files.close();
  });

  test(`${name} names every entry, and every part and property of the element`, async () => {
    const text = await readme(name);
    const { exports } = await project.manifest();
    const entries = Object.entries(exports).filter(([, { types }]) => types !== undefined);
    for (const [entry] of entries) assert.ok(text.includes(`\`${entry.replace('.', 'fiado')}\``), entry);

    const types = project.files.filter((file) => file.endsWith('.d.ts'));
    const documented = (await Promise.all(types.map((file) => readFile(project.installed(file), 'utf8')))).join('\n');
    const names = [...documented.matchAll(/@(?:attr|fires \{.*?\}|slot|csspart|cssprop) ([\w-]+)/g)].map(([, named]) => named);
    assert.ok(names.length > 40, `${names.length} names`);
    for (const named of names) assert.ok(text.includes(`\`${named}\``), named);
  });
}
