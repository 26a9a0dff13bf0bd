// One snapshot that was read once, and what is told of it: figures at once, texts and objects when they are looked at.

import type { Credit } from './credit.js';
import { Line } from './engine.js';
import { explained, inBoth } from './explained.js';
import type { Answer, Cart, Explained, Installment, Language, Plan, Preview, PreviewNumbers, Snapshot } from './types.js';

const DAY = 24 * 60 * 60 * 1000;
/** How rates are counted: millionths of a percent. */
const MILLIONTHS = 1_000_000;

/** Where what stands in a preview's numbers; `PreviewNumbers` has the whole table. */
const VERDICT = 0;
const AVAILABLE = 1;
const SPENDABLE = 2;
const SHORTFALL = 3;
const USED_AFTER = 4;
const AVAILABLE_AFTER = 5;
const DATE = 6;
const PLANS = 7;

/** One snapshot that was read once. */
export interface Asked extends Pick<Credit, 'preview' | 'plans' | 'whatWouldPass' | 'availability'> {
  readonly snapshot: Snapshot;
  /** Gives its memory back. */
  end(): void;
}

/** What all previews of one line have in common; `unit` is how many minor units a unit of currency has. */
interface Common {
  currency: string;
  unit: number;
  version: number;
}

/** Reads a snapshot. */
export function ask(snapshot: Snapshot): Asked {
  let line = new Line(snapshot);
  const { currency = '', decimals = 0 } = line;
  const common = { currency, unit: 10 ** decimals, version: snapshot?.version };
  let isEnded = false;
  /** The cart that the line tells of. */
  let current: Cart | undefined;

  /** What is looked at after the end reads the snapshot again. */
  const live = (): Line => {
    if (isEnded) [line, isEnded, current] = [new Line(snapshot), false, undefined];
    return line;
  };
  /** The line as it tells of a cart: it tells of its last preview alone, which may have been another. */
  const about = (cart: Cart): Line => {
    const line = live();
    if (current !== cart) line.previewCart((current = cart));
    return line;
  };

  /** What `tell` makes of a cart, or why the cart cannot be read. */
  const answer = <T>(given: Cart, tell: (asked: Cart, numbers: PreviewNumbers) => T): Answer<T> => {
    const line = live();
    const numbers = line.previewCart(given);
    const cart = (current = copyOf(given));
    if (isAnswered(numbers)) return { status: 'success', data: tell(cart, numbers) };
    return { status: 'error', error: inBoth(line.problem(cart.language)!, (language) => about(cart).problem(language)) };
  };
  return {
    snapshot,
    preview: (cart) => answer(cart, (asked, numbers) => outcome(about, asked, numbers, common)),
    plans: (amount) => answer({ amount }, () => live().plans()!),
    whatWouldPass: (cart) => answer(cart, () => live().wouldPass()!),
    availability: (now) => explained((language) => live().availability(now, language)),
    end() {
      if (!isEnded) line.free();
      isEnded = true;
    },
  };
}

/** What is looked at later is still about this cart, whatever becomes of it. */
function copyOf(cart: Cart): Cart {
  return { ...cart, ...(Array.isArray(cart?.terms) && { terms: [...cart.terms] }) };
}

function isAnswered(numbers: PreviewNumbers): boolean {
  return numberAt(numbers, VERDICT) >= 0;
}

/** What a preview answers; what its numbers do not hold is made when it is looked at, and once. */
function outcome(about: (cart: Cart) => Line, cart: Cart, numbers: PreviewNumbers, { currency, unit, version }: Common): Preview {
  const units = (index: number) => numberAt(numbers, index) / unit;
  const isAccepted = numberAt(numbers, VERDICT) === 1;
  const reasons = once(() => reasonsOf(about, cart));
  const plan = once(() => about(cart).chosen());
  const installments = once(() => about(cart).installments());
  const texts = once(() => about(cart).plans()!);
  const plans = once(() => plansOf(numbers, unit, texts));
  const wouldPass = once(() => about(cart).wouldPass()!);
  return {
    verdict: isAccepted ? 'accepted' : 'refused',
    get reasons() {
      return reasons();
    },
    credit_available: units(AVAILABLE),
    spendable: units(SPENDABLE),
    shortfall: units(SHORTFALL),
    ...(isAccepted && { credit_used_after: units(USED_AFTER), credit_available_after: units(AVAILABLE_AFTER) }),
    get plan() {
      return plan();
    },
    get installments() {
      return installments();
    },
    get plans() {
      return plans();
    },
    get would_pass() {
      return wouldPass();
    },
    currency,
    date: dateOf(numberAt(numbers, DATE)),
    version,
  };
}

/** What stands against a cart, each in both languages. */
function reasonsOf(about: (cart: Cart) => Line, cart: Cart): Explained[] {
  const inLanguage = (language: Language | undefined) => about(cart).reasons(language)!;
  return inLanguage(cart.language).map((reason, index) => inBoth(reason, (language) => inLanguage(language)[index]));
}

/** The plans in the numbers; `texts` makes all of them with their ids and hashes, when one is looked at. */
function plansOf(numbers: PreviewNumbers, unit: number, texts: () => Plan[]): Plan[] {
  const units = (minor: number) => minor / unit;
  // Plans share most of their due days, and a day takes longer to write than all the rest.
  const dates = new Map<number, string>();
  const date = (day: number): string => {
    const known = dates.get(day) ?? dateOf(day);
    dates.set(day, known);
    return known;
  };
  const plans: Plan[] = [];
  let at = PLANS;
  const next = () => numberAt(numbers, (at += 1));
  const count = numberAt(numbers, PLANS);
  for (let index = 0; index < count; index += 1) {
    const [installments, total, interest, rate, passes] = [next(), next(), next(), next(), next()];
    const parts: Installment[] = [];
    for (let number = 1; number <= installments; number += 1) {
      parts.push({ number, due_date: date(next()), amount: units(next()) });
    }
    plans.push({
      get plan_id() {
        return texts()[index]!.plan_id;
      },
      get plan_hash() {
        return texts()[index]!.plan_hash;
      },
      installments,
      amount: units(total - interest),
      total: units(total),
      interest: units(interest),
      interest_rate: rate / MILLIONTHS,
      parts,
      accepted: passes === 1,
    });
  }
  return plans;
}

/** What stands at an index; the engine writes every number that it announces. */
function numberAt(numbers: PreviewNumbers, index: number): number {
  return numbers[index]!;
}

/** Makes something when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** `YYYY-MM-DD`. */
function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
