// What can be done to a line, by where it stands and by what the token allows. The server decides; this only spares
// people a button that can do nothing.

import type { Account, Status } from '../api/account.ts';
import type { Permission } from '../api/session.ts';
import type { Host } from '../app/host.ts';
import type { Company } from '../company/company.ts';
import { TEXTS } from '../texts.ts';
import { ApproveOperation } from './approve.ts';
import { ChangeLimitOperation } from './changeLimit.ts';
import { ChangeToleranceOperation } from './changeTolerance.ts';
import { cancel, reactivate, reject, suspend } from './decisions.ts';
import type { Current, Operation } from './operation.ts';
import { PaymentOperation } from './payment/paymentOperation.ts';

const texts = TEXTS.actions;

export interface Action {
  readonly permission: Permission;
  /** Whether it is what one most likely comes for. */
  readonly isMain: boolean;
  label(account: Account): string;
  begin(host: Host, company: Company, current: Current): Operation;
}

const APPROVE: Action = {
  permission: 'credit:approve',
  isMain: true,
  label: () => texts.approve.open,
  begin: (host, _, current) => new ApproveOperation(host, current),
};

const REJECT: Action = {
  permission: 'credit:approve',
  isMain: false,
  label: () => texts.reject.open,
  begin: (host, _, current) => reject(host, current),
};

export const PAYMENT: Action = {
  permission: 'credit:payment',
  isMain: true,
  label: () => texts.payment.open,
  begin: (host, company, current) => new PaymentOperation(host, company, current),
};

const LIMIT: Action = {
  permission: 'credit:manage',
  isMain: false,
  label: () => texts.limit.open,
  begin: (host, _, current) => new ChangeLimitOperation(host, current),
};

const TOLERANCE: Action = {
  permission: 'credit:manage',
  isMain: false,
  label: () => texts.tolerance.open,
  begin: (host, _, current) => new ChangeToleranceOperation(host, current),
};

const SUSPEND: Action = {
  permission: 'credit:manage',
  isMain: false,
  label: () => texts.suspend.open,
  begin: (host, _, current) => suspend(host, current),
};

const REACTIVATE: Action = {
  permission: 'credit:manage',
  isMain: true,
  label: () => texts.reactivate.open,
  begin: (host, _, current) => reactivate(host, current),
};

const CANCEL: Action = {
  permission: 'credit:manage',
  isMain: false,
  label: ({ status }) => (status === 'pending' ? texts.cancel.openRequest : texts.cancel.open),
  begin: (host, _, current) => cancel(host, current),
};

const OFFERED: Readonly<Record<Status, readonly Action[]>> = {
  pending: [APPROVE, REJECT, CANCEL],
  approved: [PAYMENT, LIMIT, TOLERANCE, SUSPEND, CANCEL],
  suspended: [REACTIVATE, PAYMENT, LIMIT, TOLERANCE, CANCEL],
  rejected: [],
  cancelled: [],
};

export function actionsFor({ status }: Account, host: Host): readonly Action[] {
  return OFFERED[status].filter(({ permission }) => host.may(permission));
}
