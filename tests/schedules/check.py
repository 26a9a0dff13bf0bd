"""Holds our parts against numpy-financial's pmt, and against exact fractions.

    python check.py PROGRAM

PROGRAM is crates/core/examples/schedules.rs: it answers cases of interest with our parts. What it
answers is cut to the minor unit, and is compared with

- the published numbers, which numpy-financial has to give as well;
- numpy-financial's pmt, cut here, as far as floats can tell cents: a value that is a whole number of
  minor units but for what floats lose may be cut to either side of it;
- the formula in exact fractions, cut here, at all rates and up to the largest amounts: nothing may
  differ. Only what is less than a ten-millionth of a unit below a whole one is whole, as in the core.

The cases are the same in every run. The last line says how many checks passed and failed.
"""

import json
import math
import random
import subprocess
import sys
from dataclasses import dataclass
from fractions import Fraction

import numpy_financial as npf

SEED = 20251124
CASES = 10_000
LARGEST = 10**15 - 1  # minor units: below 10^13 units of currency
EPSILON = sys.float_info.epsilon
NEARLY_WHOLE = Fraction(1, 10**7)

# Beyond these pmt has no digits left that could tell a cent: it takes one from (1 + rate)^count.
LARGEST_IN_FLOATS = 10**9
LEAST_RATE_IN_FLOATS = 10_000  # millionths of a percent: 0.01 %
LARGEST_RATE = 10**10

COMPOUND, SIMPLE = "compound", "simple"
END, BEGINNING = "end", "beginning"

# Principal and part in minor units: the gateway's published examples, and those of the issue.
PUBLISHED = [
    (25_000, 1, "0", COMPOUND, END, 25_000),
    (25_000, 2, "0", COMPOUND, END, 12_500),
    (25_000, 3, "0", COMPOUND, END, 8_333),
    (25_000, 4, "0", COMPOUND, END, 6_250),
    (19_799, 2, "1", COMPOUND, END, 10_048),
    (15_000, 4, "100", SIMPLE, END, 18_750),
    (100_000, 12, "1", COMPOUND, END, 8_884),
    (100_000, 12, "1", COMPOUND, BEGINNING, 8_796),
]


@dataclass(frozen=True)
class Case:
    """An amount in minor units, in equal parts, at a rate in percent."""

    principal: int
    count: int
    rate: str
    method: object  # "compound", "simple", or {"simple_with_tax": percent}
    due: str

    def question(self):
        interest = {"rate": self.rate, "method": self.method, "due": self.due}
        return {"principal": self.principal, "count": self.count, "interest": interest}

    def rate_of_a_period(self):
        return Fraction(self.rate) / 100

    def simple_growth(self):
        """What simple interest makes of one: all periods at once, and the tax on them."""
        tax = Fraction(self.method["simple_with_tax"]) if isinstance(self.method, dict) else Fraction(0)
        return 1 + self.rate_of_a_period() * self.count * (1 + tax / 100)

    def by_numpy(self):
        """A part before it is cut, and how far a float may be from it."""
        if self.method == COMPOUND:
            rate = float(self.rate_of_a_period())
            part = -float(npf.pmt(rate, self.count, self.principal, when=self.due.replace("beginning", "begin")))
            lost = 1 + 1 / (rate * self.count) if rate else 1
        else:
            # Simple interest is a loan of the amount with its interest that takes none itself.
            part = -float(npf.pmt(0, self.count, float(self.principal * self.simple_growth())))
            lost = 1
        return part, part * EPSILON * self.count * 4 * lost

    def exactly(self):
        rate = self.rate_of_a_period()
        if self.method != COMPOUND:
            return self.principal * self.simple_growth() / self.count
        if rate == 0:
            return Fraction(self.principal, self.count)
        part = self.principal * rate / (1 - (1 + rate) ** -self.count)
        return part / (1 + rate) if self.due == BEGINNING else part


def random_case(dice, method, due, largest, least_rate):
    """Small amounts are as frequent as large ones, and so are rates; half of them are round."""
    principal = math.floor(math.exp(dice.uniform(0, math.log(largest))))
    count = dice.randint(1, 48)
    round_rate = dice.randint(1, 2_000) * 10_000
    any_rate = math.floor(math.exp(dice.uniform(math.log(least_rate), math.log(LARGEST_RATE))))
    millionths = dice.choice([round_rate, any_rate])
    rate = f"{millionths // 10**6}.{millionths % 10**6:06}"
    if method == "taxed":
        method = {"simple_with_tax": f"{dice.randint(0, 5_000) / 100}"}
    return Case(principal, count, rate, method, due)


