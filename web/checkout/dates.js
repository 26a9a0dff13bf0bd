// Civil days for people. A due date is a day in the shop's calendar, so no time zone may move it.

const FORMAT = new Intl.DateTimeFormat('es-PA', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** @param {string} day `YYYY-MM-DD` */
export function formatDay(day) {
  return FORMAT.format(new Date(`${day}T00:00:00Z`));
}
