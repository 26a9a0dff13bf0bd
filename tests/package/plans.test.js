// The schedules alone: every case of the corpora, by words and in numbers, and what cannot be is answered.

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

async function corpus(name) {
  return JSON.parse(await readFile(new URL(`../corpus/${name}.json`, import.meta.url), 'utf8'));
}

/** Asks for schedules by words, all in one run. */
function schedules(asked) {
  return project.run(`
    import { schedule } from 'fiado/plans';
    console.log(JSON.stringify(${JSON.stringify(asked)}.map((one) => schedule(one))));
  `);
}

/** Runs this over a list of cases and returns what it made of each. */
function onEach(cases, body) {
  return project.run(`
    import { createSchedules, dayOf, schedule } from 'fiado/plans';
    const answers = ${JSON.stringify(cases)}.map((one) => { ${body} });
    console.log(JSON.stringify(answers));
  `);
}

test('every part of the corpus comes out to the minor unit', async () => {
  const cases = await corpus('parts');
  const answers = await schedules(
    cases.map(({ currency, amount, installments, method, due, rate, tax }) => ({
      currency,
      amount,
      date: '2026-11-21',
      installments,
      interest_method: method,
      interest_rate: rate,
      interest_tax: tax,
      due,
    })),
  );
  assert.ok(cases.length > 30 && cases.some(({ part }) => part === null));
  for (const [index, { name, amount, installments, part, last, total }] of cases.entries()) {
    const { status, data, error } = answers[index];
    if (part === null) {
      assert.equal(error?.code, 'CRD-2009', name);
      continue;
    }
    assert.equal(status, 'success', name);
    const expected = Array.from({ length: installments }, (_, at) => Number(at + 1 === installments ? last : part));
    assert.deepEqual(data.parts.map((one) => one.amount), expected, name);
    assert.deepEqual([data.amount, data.total], [Number(amount), Number(total)], name);
    assert.equal(data.parts.at(-1).number, installments, name);
  }
});

/** VTEX's `interestRateMethod`, in order. */
const METHODS = ['compound', 'simple_with_tax', 'simple'];

/** The purchases that a rule could mean by an option; which of several rules it comes from is not for schedules to say. */
function purchasesOf({ options, deadlines = [] }, { quantity, paymentOptions }) {
  const days = paymentOptions?.map((term) => term.days).join();
  if (days !== undefined) {
    const terms = deadlines.find((terms) => terms.map(([days]) => days).join() === days);
    return [{ terms: terms.map(([days, interest_rate]) => ({ days, interest_rate })) }];
  }
  const offered = options?.installments.filter((one) => one.quantity === quantity) ?? [{ interestRate: 0 }];
  return offered.map(({ interestRate, interestTax }) => ({
    installments: quantity,
    interest_rate: interestRate,
    interest_tax: interestTax,
    interest_method: METHODS[options?.interestRateMethod ?? 0],
    due: options?.dueDateType === 1 ? 'beginning' : 'end',
  }));
}

test('every option of the gateway corpus has its value', async () => {
  const cases = await corpus('installments');
  const options = cases.flatMap(({ name, currency, value, rules, expected }) =>
    expected.flatMap(({ options }) =>
      options.map((option) => {
        const named = option.ruleId === undefined ? rules : [rules[Number(option.ruleId.split('-')[1]) - 1]];
        const purchases = named.flatMap((rule) => purchasesOf(rule, option));
        return { name, option, asked: purchases.map((one) => ({ ...one, currency, amount: value, date: '2026-11-21' })) };
      }),
    ),
  );
  assert.ok(options.length > 10);
  for (const { name, option, asked } of options) {
    const [{ data }, ...others] = await schedules(asked);
    assert.deepEqual(others, [], `${name}: which rule is meant?`);
    const { value, paymentOptions } = option;
    const wanted = paymentOptions?.every((term) => term.value) ? paymentOptions.map((term) => term.value) : [value];
    assert.deepEqual(data.parts.slice(0, wanted.length).map((part) => part.amount), wanted, name);
  }
});

test('every due date of the corpus is the same day', async () => {
  const cases = await corpus('due_dates');
  const answers = await schedules(
    cases.map(({ due_dates, bought, term_days, terms, due }) => ({
      currency: 'USD',
      due_dates,
      amount: 100,
      date: bought,
      ...(terms
        ? { terms: terms.map((days) => ({ days })) }
        : { installments: due.length, payment_term_days: term_days }),
    })),
  );
  assert.ok(cases.length > 20);
  for (const [index, { name, due }] of cases.entries()) {
    const { data } = answers[index];
    assert.deepEqual(data?.parts.map((part) => part.due_date), due, name);
  }
});

