// Every text of the page that its reader sees, except the sentences of the engine and the server.

export const TEXTS = {
  shop: 'Fiado',
  heading: 'Confirmar pedido',
  loading: 'Cargando su línea de crédito…',
  retry: 'Reintentar',

  engineMissing: {
    title: 'Esta página no se pudo abrir',
    text: 'Falta el módulo que calcula su crédito, o su navegador no permite ejecutarlo. Recargue la página; si sigue igual, avise a su tienda.',
  },

  signIn: {
    title: 'Comprar a crédito',
    lead: 'Entre con el cliente y el token de acceso que le entregó su tienda.',
    customer: 'Cliente',
    customerHint: 'Por ejemplo, cust_demo',
    token: 'Token de acceso',
    tokenHint: 'Se guarda solo en esta pestaña y se olvida al cerrarla.',
    submit: 'Entrar',
    missingCustomer: 'Escriba el cliente.',
    missingToken: 'Pegue el token de acceso.',
    leave: 'Cambiar',
    leaveCustomer: 'Cambiar de cliente',
    for: 'Cliente',
  },

  /** Why the form is shown again, by HTTP status. Where there is no text, the server's sentence stands in its place. */
  refusedAccess: {
    401: {
      title: 'El token no es válido o ya venció',
      text: 'Pida uno nuevo a su tienda y péguelo completo. Lo que tiene en el pedido se conserva.',
    },
    403: { title: 'El token no da acceso a esta línea', text: undefined },
    404: {
      title: 'Este cliente no tiene línea de crédito',
      text: 'Revise cómo está escrito el cliente, o pida a su tienda que le abra una línea.',
    },
  },
  refusedAccessOtherwise: { title: 'La tienda no aceptó la solicitud', text: undefined },

  line: {
    title: 'Línea de crédito',
    available: 'Disponible',
    ofLimit: (/** @type {string} */ limit) => `de un límite de ${limit}`,
    limit: 'Límite',
    used: 'Usado',
    held: 'Retenido',
    order: 'Este pedido',
    beyond: 'Sobre el límite',
    free: 'Libre',
    overdue: 'Vencido',
    nextDue: 'Próximo vencimiento',
    nothingDue: 'Nada por vencer',
    term: 'Plazo de pago',
    days: (/** @type {number} */ days) => (days === 1 ? '1 día' : `${days} días`),
    unapplied: 'Saldo a favor',
    spendable: 'Puede comprar hasta',
    status: {
      pending: 'En revisión',
      rejected: 'Rechazada',
      approved: 'Aprobada',
      suspended: 'Suspendida',
      cancelled: 'Cancelada',
    },
    statusLabel: 'Estado',
    bar: (/** @type {{used: string, held: string, order: string, limit: string}} */ figures) =>
      `De ${figures.limit}: usado ${figures.used}, retenido ${figures.held}, este pedido ${figures.order}`,
    refreshFailed: {
      title: 'No se pudo actualizar su línea',
      text: 'No hay conexión con la tienda. Las cifras pueden haber cambiado; el pedido podrá confirmarse cuando se actualicen.',
    },
  },

  loadFailed: {
    title: 'Sin conexión con la tienda',
    text: 'No se pudo cargar su línea de crédito. Revise su conexión y reintente.',
  },

  cart: {
    title: 'Su pedido',
    product: 'Producto',
    price: 'Precio',
    quantity: 'Cantidad',
    amount: 'Importe',
    quantityOf: (/** @type {string} */ name) => `Cantidad de ${name}`,
    more: (/** @type {string} */ name) => `Agregar uno: ${name}`,
    less: (/** @type {string} */ name) => `Quitar uno: ${name}`,
    wrongQuantity: (/** @type {string} */ most) => `Escriba un número entero de 0 a ${most}.`,
    freight: 'Flete a obra',
    freightDetail: 'Importe acordado con la tienda',
    freightLabel: 'Importe del flete',
    wrongFreight: (/** @type {string} */ example) => `Escriba un importe como ${example}.`,
    taxes: 'Precios con impuestos incluidos.',
  },

  plans: {
    title: 'Plan de pago',
    leadOfRules: 'Las formas de pago que la tienda ofrece para este importe.',
    /** By the rhythm of due days: with the line's term, or with the day of the month. */
    lead: {
      every_term: (/** @type {string} */ days) => `Sin interés. Cada cuota vence ${days} después de la anterior.`,
      monthly: () => 'Sin interés. Cada cuota vence un mes después de la anterior.',
      end_of_month: () => 'Sin interés. Las cuotas vencen a fin de mes.',
      day_of_month: (/** @type {string} */ day) => `Sin interés. Las cuotas vencen el día ${day} de cada mes.`,
    },
    legend: 'Cómo desea pagar',
    once: '1 pago',
    count: (/** @type {number} */ count) => `${count} cuotas`,
    onDays: (/** @type {string} */ days, /** @type {number | undefined} */ only) =>
      only === 0 ? 'el mismo día' : `a ${days} ${only === 1 ? 'día' : 'días'}`,
    of: (/** @type {string} */ amount) => `de ${amount}`,
    from: (/** @type {string} */ least, /** @type {string} */ most) => `de ${least} a ${most}`,
    totalOf: (/** @type {string} */ total) => `total ${total}`,
    interestOf: (/** @type {string} */ interest) => `interés ${interest}`,
    withoutInterest: 'sin interés',
    beyond: 'no alcanza su crédito',
    unavailable: 'no se ofrece para este importe',
    schedule: 'Calendario de pagos',
    number: 'Cuota',
    due: 'Vencimiento',
    amount: 'Importe',
    total: 'Total',
    ofWhichInterest: 'De eso, interés',
    nthOf: (/** @type {number} */ number, /** @type {number} */ count) => `${number} de ${count}`,
    none: 'Aquí aparecerá el calendario de pagos.',
  },

  summary: {
    title: 'Resumen',
    goods: 'Productos',
    freight: 'Flete',
    interest: 'Interés',
    total: 'Total',
    onePayment: (/** @type {string} */ day) => `1 pago el ${day}`,
    manyPayments: (/** @type {number} */ count, /** @type {string} */ parts, /** @type {string} */ day) =>
      `${count} cuotas ${parts}; la primera, el ${day}`,
    confirm: 'Confirmar compra a crédito',
    confirming: 'Confirmando…',
    fineprint: 'Hoy no paga nada: el importe se carga a su línea de crédito.',
    see: 'Ver resumen',
  },

  verdict: {
    accepted: 'Dentro de su línea',
    availableAfter: 'Disponible después',
    usedAfter: 'Deuda después',
    refused: 'Este pedido no pasa',
    empty: 'Su pedido está vacío',
    emptyText: 'Agregue un producto para saber si su crédito alcanza.',
    invalid: 'Hay cantidades por corregir',
    invalidText: 'Corrija los campos marcados para saber si su crédito alcanza.',
    expired: 'Cifras por actualizar',
    expiredText: 'Las cifras de su crédito ya vencieron. El pedido podrá confirmarse cuando estén al día.',
    unreadable: 'No se pudo calcular',
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
    VALIDATION_ERROR: 'Hay datos que no son válidos',
    ORDER_CONFLICT: 'La orden ya se compró con otros datos',
    SNAPSHOT_EXPIRED: 'Las cifras ya vencieron',
    PLAN_NOT_OFFERED: 'Ese plan no se ofrece para este importe',
    PLAN_WITHDRAWN: 'Ese plan ya no se ofrece',
  },

  /** What stands in place of the server's sentence where that one tells a plan by its id, which nobody here has seen. */
  sentences: {
    PLAN_NOT_OFFERED: 'La tienda no ofrece este plan para este importe. Elija otro de la lista.',
    PLAN_WITHDRAWN: 'La tienda dejó de ofrecer el plan que usted eligió. Elija otro de la lista.',
  },
  nothingOffered: {
    title: 'No se vende a crédito por este importe',
    text: 'La tienda no ofrece ningún plan de pago para este importe. Cambie el pedido o consulte con la tienda.',
  },

  /** The figures that say what would make it pass, by their name in `details`. */
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
    plan: (/** @type {string} */ plan, /** @type {string} */ total) => `Con el plan «${plan}», en total ${total}.`,
    applyPlan: 'Elegir este plan',
    amount: (/** @type {string} */ amount) => `Con un pedido de hasta ${amount}, pagado así.`,
    applyAmount: 'Ajustar el pedido',
    prepayment: (/** @type {string} */ amount) => `Con un pago previo de ${amount} a su línea.`,
    date: (/** @type {string} */ day) => `Desde el ${day}, cuando se libere lo que está retenido.`,
  },

  planChange: {
    title: 'El plan de pago cambió',
    lead: (/** @type {string} */ plan) =>
      `La tienda cambió las condiciones (${plan}) mientras usted confirmaba. No se registró nada: compárelas y decida.`,
    seen: 'Se le mostró',
    current: 'Ahora',
    total: 'Total',
    interest: 'Interés',
    accept: 'Aceptar y confirmar la compra',
    back: 'Volver al pedido',
  },

  comparison: {
    figure: 'Concepto',
    equal: 'igual',
    changed: 'cambió',
  },

  refused: 'La tienda no aceptó el pedido',
  refusedDetail: (/** @type {string} */ code) => `No se registró nada. Código ${code}`,

  unanswered: {
    short: 'Falta la respuesta',
    title: 'No sabemos si su pedido quedó registrado',
    text: 'Se perdió la conexión antes de recibir la respuesta. Reintente: se envía el mismo pedido y se registra una sola vez.',
    busy: 'La tienda no pudo atender el pedido en este momento. Reintente: se envía el mismo pedido y se registra una sola vez.',
    order: (/** @type {string} */ order, /** @type {string} */ amount) => `Orden ${order} por ${amount}`,
  },

  receipt: {
    title: 'Pedido confirmado',
    same: 'Quedó registrado en su línea con las mismas cifras que se le mostraron.',
    different:
      'Quedó registrado en su línea. Otra operación usó la línea mientras usted confirmaba, así que algunas cifras cambiaron; valen las registradas.',
    promised: 'Se le mostró',
    recorded: 'Se registró',
    amount: 'Importe del pedido',
    total: 'Total con interés',
    usedAfter: 'Deuda después',
    availableAfter: 'Disponible después',
    firstDue: 'Vencimiento',
    installment: (/** @type {number} */ number, /** @type {number} */ count) => `Cuota ${number} de ${count}`,
    order: 'Orden',
    usage: 'Compra',
    again: 'Hacer otro pedido',
  },
};
