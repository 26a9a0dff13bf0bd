// Money and days as people of each country write them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { freshProject } from './project.js';

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

/** Spaces that do not break are shown as spaces. */
const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('money is written as in each country, with the decimals that the currency has, and days without a time zone', async () => {
  const cases = [
    ['es-PA', 'USD', 2, '1250.5', '$1,250.50'],
    ['es-MX', 'MXN', 2, 1250.5, '$1,250.50'],
    ['es-CO', 'COP', 2, '1250.50', '$ 1.250,50'],
    ['es-CL', 'CLP', 0, 1250, '$1.250'],
    ['es-AR', 'ARS', 2, '12345.6', '$ 12.345,60'],
    ['es-PE', 'PEN', 2, 1250.5, 'S/ 1,250.50'],
    ['en-US', 'USD', 2, '9999999999999.99', '$9,999,999,999,999.99'],
  ];
  const told = await project.run(`
    import { Format } from 'fiado';
    const told = ${JSON.stringify(cases)}.map(([locale, currency, decimals, amount]) => {
      const format = new Format(locale, { currency, decimals });
      return [format.money(amount), format.day('2025-12-24')];
    });
    console.log(JSON.stringify(told));
  `);
  assert.deepEqual(told.map(([money]) => plain(money)), cases.map(([, , , , money]) => money));
  // How a day is written changes with the tables of each country; which day it is does not.
  for (const [, day] of told) assert.match(day, /24.*2025/);
});

test('a locale is the one that is named in the language of the texts', async () => {
  const told = await project.run(`
    import { localeOf } from 'fiado';
    console.log(JSON.stringify([localeOf('es-CL', 'es'), localeOf('es-CL', 'en'), localeOf('?', 'es'), localeOf('pt-BR', 'es')]));
  `);
  assert.deepEqual(told, ['es-CL', 'en-CL', 'es-PA', 'es-BR']);
});
