// What is measured of the package, the same in Node and in a page: it is handed over as text, so it needs nothing
// from outside itself.

/**
 * @param {typeof import('../../../pkg/dist/index.js')} fiado
 * @param {import('../../../pkg/dist/index.js').Snapshot} snapshot
 * @param {{batches: number, calls: number}} size
 */
export function measure({ Line, createCredit, preview }, snapshot, { batches, calls }) {
  const line = new Line(snapshot);
  const credit = createCredit({ snapshot });
  // Another amount each time, as when somebody types.
  const amount = (/** @type {number} */ turn) => 100_000 + 7 * (turn % 1_000);
  const now = Date.parse(snapshot.taken_at);

  const everything = (/** @type {any} */ seen) => {
    for (const plan of seen.plans) if (plan.plan_hash.length === 0) throw new Error('a plan has no hash');
    return [seen.reasons, seen.installments, seen.would_pass];
  };
  const asked = {
    flat: (/** @type {number} */ turn) => line.preview(amount(turn), now),
    plans: (/** @type {number} */ turn) => credit.preview({ amount: amount(turn) / 100 }).data.plans,
    everything: (/** @type {number} */ turn) => everything(credit.preview({ amount: amount(turn) / 100 }).data),
    wide: (/** @type {number} */ turn) => preview(snapshot, { amount: amount(turn) / 100 }).data.plans,
  };

  const numbers = line.preview(amount(0), now);
  const [plans, parts] = [numbers[7], (numbers.length - 8 - 5 * numbers[7]) / 2];
  if (numbers[0] !== 1 || plans !== 12 || parts !== 78) throw new Error(`${plans} plans with ${parts} parts`);

  /** Microseconds of one call, of each batch. */
  const time = (/** @type {(turn: number) => unknown} */ ask) => {
    const times = [];
    for (let batch = -3; batch < batches; batch += 1) {
      const begun = performance.now();
      for (let turn = 0; turn < calls; turn += 1) ask(batch + turn);
      // The first few are for the compiler.
      if (batch >= 0) times.push((1_000 * (performance.now() - begun)) / calls);
    }
    return times.sort((left, right) => left - right);
  };
  const percentile = (/** @type {number[]} */ times, /** @type {number} */ percent) =>
    Math.round(100 * times[Math.ceil((times.length * percent) / 100) - 1]) / 100;
  return Object.entries(asked).map(([what, ask]) => {
    const times = time(ask);
    return { what, median_us: percentile(times, 50), p95_us: percentile(times, 95), worst_us: percentile(times, 100) };
  });
}
