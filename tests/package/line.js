// A line of credit as `GET /api/v1/customers/{id}/credit/snapshot` answers it: 10000.00, of which 2500.00 are owed.

export const snapshot = {
  version: 4,
  status: 'approved',
  currency: 'USD',
  credit_limit: 10000.0,
  tolerance: 0,
  tolerance_enabled: true,
  payment_term_days: 30,
  credit_used: 2500.0,
  credit_held: 0,
  credit_available: 7500.0,
  unapplied: 0,
  due: [{ due_date: '2025-12-24', amount: 2500.0 }],
  holds: [],
  due_dates: { rhythm: 'every_term', adjustment: 'none', weekend: ['saturday', 'sunday'], holidays: [] },
  country: 'PA',
  rules: [],
  taken_at: '2025-11-24T15:00:00Z',
  today: '2025-11-24',
  today_ends_at: '2025-11-25T05:00:00Z',
  valid_until: '2025-11-24T15:05:00Z',
};

/** A rule of the shop, for everybody and always: one payment, unless more is said. */
export const rule = {
  rule_id: 'rule',
  enabled: true,
  is_default: false,
  hours: [],
  merchants: [],
  minimum_amount: 0,
  minimum_installment: 0,
  quantities: [],
  deadlines: [],
};

/** In three parts at 1 % a period, and at once without interest. */
export const inThree = {
  ...rule,
  rule_id: 'three',
  quantities: [
    { installments: 1, interest_rate: 0 },
    { installments: 3, interest_rate: 1 },
  ],
};

/** After 30 days, or after 30 and 60 of which the second costs 2.5 %. */
export const byTerms = {
  ...rule,
  rule_id: 'terms',
  deadlines: [
    { terms: [{ days: 30, interest_rate: 0 }] },
    { terms: [{ days: 30, interest_rate: 0 }, { days: 60, interest_rate: 2.5 }] },
  ],
};
