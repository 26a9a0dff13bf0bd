// A shop with customers who have a line of credit, made over the same API that everybody uses.

import assert from 'node:assert/strict';

const REQUEST = {
  requested_limit: 10000,
  payment_term_days: 30,
  business_info: { business_name: 'Constructora ABC', tax_id: 'RUC-123-456', years_in_business: 5 },
};

/** The customer with an approved line; asked for by one person, approved by another, used by a third. */
export async function customerWithLine(server, id, { limit = 10000, term = 30, organization = 'org_default' } = {}) {
  const where = ['--organization', organization];
  const [seller, manager, buyer] = await Promise.all([
    server.token(`seller of ${id}`, ['credit:request', 'credit:use', 'credit:payment', 'credit:read'], ...where),
    server.token(`manager of ${id}`, ['credit:approve', 'credit:manage', 'credit:read'], ...where),
    server.token(`buyer of ${id}`, ['credit:use', 'credit:read'], '--customer-id', id, ...where),
  ]);
  const customer = new Customer(server, id, { seller, manager, buyer });
  await customer.does('seller', 'POST', '/request', { ...REQUEST, requested_limit: limit, payment_term_days: term });
  await customer.does('manager', 'POST', '/approve', { credit_limit: limit });
  return customer;
}

class Customer {
  constructor(server, id, tokens) {
    this.server = server;
    this.id = id;
    this.tokens = tokens;
    this.path = `/api/v1/customers/${encodeURIComponent(id)}/credit`;
  }

  /** What the server answers to a person; anything but success fails the test. */
  async does(person, method, path, body) {
    const { status, body: answer } = await this.server.ask(method, this.path + path, this.tokens[person], body);
    assert.ok(status < 300, `${method} ${path} by the ${person} answered ${status}: ${JSON.stringify(answer)}`);
    return answer.data;
  }

  /** Somebody buys without the page. */
  buysElsewhere(amount, order = 'order_elsewhere') {
    return this.does('seller', 'POST', '/use', { order_id: order, amount });
  }

  line() {
    return this.does('seller', 'GET', '');
  }

  usages() {
    return this.does('seller', 'GET', '/usages');
  }

  invoices() {
    return this.does('seller', 'GET', '/invoices');
  }
}

const RULE = {
  name: 'Crédito de la tienda',
  salesChannels: [{ id: ':ALL:' }],
  paymentSystem: { id: 64, name: 'Customer Credit' },
  enabled: true,
  deadlines: [],
};

/** A shop of its own, with one payment rule for credit; `quantities` are pairs of parts and percent a period. */
export async function shopWithRule(server, organization, given) {
  const token = await server.token(`owner of ${organization}`, ['rules:manage'], '--organization', organization);
  const ask = async (method, path, body) => {
    const { status, body: answer } = await server.ask(method, path, token, body);
    assert.ok(status < 300, `${method} ${path} answered ${status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const { id } = await ask('POST', '/api/pvt/rules', ruleOf(given));
  /** The shop changes its rule to this one. */
  return { becomes: (other) => ask('PUT', `/api/pvt/rules/${id}`, ruleOf(other)) };
}

/** `{quantities: [[3, 1]]}` is three parts at 1 % a period, `{terms: [[[30, 0], [60, 2]]]}` 30 and 60 days, the second at 2 %. */
function ruleOf({ quantities = [], terms = [] }) {
  const installments = quantities.map(([quantity, interestRate]) => ({ quantity, interestRate }));
  return {
    ...RULE,
    installmentOptions: { dueDateType: 0, interestRateMethod: 2, minimumInstallmentValue: 0, installments },
    deadlines: terms.map((days) => ({ paymentOptions: days.map(([days, interestRate]) => ({ days, interestRate })) })),
  };
}
