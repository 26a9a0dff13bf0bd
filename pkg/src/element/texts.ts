// Every text of the element that its reader sees, except the sentences of the engine.

import type { Language } from '../types.js';

const es = {
  line: {
    title: 'Línea de crédito',
    available: 'Disponible',
    ofLimit: (limit: string) => `de un límite de ${limit}`,
    used: 'Usado',
    held: 'Retenido',
    order: 'Este pedido',
    beyond: 'Sobre el límite',
    free: 'Libre',
    overdue: 'Vencido',
    nextDue: 'Próximo vencimiento',
    nothingDue: 'Nada por vencer',
    term: 'Plazo de pago',
    days: (days: number) => (days === 1 ? '1 día' : `${days} días`),
    unapplied: 'Saldo a favor',
    spendable: 'Puede comprar hasta',
    status: {
      pending: 'En revisión',
      rejected: 'Rechazada',
      approved: 'Aprobada',
      suspended: 'Suspendida',
      cancelled: 'Cancelada',
    },
    bar: (figures: { limit: string; used: string; held: string; order: string }) =>
      `De ${figures.limit}: usado ${figures.used}, retenido ${figures.held}, este pedido ${figures.order}`,
    loading: 'Cargando la línea de crédito…',
  },

  plans: {
    title: 'Plan de pago',
    legend: 'Cómo desea pagar',
    count: (count: number) => (count === 1 ? '1 pago' : `${count} cuotas`),
    onDays: (days: string, only: number | undefined) =>
      only === 0 ? 'el mismo día' : `a ${days} ${only === 1 ? 'día' : 'días'}`,
    unnamed: 'El plan elegido',
    of: (amount: string) => `de ${amount}`,
    from: (least: string, most: string) => `de ${least} a ${most}`,
    total: (total: string) => `total ${total}`,
    interest: (interest: string) => `interés ${interest}`,
    withoutInterest: 'sin interés',
    cheapest: 'el más económico',
    beyond: 'no alcanza su crédito',
    unavailable: 'no se ofrece para este importe',
    none: 'Para este importe no se ofrece ningún plan de pago.',
    onePayment: (day: string) => `1 pago el ${day}`,
    manyPayments: (count: number, parts: string, day: string) => `${count} cuotas ${parts}; la primera, el ${day}`,
  },

  schedule: {
    title: 'Calendario de pagos',
    number: 'Cuota',
    due: 'Vencimiento',
    amount: 'Importe',
    nthOf: (number: number, count: number) => `${number} de ${count}`,
    total: 'Total',
    ofWhichInterest: 'De eso, interés',
  },

  verdict: {
    accepted: 'Dentro de su línea',
    availableAfter: 'Disponible después',
    usedAfter: 'Deuda después',
    refused: 'Esta compra no pasa',
    missing: 'Falta el importe',
    missingText: 'Con el importe de la compra se sabrá si su crédito alcanza.',
    empty: 'No hay nada que comprar',
    emptyText: 'Cuando haya un importe se sabrá si su crédito alcanza.',
    expired: 'Cifras por actualizar',
    expiredText: 'Las cifras de su crédito ya vencieron. La compra podrá confirmarse cuando estén al día.',
    refresh: 'Actualizar las cifras',
    unreadable: 'No se pudo calcular',
    broken: 'No se pudo leer su línea de crédito',
    brokenText: 'La tienda entregó datos que no se pueden leer. Recargue la página; si sigue igual, avise a su tienda.',
    engineMissing: 'Falta el módulo que calcula su crédito, o su navegador no permite ejecutarlo.',
    code: 'Código',
  },

  /** Reasons in a few words, by their type; the engine's sentence follows. */
  reasons: {
    CREDIT_NOT_AVAILABLE: 'El crédito no alcanza',
    CREDIT_SUSPENDED: 'La línea está suspendida',
    OVERDUE_DEBT: 'Hay deuda vencida',
    TOO_MANY_INSTALLMENTS: 'Demasiadas cuotas para este importe',
    TOTAL_TOO_LARGE: 'El importe es demasiado grande',
    CREDIT_NOT_APPROVED: 'La línea no está aprobada',
    PLAN_NOT_OFFERED: 'Ese plan no se ofrece para este importe',
    PLAN_WITHDRAWN: 'Ese plan ya no se ofrece',
  },

  /** What stands in place of the engine's sentence where that one tells a plan by its id, which no buyer has seen. */
  sentences: {
    PLAN_NOT_OFFERED: 'La tienda no ofrece este plan para este importe. Elija otro de la lista.',
    PLAN_WITHDRAWN: 'La tienda dejó de ofrecer el plan que usted eligió. Elija otro de la lista.',
  },
  nothingOffered: {
    title: 'No se vende a crédito por este importe',
    text: 'La tienda no ofrece ningún plan de pago para este importe. Cambie el pedido o consulte con la tienda.',
  },

  /** The figures of a reason, by their name in `details`. */
  figures: {
    spendable: 'Puede comprar hasta',
    shortfall: 'Faltan',
    overdue: 'Vencido',
    above: 'Puede quedar vencido hasta',
    most_installments: 'Cuotas como máximo',
    largest: 'Total como máximo',
  },

  remedies: {
    title: 'Con qué pasaría',
    plan: (plan: string, total: string) => `Con el plan «${plan}», en total ${total}.`,
    amount: (amount: string) => `Con un pedido de hasta ${amount}, pagado así.`,
    prepayment: (amount: string) => `Con un pago previo de ${amount} a su línea.`,
    date: (day: string) => `Desde el ${day}, cuando se libere lo que está retenido.`,
    act: {
      plan: 'Elegir este plan',
      amount: 'Ajustar el pedido',
      prepayment: 'Pagar antes',
      date: 'Dejarlo para ese día',
    },
  },

  confirm: 'Confirmar compra a crédito',
  confirming: 'Confirmando…',
  fineprint: 'Hoy no paga nada: el importe se carga a su línea de crédito.',
};

