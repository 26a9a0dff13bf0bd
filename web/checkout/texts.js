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

  refreshFailed: {
    title: 'No se pudo actualizar su línea',
    text: 'No hay conexión con la tienda. Las cifras pueden haber cambiado; el pedido podrá confirmarse cuando se actualicen.',
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
    once: '1 pago',
    count: (/** @type {number} */ count) => `${count} cuotas`,
    onDays: (/** @type {string} */ days, /** @type {number | undefined} */ only) =>
      only === 0 ? 'el mismo día' : `a ${days} ${only === 1 ? 'día' : 'días'}`,
  },

  summary: {
    title: 'Resumen',
    goods: 'Productos',
    freight: 'Flete',
    interest: 'Interés',
    total: 'Total',
    see: 'Ver resumen',
  },

  /** What the credit says where it has no amount to speak of. */
  emptyOrder: 'Su pedido está vacío: agregue un producto para saber si su crédito alcanza.',
  wrongOrder: 'Hay cantidades por corregir: corrija los campos marcados para saber si su crédito alcanza.',

  /** What stands in place of the server's sentence where that one tells a plan by its id, which nobody here has seen. */
  sentences: {
    PLAN_NOT_OFFERED: 'La tienda no ofrece este plan para este importe. Elija otro de la lista.',
    PLAN_WITHDRAWN: 'La tienda dejó de ofrecer el plan que usted eligió. Elija otro de la lista.',
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
    confirming: 'Confirmando…',
  },

  comparison: {
    figure: 'Concepto',
    equal: 'igual',
    changed: 'cambió',
  },

  refused: 'La tienda no aceptó el pedido',
  code: (/** @type {string} */ code) => `Código ${code}`,
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