test('the numbers are those of the words', async () => {
  const shops = [
    { currency: 'USD' },
    { currency: 'CLP', due_dates: { rhythm: 'monthly', adjustment: 'next', holidays: ['2026-12-25', '2027-01-01'] } },
    { currency: 'PAB', due_dates: { rhythm: 'day_of_month', day: 31, adjustment: 'modified_following', weekend: ['friday'] } },
    { currency: 'MXN', due_dates: { rhythm: 'end_of_month', adjustment: 'previous', weekend: [] } },
  ];
  // Turn by turn between the shops, since the module holds one at a time.
  const [answers] = await onEach([shops], `
    const kept = one.map((shop) => [shop, createSchedules(shop)]);
    const date = '2026-11-30';
    const answers = [];
    for (const interest_method of ['compound', 'simple', 'simple_with_tax']) {
      for (const due of ['end', 'beginning']) {
        for (const installments of [1, 3, 12, 48]) {
          for (const [{ currency }, schedules] of kept) {
            const unit = currency === 'CLP' ? 1 : 100;
            const rest = { installments, payment_term_days: 15, interest_rate: 1.86, interest_tax: '12.5', interest_method, due };
            const numbers = schedules.numbers(123457, installments, dayOf(date), 15, 1_860_000, interest_method, 12_500_000, due);
            answers.push([unit, [...numbers], schedules.schedule({ amount: 123457 / unit, date, ...rest }).data]);
          }
        }
      }
    }
    return answers;
  `);
  assert.equal(answers.length, 3 * 2 * 4 * shops.length);
  for (const [unit, [count, total, interest, ...parts], words] of answers) {
    assert.deepEqual([count, total / unit, interest / unit], [words.installments, words.total, words.interest]);
    assert.deepEqual([words.amount, parts.length], [123457 / unit, 2 * count]);
    for (const { number, due_date, amount } of words.parts) {
      const [day, minor] = parts.slice(2 * number - 2);
      assert.deepEqual([new Date(day * 86_400_000).toISOString().slice(0, 10), minor / unit], [due_date, amount]);
    }
  }
});

test('terms in numbers are those of the words', async () => {
  const [[numbers, words]] = await onEach([null], `
    const schedules = createSchedules({ currency: 'USD', due_dates: { adjustment: 'next' } });
    const terms = [{ days: 60, interest_rate: 2.5 }, { days: 30 }];
    return [
      [...schedules.numbersByTerms(10_001, dayOf('2026-11-21'), [60, 2_500_000, 30, 0])],
      schedules.schedule({ amount: '100.01', date: '2026-11-21', terms }).data,
    ];
  `);
  assert.deepEqual(numbers, [2, 10_126, 125, 20_808, 5_000, 20_838, 5_126]);
  assert.deepEqual(words, {
    installments: 2,
    amount: 100.01,
    total: 101.26,
    interest: 1.25,
    currency: 'USD',
    parts: [
      { number: 1, due_date: '2026-12-21', amount: 50 },
      { number: 2, due_date: '2027-01-20', amount: 51.26 },
    ],
  });
});

test('numbers that cannot be are told by the first, and nothing is rounded', async () => {
  const [answers] = await onEach([null], `
    const schedules = createSchedules({ currency: 'USD' });
    const pesos = createSchedules({ currency: 'CLP' });
    const day = dayOf('2026-11-21');
    const equal = [
      [0, 1, day], [-1, 1, day], [1.5, 1, day], [NaN, 1, day], [1e15, 1, day],
      [1, 0, day], [1, 49, day], [1, 1.5, day], [1, 2 ** 32 + 1, day],
      [1, 1, -719163], [1, 1, 2932897], [1, 1, 0.5], [1, 1, undefined],
      [1, 1, day, 0], [1, 1, day, 366], [1, 1, day, 30.5],
      [1, 1, day, 30, -1], [1, 1, day, 30, 1e10 + 1], [1, 1, day, 30, 0.5],
      [1, 1, day, 30, 1, 'french'], [1, 1, day, 30, 1, 'simple_with_tax', -1], [1, 1, day, 30, 1, 'simple', 0, 'middle'],
      [11, 12, day], [1e15 - 1, 1, day, 30, 10_000_000],
    ];
    const terms = [[], [30], [30, 0, 60], [3651, 0], [30, -1], [0.5, 0], new Array(98).fill(1)];
    return [
      ...equal.map((asked) => [...schedules.numbers(...asked)]),
      ...terms.map((terms) => [...schedules.numbersByTerms(100, day, terms)]),
      [...pesos.numbers(1e13, 1, day)],
      [...createSchedules({ currency: 'XXX' }).numbers(1, 1, day)],
    ];
  `);
  const told = answers.map(([first, ...rest]) => (assert.deepEqual(rest, []), first));
  assert.deepEqual(told, [
    ...Array(5).fill(-8),
    ...Array(4).fill(-9),
    ...Array(4).fill(-10),
    ...Array(3).fill(-11),
    ...Array(3).fill(-12),
    ...[-13, -14, -15, -17, -18],
    ...Array(7).fill(-16),
    ...[-8, -1],
  ]);
});

