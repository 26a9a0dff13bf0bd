// Companies that ask a shop for credit, and the people who decide.

import assert from 'node:assert/strict';

/** All that somebody who approves may need. */
export const APPROVER = ['credit:approve', 'credit:manage', 'credit:payment', 'credit:read'];

/** A token of somebody who may do all that the console offers. */
export function approver(server, name = 'user_manager', ...more) {
  return server.token(name, APPROVER, ...more);
}

/** A company asks for a line; what it says of itself can be given. */
export async function applies(
  server,
  customer,
  {
    limit = 10000,
    term = 30,
    name = 'Ferretería El Istmo',
    taxId = 'RUC-789-012',
    years = 7,
    by = 'user_sales',
    organization = 'org_default',
  } = {},
) {
  const token = await server.token(by, ['credit:request'], '--organization', organization);
  const body = {
    requested_limit: limit,
    payment_term_days: term,
    business_info: { business_name: name, tax_id: taxId, years_in_business: years },
  };
  const { status, body: answer } = await server.ask(
    'POST',
    `/api/v1/customers/${encodeURIComponent(customer)}/credit/request`,
    token,
    body,
  );
  assert.equal(status, 201, JSON.stringify(answer));
}
