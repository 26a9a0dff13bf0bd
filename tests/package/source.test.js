// A line of credit that fetches its own snapshot, and tells whoever listens.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { snapshot } from './line.js';
import { freshProject } from './project.js';

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

/** Runs this with `createCredit` and two snapshots at hand, and returns what it logs. */
function run(body) {
  return project.run(`
    import { createCredit } from 'fiado';
    const first = ${JSON.stringify(snapshot)};
    const second = { ...first, version: first.version + 1, credit_used: 5000 };
    ${body}
  `);
}

test('until its snapshot is there a line says so, and then it answers', async () => {
  const { pending, told, then } = await run(`
    const credit = createCredit({ fetch: async () => first });
    const pending = [credit.preview({ amount: 1, language: 'en' }), credit.plans(1), credit.availability(), credit.snapshot ?? null];
    const told = await new Promise((resolve) => credit.subscribe(resolve));
    console.log(JSON.stringify({ pending, told, then: credit.preview({ amount: 1 }) }));
    process.exit();
  `);
  assert.deepEqual(pending.slice(0, 3).map(({ error }) => error.code), Array(3).fill('CLI-0005'));
  assert.equal(pending[0].error.message, "The credit's figures have not come yet.");
  assert.equal(pending[3], null);
  assert.deepEqual(told, { status: 'success', data: snapshot });
  assert.equal(then.data.verdict, 'accepted');
});

test('a source may answer as the client does, refuse, or fail', async () => {
  const { refreshed, refused, failed, kept } = await run(`
    const answers = [{ status: 'success', data: first }, { status: 'error', error: { code: 'CRD-2001', type: 'NOT_FOUND', message: 'no', details: {} } }];
    const credit = createCredit({ fetch: async () => answers.shift() ?? Promise.reject(new Error('offline')) });
    const refreshed = await credit.refresh();
    const refused = await credit.refresh();
    const failed = await credit.refresh();
    console.log(JSON.stringify({ refreshed, refused, failed, kept: credit.availability() }));
  `);
  assert.equal(refreshed.status, 'success');
  assert.equal(refused.error.code, 'CRD-2001');
  assert.deepEqual([failed.error.code, failed.error.details.cause], ['CLI-0006', 'Error: offline']);
  assert.equal(kept.data.version, snapshot.version);
});

test('who has failed from the start says why, and asks once for all who wait', async () => {
  const { codes, times } = await run(`
    let times = 0;
    const credit = createCredit({ fetch: async () => { times += 1; throw new Error('offline'); } });
    const [one, other] = await Promise.all([credit.refresh(), credit.refresh()]);
    const codes = [one, other, credit.preview({ amount: 1 }), await credit.validateRequest({})].map(({ error }) => error.code);
    console.log(JSON.stringify({ codes, times }));
  `);
  assert.deepEqual([codes, times], [Array(4).fill('CLI-0006'), 1]);
});

test('a newer snapshot is told to whoever listens, and a preview of before stays what it was', async () => {
  const { versions, before, after, none } = await run(`
    const credit = createCredit({ snapshot: first });
    const versions = [];
    const end = credit.subscribe(({ data }) => versions.push(data.version));
    const before = credit.preview({ amount: 7500, installments: 3 });
    credit.update(second);
    end();
    credit.update(first);
    credit.update(second);
    const after = credit.preview({ amount: 7500, installments: 3 });
    console.log(JSON.stringify({ versions, before, after, none: await credit.refresh() }));
  `);
  assert.deepEqual(versions, [snapshot.version + 1]);
  assert.deepEqual([before.data.verdict, before.data.installments.length], ['accepted', 3]);
  assert.deepEqual([after.data.verdict, after.data.reasons[0].code], ['refused', 'CRD-2003']);
  assert.equal(none.error.code, 'CLI-0007');
});

