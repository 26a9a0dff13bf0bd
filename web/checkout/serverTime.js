// The server's time, as far as a page can know it. Whether a snapshot still holds is a question of the server's clock;
// the one of the buyer's computer may be wrong by years.

let ahead = 0;

/**
 * Learns it from an answer.
 *
 * @param {string} takenAt the server's time when it answered
 * @param {number} asked our time when it was asked, so that we are never behind the server
 */
export function learn(takenAt, asked) {
  ahead = Date.parse(takenAt) - asked;
}

export function now() {
  return new Date(Date.now() + ahead);
}

/**
 * How long until a moment of the server's time, in milliseconds.
 *
 * @param {string} moment
 */
export function until(moment) {
  return Date.parse(moment) - now().getTime();
}
