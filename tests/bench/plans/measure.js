// What is measured of the schedules, the same in Node and in a page: this package and decimal.js side by side.

import { createSchedules, dayOf } from '../../../pkg/dist/plans.js';
import * as decimal from './decimal.js';

const [DATE, INSTALLMENTS, RATE] = ['2026-11-30', 12, 1.86];
const [DAY, MILLIONTHS] = [dayOf(DATE), RATE * 1_000_000];

const schedules = createSchedules({ currency: 'USD', due_dates: { rhythm: 'monthly' } });

/** Another amount each time, as when somebody types. */
const minor = (turn) => 100_000 + 7 * (turn % 1_000);
const purchase = (turn) => ({ amount: minor(turn) / 100, date: DATE, installments: INSTALLMENTS, interest_rate: RATE });

const ASKED = {
  numbers: {
    fiado: (turn) => schedules.numbers(minor(turn), INSTALLMENTS, DAY, 30, MILLIONTHS),
    decimal: (turn) => decimal.numbers(minor(turn), INSTALLMENTS, DAY, MILLIONTHS),
  },
  objects: {
    fiado: (turn) => schedules.schedule(purchase(turn)).data,
    decimal: (turn) => ({ ...decimal.schedule(purchase(turn)), currency: 'USD' }),
  },
};

/** Each amount has the same figures and the same days in both, or nothing is measured. */
function compare() {
  for (const [what, { fiado, decimal }] of Object.entries(ASKED)) {
    for (let turn = 0; turn < 1_000; turn += 1) {
      const [ours, theirs] = [fiado(turn), decimal(turn)].map(canonical);
      if (ours !== theirs) throw new Error(`${what} of ${minor(turn)}:\n${ours}\n${theirs}`);
    }
  }
}

/** The same text for the same answer, in whatever order its fields are. */
function canonical(answer) {
  if (answer instanceof Float64Array) return [...answer].join();
  return JSON.stringify(Object.entries(answer).sort());
}

/** Microseconds of one call, of each batch; the two take turns, so that both meet the same machine. */
function times({ fiado, decimal }, { batches, calls }) {
  const taken = { fiado: [], decimal: [] };
  for (let batch = -3; batch < batches; batch += 1) {
    for (const [who, ask] of [['fiado', fiado], ['decimal', decimal]]) {
      const begun = performance.now();
      for (let turn = 0; turn < calls; turn += 1) ask(batch + turn + 3);
      // The first few are for the compiler.
      if (batch >= 0) taken[who].push((1_000 * (performance.now() - begun)) / calls);
    }
  }
  return taken;
}

function figures(times) {
  const sorted = times.sort((left, right) => left - right);
  const percentile = (percent) => hundredths(sorted[Math.ceil((sorted.length * percent) / 100) - 1]);
  return { median_us: percentile(50), p95_us: percentile(95) };
}

function hundredths(number) {
  return Math.round(100 * number) / 100;
}

/** @param {{batches: number, calls: number}} size */
export function measure(size) {
  compare();
  return Object.entries(ASKED).map(([what, asked]) => {
    const taken = times(asked, size);
    const [fiado, decimal] = [figures(taken.fiado), figures(taken.decimal)];
    return { what, fiado, decimal, times_as_fast: hundredths(decimal.median_us / fiado.median_us) };
  });
}
