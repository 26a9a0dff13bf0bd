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

/** In milliseconds since 1970. */
export function now() {
  return Date.now() + ahead;
}