test('a snapshot whose time has come is fetched again as long as somebody listens, and nobody waits for it', async () => {
  const { told, times } = await run(`
    const soon = () => ({ ...first, valid_until: new Date(Date.now() + 50).toISOString() });
    let times = 0;
    const credit = createCredit({ snapshot: soon(), fetch: async () => { times += 1; return { ...second, valid_until: '2999-01-01T00:00:00Z' }; } });
    const told = await new Promise((resolve) => {
      credit.subscribe(resolve);
      // The timer of the line alone would not keep the process.
      setTimeout(resolve, 5_000).ref();
    });
    const other = createCredit({ snapshot: soon(), fetch: async () => { times += 10; return second; } });
    other.subscribe(() => undefined)();
    await new Promise((resolve) => setTimeout(resolve, 100));
    console.log(JSON.stringify({ told, times }));
    process.exit();
  `);
  assert.equal(told.data.version, snapshot.version + 1);
  assert.equal(times, 1);
});

test('every reason is told in both languages', async () => {
  const [reason, text, sameShape] = await run(`
    const credit = createCredit({ snapshot: second });
    const { reasons } = credit.preview({ amount: 9000, language: 'en' }).data;
    credit.preview({ amount: 1 });
    console.log(JSON.stringify([reasons[0], reasons[0].text, Object.keys(reasons[0])]));
  `);
  assert.equal(text.en, reason.message);
  assert.match(text.es, /^Cliente no tiene crédito disponible: pidió 9000\.00 USD/);
  assert.deepEqual(sameShape, ['code', 'type', 'message', 'details']);
});

test('what was fetched before a newer snapshot came does not take its place', async () => {
  const { version, told } = await run(`
    let answer;
    const credit = createCredit({ snapshot: first, fetch: () => new Promise((resolve) => (answer = resolve)) });
    const fetched = credit.refresh();
    credit.update(second);
    answer(first);
    console.log(JSON.stringify({ told: (await fetched).data.version, version: credit.availability().data.version }));
  `);
  assert.deepEqual([told, version], [snapshot.version + 1, snapshot.version + 1]);
});

test('whoever asks for a newer one while one is on its way gets one that was sent later', async () => {
  const { versions, times } = await run(`
    let times = 0;
    const credit = createCredit({ fetch: async () => ({ ...first, version: first.version + (times += 1) }) });
    await null;
    const answers = await Promise.all([credit.refresh(), credit.refresh()]);
    console.log(JSON.stringify({ versions: answers.map(({ data }) => data.version - first.version), times }));
  `);
  assert.deepEqual([versions, times], [[2, 2], 2]);
});

test('what cannot be read is told, and what was there stays', async () => {
  const { answer, told, version } = await run(`
    const credit = createCredit({ snapshot: first, fetch: async () => ({ message: 'a page of something else' }) });
    const told = [];
    credit.subscribe(({ status }) => told.push(status));
    const answer = await credit.refresh();
    credit.end();
    console.log(JSON.stringify({ answer, told, version: credit.snapshot.version }));
  `);
  assert.deepEqual([answer.error.code, told, version], ['CRD-1001', ['error'], snapshot.version]);
});

test('a listener that throws keeps nobody else from being told', async () => {
  const { told } = await run(`
    process.on('uncaughtException', () => undefined);
    const credit = createCredit({ snapshot: first });
    const told = [];
    const listener = ({ data }) => told.push(data.version);
    credit.subscribe(() => { throw new Error('of the page'); });
    const ends = [credit.subscribe(listener), credit.subscribe(listener)];
    credit.update(second);
    ends[0]();
    credit.update(second);
    console.log(JSON.stringify({ told: told.length }));
  `);
  assert.equal(told, 3);
});

test('what was told stays in both languages after the line has gone on, and after its end', async () => {
  const [expired, after] = await run(`
    const credit = createCredit({ snapshot: first });
    const { error } = credit.availability(Date.parse(first.valid_until));
    credit.update(second);
    credit.end();
    console.log(JSON.stringify([error.text, credit.availability().data.credit_used]));
  `);
  assert.match(expired.es, /^Los datos del crédito/);
  assert.match(expired.en, /^The credit's figures/);
  assert.equal(after, 5000);
});

test('a body is not checked without a snapshot, and why is said in the language that is asked for', async () => {
  const codes = await run(`
    const none = await createCredit({}).validateRequest({});
    const pending = await createCredit({ fetch: () => new Promise(() => undefined) }).validateRequest({}, 'use', 'en');
    console.log(JSON.stringify([none.error.code, pending.error.code, pending.error.message]));
    process.exit();
  `);
  assert.deepEqual(codes, ['CRD-1001', 'CLI-0005', "The credit's figures have not come yet."]);
});
