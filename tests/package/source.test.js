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