export type Texts = typeof es;

const en: Texts = {
  line: {
    title: 'Line of credit',
    available: 'Available',
    ofLimit: (limit) => `of a limit of ${limit}`,
    used: 'Used',
    held: 'Held',
    order: 'This order',
    beyond: 'Above the limit',
    free: 'Free',
    overdue: 'Overdue',
    nextDue: 'Next due date',
    nothingDue: 'Nothing due',
    term: 'Payment term',
    days: (days) => (days === 1 ? '1 day' : `${days} days`),
    unapplied: 'Paid ahead',
    spendable: 'You can buy up to',
    status: {
      pending: 'In review',
      rejected: 'Rejected',
      approved: 'Approved',
      suspended: 'Suspended',
      cancelled: 'Cancelled',
    },
    bar: (figures) => `Of ${figures.limit}: used ${figures.used}, held ${figures.held}, this order ${figures.order}`,
    loading: 'Loading the line of credit…',
  },

  plans: {
    title: 'Payment plan',
    legend: 'How you would like to pay',
    count: (count) => (count === 1 ? '1 payment' : `${count} installments`),
    onDays: (days, only) => (only === 0 ? 'the same day' : `after ${days} ${only === 1 ? 'day' : 'days'}`),
    unnamed: 'The chosen plan',
    of: (amount) => `of ${amount}`,
    from: (least, most) => `of ${least} to ${most}`,
    total: (total) => `total ${total}`,
    interest: (interest) => `interest ${interest}`,
    withoutInterest: 'no interest',
    cheapest: 'costs least',
    beyond: 'more than your credit allows',
    unavailable: 'not offered for this amount',
    none: 'No payment plan is offered for this amount.',
    onePayment: (day) => `1 payment on ${day}`,
    manyPayments: (count, parts, day) => `${count} installments ${parts}; the first on ${day}`,
  },

  schedule: {
    title: 'Payment schedule',
    number: 'Installment',
    due: 'Due',
    amount: 'Amount',
    nthOf: (number, count) => `${number} of ${count}`,
    total: 'Total',
    ofWhichInterest: 'Of which interest',
  },

  verdict: {
    accepted: 'Within your line',
    availableAfter: 'Available afterwards',
    usedAfter: 'Owed afterwards',
    refused: 'This purchase does not pass',
    missing: 'The amount is missing',
    missingText: 'With the amount of the purchase we can say whether your credit is enough.',
    empty: 'There is nothing to buy',
    emptyText: 'Once there is an amount we can say whether your credit is enough.',
    expired: 'Figures out of date',
    expiredText: 'The figures of your credit are too old. The purchase can be confirmed once they are up to date.',
    refresh: 'Update the figures',
    unreadable: 'This could not be calculated',
    broken: 'Your line of credit could not be read',
    brokenText: 'The shop gave data that cannot be read. Load the page again; if it stays like this, tell your shop.',
    engineMissing: 'The module that calculates your credit is missing, or your browser does not allow it to run.',
    code: 'Code',
  },

  reasons: {
    CREDIT_NOT_AVAILABLE: 'Not enough credit',
    CREDIT_SUSPENDED: 'The line is suspended',
    OVERDUE_DEBT: 'There is overdue debt',
    TOO_MANY_INSTALLMENTS: 'Too many installments for this amount',
    TOTAL_TOO_LARGE: 'The amount is too large',
    CREDIT_NOT_APPROVED: 'The line is not approved',
    PLAN_NOT_OFFERED: 'That plan is not offered for this amount',
    PLAN_WITHDRAWN: 'That plan is no longer offered',
  },

  sentences: {
    PLAN_NOT_OFFERED: 'The shop does not offer this plan for this amount. Choose another one from the list.',
    PLAN_WITHDRAWN: 'The shop no longer offers the plan you chose. Choose another one from the list.',
  },
  nothingOffered: {
    title: 'Not sold on credit for this amount',
    text: 'The shop offers no payment plan for this amount. Change the order or ask the shop.',
  },

  figures: {
    spendable: 'You can buy up to',
    shortfall: 'Short by',
    overdue: 'Overdue',
    above: 'May remain overdue',
    most_installments: 'Installments at most',
    largest: 'Total at most',
  },

  remedies: {
    title: 'What would make it pass',
    plan: (plan, total) => `With the plan “${plan}”, ${total} in total.`,
    amount: (amount) => `With an order of up to ${amount}, paid like this.`,
    prepayment: (amount) => `With a payment of ${amount} to your line first.`,
    date: (day) => `From ${day}, when what is held is released.`,
    act: {
      plan: 'Choose this plan',
      amount: 'Adjust the order',
      prepayment: 'Pay first',
      date: 'Leave it for that day',
    },
  },

  confirm: 'Confirm purchase on credit',
  confirming: 'Confirming…',
  fineprint: 'You pay nothing today: the amount is charged to your line of credit.',
};

export const TEXTS: Record<Language, Texts> = { es, en };