test('the edges that are read are the core\'s', async () => {
  const [answers] = await onEach([null], `
    const schedules = createSchedules({ currency: 'USD' });
    const dates = ['0001-01-01', '9999-12-31'];
    return [
      ...dates.map((date) => schedules.schedule({ amount: 1, date }).status),
      ...[1, 48].map((installments) => schedules.schedule({ amount: 1, date: dates[0], installments }).status),
      ...[1, 365].map((payment_term_days) => schedules.schedule({ amount: 1, date: dates[0], payment_term_days }).status),
      ...[0, '0.000001', 10_000].map((interest_rate) => schedules.schedule({ amount: 1, date: dates[0], interest_rate }).status),
      ...[0, 3_650].map((days) => schedules.schedule({ amount: 1, date: dates[0], terms: [{ days }] }).status),
      ...['0.01', '9999999999999.99', 9999999999999.99, '1e3', '1.2300e2', '00012.50'].map((amount) => schedules.schedule({ amount, date: dates[0] }).data.amount),
    ];
  `);
  assert.deepEqual(answers.slice(0, 11), Array(11).fill('success'));
  assert.deepEqual(answers.slice(11), [0.01, 9999999999999.99, 9999999999999.99, 1000, 123, 12.5]);
});

test('every wrong field is named, with the server\'s codes', async () => {
  const good = { currency: 'USD', amount: 1, date: '2026-11-21' };
  const wrong = [
    [{}, ['currency MISSING', 'amount MISSING', 'date MISSING']],
    [null, ['currency MISSING', 'amount MISSING', 'date MISSING']],
    [{ ...good, currency: 'usd' }, ['currency NOT_ONE_OF']],
    [{ ...good, amount: 0 }, ['amount ZERO']],
    [{ ...good, amount: '-0.01' }, ['amount NEGATIVE']],
    [{ ...good, amount: 1.005 }, ['amount TOO_MANY_DECIMALS']],
    [{ ...good, amount: '1e-3' }, ['amount TOO_MANY_DECIMALS']],
    [{ ...good, amount: 1e13 }, ['amount TOO_LARGE']],
    [{ ...good, amount: '1e400' }, ['amount TOO_LARGE']],
    [{ ...good, amount: '12,5' }, ['amount NOT_A_NUMBER']],
    [{ ...good, amount: NaN }, ['amount NOT_A_NUMBER']],
    [{ ...good, amount: true }, ['amount WRONG_TYPE']],
    [{ ...good, currency: 'CLP', amount: 0.5 }, ['amount TOO_MANY_DECIMALS']],
    [{ ...good, currency: 'CLP', amount: 1e13 }, ['amount TOO_LARGE']],
    [{ ...good, date: '2026-02-29' }, ['date NOT_A_DATE']],
    [{ ...good, date: '2026-2-1' }, ['date NOT_A_DATE']],
    [{ ...good, date: 20778 }, ['date WRONG_TYPE']],
    [{ ...good, installments: '3' }, ['installments WRONG_TYPE']],
    [{ ...good, installments: 0, payment_term_days: 366 }, ['installments TOO_SMALL', 'payment_term_days TOO_LARGE']],
    [{ ...good, interest_rate: 10_001, interest_tax: '0.0000001' }, ['interest_rate TOO_LARGE', 'interest_tax TOO_MANY_DECIMALS']],
    [{ ...good, interest_method: 'french', due: 'middle' }, ['interest_method NOT_ONE_OF', 'due NOT_ONE_OF']],
    [{ ...good, instalments: 3 }, ['instalments UNKNOWN_FIELD']],
    [{ ...good, installments: 2, terms: [{ days: 1 }] }, ['installments UNKNOWN_FIELD']],
    [{ ...good, terms: [] }, ['terms EMPTY']],
    [{ ...good, terms: 30 }, ['terms WRONG_TYPE', 'terms EMPTY']],
    [{ ...good, terms: [30, { days: 3_651, rate: 1 }] }, ['terms[0] WRONG_TYPE', 'terms[0].days MISSING', 'terms[1].rate UNKNOWN_FIELD', 'terms[1].days TOO_LARGE']],
    [{ ...good, due_dates: [] }, ['due_dates WRONG_TYPE']],
    [{ ...good, due_dates: { rhythm: 'weekly' } }, ['due_dates.rhythm NOT_ONE_OF']],
    [{ ...good, due_dates: { rhythm: 'day_of_month' } }, ['due_dates.day MISSING']],
    [{ ...good, due_dates: { weekend: ['saturday', 'domingo'] } }, ['due_dates.weekend[1] NOT_ONE_OF']],
    [{ ...good, due_dates: { holidays: ['2026-12-25', '2026-12-32'] } }, ['due_dates.holidays[1] NOT_A_DATE']],
    [{ ...good, due_dates: { holidays: Array(1_001).fill('2026-12-25') } }, ['due_dates.holidays TOO_LARGE']],
    [{ ...good, due_dates: { weekend: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] } }, ['due_dates.weekend TOO_LARGE']],
  ];
  // A number that JSON does not know is written as JavaScript does.
  const answers = await project.run(`
    import { schedule } from 'fiado/plans';
    const asked = [${wrong.map(([asked]) => JSON.stringify(asked, (_, value) => (Number.isNaN(value) ? 'not a number' : value)).replaceAll('"not a number"', 'NaN'))}];
    console.log(JSON.stringify(asked.map((one) => schedule(one))));
  `);
  for (const [index, [asked, expected]] of wrong.entries()) {
    const { status, error } = answers[index];
    assert.deepEqual([status, error?.code], ['error', 'CRD-1001'], JSON.stringify(asked));
    assert.deepEqual(error.details.fields.map(({ field, code }) => `${field} ${code}`), expected, JSON.stringify(asked));
  }
});

