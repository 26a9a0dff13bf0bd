// A line in the shop's usual shape: something is owed, and a rule offers 1 to 12 installments with interest.

const quantities = Array.from({ length: 12 }, (_, index) => ({ installments: index + 1, interest_rate: index === 0 ? 0 : 1.86 }));

export const snapshot = {
  version: 4,
  status: 'approved',
  currency: 'USD',
  credit_limit: 100000,
  tolerance: 0.05,
  tolerance_enabled: true,
  payment_term_days: 30,
  credit_used: 25000,
  credit_held: 0,
  unapplied: 0,
  due: [
    { due_date: '2026-12-24', amount: 12500 },
    { due_date: '2027-01-23', amount: 12500 },
  ],
  overdue_stop: { above: 10, grace_days: 5 },
  holds: [],
  due_dates: {
    rhythm: 'monthly',
    adjustment: 'modified_following',
    weekend: ['saturday', 'sunday'],
    holidays: ['2026-12-25', '2027-01-01', '2027-05-01', '2027-11-03'],
  },
  country: 'PA',
  rules: [
    {
      rule_id: '38426c64-fb35-412c-9900-c3fc0e812109',
      enabled: true,
      is_default: false,
      hours: [],
      merchants: [],
      minimum_amount: 0,
      minimum_installment: 0,
      quantities,
      deadlines: [],
    },
  ],
  taken_at: '2026-11-21T15:00:00Z',
  today: '2026-11-21',
  today_ends_at: '2026-11-22T05:00:00Z',
  valid_until: '2026-11-21T15:05:00Z',
};
