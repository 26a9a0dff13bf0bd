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
  taken_at: '2025-11-24T15:00:00Z',
  today: '2025-11-24',
  today_ends_at: '2025-11-25T05:00:00Z',
  valid_until: '2025-11-24T15:05:00Z',
};