test('a refusal is a sentence in both languages, with its figures', async () => {
  const small = { currency: 'USD', amount: 0.05, date: '2026-11-21', installments: 12 };
  const large = { currency: 'CLP', amount: 9_999_999_999_999, date: '2026-11-21', interest_rate: 1 };
  const [spanish, english, tooLarge, wrong] = await schedules([
    small,
    { ...small, language: 'en' },
    { ...large, language: 'en' },
    { ...small, amount: 'x', date: 'x', language: 'en' },
  ]);
  assert.deepEqual(spanish.error.details, { amount: 0.05, installments: 12, most_installments: 5 });
  assert.match(spanish.error.message, /^El importe 0\.05 USD no alcanza para 12 cuotas/);
  assert.match(english.error.message, /^The amount 0\.05 USD is too small for 12 installments/);
  const [[text, own]] = await onEach([small], 'const { error } = schedule(one); return [error.text, error.message];');
  assert.deepEqual([text, own], [{ es: spanish.error.message, en: english.error.message }, spanish.error.message]);
  assert.deepEqual([tooLarge.error.code, tooLarge.error.details], ['CRD-2014', { largest: 9_999_999_999_999 }]);
  assert.match(tooLarge.error.message, /9999999999999 CLP/);
  assert.equal(
    wrong.error.message,
    'The request is not valid: amount is not a number; write it like 5000.00; also wrong: date. Correct it and send again; nothing was recorded.',
  );
});

test('its codes and sentences are the engine\'s', async () => {
  const carts = [{}, { amount: 0 }, { amount: -1 }, { amount: 1.005 }, { amount: 'x' }, { amount: true }, { amount: 1e13 },
    { amount: 1, installments: 0 }, { amount: 1, installments: 49 }, { amount: 1, installments: 1.5 },
    { amount: 1, date: 5 }, { amount: 1, date: '2026-02-29' }, { amount: 'x', date: 'x', installments: 'x' }];
  const pairs = await project.run(`
    import { preview } from 'fiado';
    import { schedule } from 'fiado/plans';
    const snapshot = ${JSON.stringify(snapshot)};
    const answers = [];
    for (const language of ['es', 'en']) {
      for (const cart of ${JSON.stringify(carts)}) {
        const date = '2025-11-24';
        answers.push([preview(snapshot, { date, ...cart, language }), schedule({ currency: 'USD', date, ...cart, language })]);
      }
    }
    console.log(JSON.stringify(answers));
  `);
  /** A cart's field has another path, and fields are named in another order. */
  const told = ({ error }) => error.details.fields.map(({ field, ...rest }) => [field.replace('cart.', ''), rest]).sort();
  assert.equal(pairs.length, 2 * carts.length);
  for (const [engine, plans] of pairs) {
    assert.deepEqual(told(plans), told(engine));
    assert.deepEqual([plans.error.code, plans.error.type], [engine.error.code, engine.error.type]);
  }
});