def ask(program, cases):
    """Our answers to all cases."""
    questions = "".join(json.dumps(case.question()) + "\n" for case in cases)
    answered = subprocess.run([program], input=questions, stdout=subprocess.PIPE, text=True, check=True)
    answers = [json.loads(line) for line in answered.stdout.splitlines()]
    assert len(answers) == len(cases), f"{len(cases)} questions, {len(answers)} answers"
    return answers


class Check:
    """One comparison of many cases, told in a line."""

    failed = 0
    passed = 0

    def __init__(self, name):
        self.name = name
        self.cases = 0
        self.on_a_boundary = 0
        self.largest_difference = 0.0
        self.faults = []

    def expect(self, is_right, case, *told):
        if not is_right:
            self.faults.append(f"{case}: {', '.join(map(str, told))}")

    def compare_with_numpy(self, case, answer):
        """Ours is numpy's value cut; one unit beside it only where a float cannot tell."""
        self.cases += 1
        part, uncertain = case.by_numpy()
        ours, cut = answer["part"], math.floor(part)
        is_on_a_boundary = abs(part - round(part)) <= uncertain + float(NEARLY_WHOLE)
        self.on_a_boundary += is_on_a_boundary
        beyond = max(part - (ours + 1), ours - part, 0)
        self.largest_difference = max(self.largest_difference, beyond)
        is_right = ours == cut or (is_on_a_boundary and abs(ours - cut) == 1)
        self.expect(is_right, case, f"ours {ours}", f"numpy {part!r}")

    def compare_with_fractions(self, case, answer):
        """Ours is the exact value cut; what is no amount any more is said so."""
        self.cases += 1
        part = math.floor(case.exactly() + NEARLY_WHOLE)
        self.expect(answer["part"] == (part if part <= LARGEST else None), case, f"ours {answer['part']}", part)
        self.add_up(case, answer)

    def add_up(self, case, answer):
        """All parts are the same; only where they would lose some of the amount the last makes it up."""
        part, parts = answer["part"], answer["parts"]
        total = None if part is None else max(part * case.count, case.principal)
        if not part or total > LARGEST:
            self.expect(parts is None, case, f"no part may be {part}", parts)
            return
        expected = [part] * (case.count - 1)
        self.expect(parts == [*expected, total - sum(expected)], case, f"parts {parts}", f"total {total}")

    def end(self, *told):
        """Says what came of it."""
        verdict = "FAILED" if self.faults else "ok"
        print(f"{verdict:6} {self.name}: {self.cases} cases{''.join(f', {one}' for one in told)}")
        for fault in self.faults[:10]:
            print(f"       {fault}")
        if len(self.faults) > 10:
            print(f"       and {len(self.faults) - 10} more")
        Check.failed += bool(self.faults)
        Check.passed += not self.faults


def check_published(program):
    check = Check("the published numbers")
    cases = [Case(*case) for *case, _ in PUBLISHED]
    for case, answer, (*_, expected) in zip(cases, ask(program, cases), PUBLISHED):
        check.compare_with_numpy(case, answer)
        check.expect(answer["part"] == expected, case, f"ours {answer['part']}", f"published {expected}")
    check.end()


def check_against_numpy(program, dice):
    kinds = [(COMPOUND, END), (COMPOUND, BEGINNING), (SIMPLE, END), ("taxed", END)]
    for method, due in kinds:
        check = Check(f"numpy-financial, {method} interest, due at the {due}")
        bounds = (LARGEST_IN_FLOATS, LEAST_RATE_IN_FLOATS)
        cases = [random_case(dice, method, due, *bounds) for _ in range(CASES // len(kinds))]
        for case, answer in zip(cases, ask(program, cases)):
            check.compare_with_numpy(case, answer)
        difference = f"largest difference beyond the cut {check.largest_difference:.3g} minor units"
        check.end(f"{check.on_a_boundary} on a boundary", difference)


def check_against_fractions(program, dice):
    check = Check("exact fractions, up to the largest amounts")
    kinds = [(method, due) for method in (COMPOUND, SIMPLE, "taxed") for due in (END, BEGINNING)]
    cases = [random_case(dice, *kinds[number % len(kinds)], LARGEST, 1) for number in range(CASES)]
    answers = ask(program, cases)
    for case, answer in zip(cases, answers):
        check.compare_with_fractions(case, answer)
    check.end(f"{sum(answer['part'] is None for answer in answers)} of them no amount any more")


def main():
    program, dice = sys.argv[1], random.Random(SEED)
    check_published(program)
    check_against_numpy(program, dice)
    check_against_fractions(program, dice)
    print(f"\n{Check.passed} passed, {Check.failed} failed")
    sys.exit(Check.failed > 0)


if __name__ == "__main__":
    main()
