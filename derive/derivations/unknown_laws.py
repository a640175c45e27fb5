"""What holds for any laws p and q on a finite set: entropy, cross-entropy and divergence without a formula for p."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import NATURALS, REALS, Integers, Simplex
from derive.core.facts import Facts
from derive.core.information import Cardinality, CrossEntropy, Divergence, Entropy, Expectation, Law
from derive.core.nodes import Partial, named_function
from derive.core.phrase import Phrase
from derive.core.relation import AT_LEAST, EQUAL, EQUIVALENT
from derive.core.statement import Membership, equation
from derive.derivations.calculus import derivative_chain
from derive.derivations.information import Information
from derive.derivations.one_hot import for_unknown_laws
from derive.derivations.result import Section
from derive.derivations.rewritten import Kind
from derive.derivations.stationary import set_to_zero

SET = Cardinality(r"\mathcal{X}")
X = sp.Symbol("x", integer=True, positive=True)
MULTIPLIER = sp.Symbol(r"\lambda", real=True)
ONE = sp.Integer(1)


def log(e: Any) -> Any:
    return sp.log(e, evaluate=False)


def over_set(e: Any) -> Any:
    """Σ over x ∈ 𝒳."""
    return sp.Sum(e, (X, 1, SET))


def of_unknown(kind: Kind, p: str, q: str = "") -> Information:
    """The identities of the quantity for unknown mass functions of these names."""
    names = (sp.Symbol(p),) if not q else (sp.Symbol(p), sp.Symbol(q))
    facts = Facts(laws={name: Law(X, Integers(ONE, SET)) for name in names})
    at = tuple(sp.Function(str(name))(X) for name in names)
    slots = {"set": SET.args[0]}
    law = Phrase("unknown_laws", slots | {"laws": at}) if q else Phrase("unknown_law", slots | {"law": at[0]})
    first = Section(Phrase("laws_heading"), (law, zeros(kind, at)))
    if kind == "entropy":
        return of_entropy(names[0], at[0], first, facts)
    make = of_cross_entropy if kind == "cross-entropy" else of_divergence
    return make(names, at, first, facts)


def zeros(kind: Kind, at: tuple[Any, ...]) -> Phrase:
    """What a zero probability counts for."""
    slots = {"p": at[0], "summand": at[0] * log(at[0])}
    return Phrase("zero_summand", slots) if kind == "entropy" else Phrase("zero_summands", slots | {"q": at[1]})


def step(before: Any, after: Any, rule: str, /, **slots: Any) -> Step:
    return Step(before, EQUAL, after, rule, Phrase(rule, slots))


def chained(topic: Phrase, start: Any, facts: Facts, *lines: tuple[Any, str, dict[str, Any]]) -> Chain:
    """start = line = line = …"""
    steps: list[Step] = []
    at = start
    for after, rule, slots in lines:
        steps.append(step(at, after, rule, **slots))
        at = after
    return Chain(topic, start, tuple(steps), facts)


def of_divergence(names: Any, at: Any, first: Section, facts: Facts) -> Information:
    """−H(p) + E_p[−log q] = H(p, q) − H(p), and D ≥ 0 by Jensen's inequality."""
    (p, q), (px, qx) = names, at
    quantity = Divergence(p, q)
    ratio = over_set(px * log(px / qx))
    cross = over_set(px * log(qx))
    main = chained(
        Phrase("quantity_topic", {"quantity": quantity}),
        quantity,
        facts,
        (Expectation(log(px / qx), X, p), "kl_definition", {"p": p}),
        (ratio, "mean_as_sum", {}),
        (over_set(px * log(px) - px * log(qx)), "log_of_quotient", {}),
        (over_set(px * log(px)) - cross, "sums_apart", {}),
        (-Entropy(p) - cross, "entropy_seen", {"entropy": Entropy(p)}),
        (-Entropy(p) + Expectation(-log(qx), X, p), "as_expectation", {"law": p}),
        (CrossEntropy(p, q) - Entropy(p), "cross_entropy_seen", {"cross": CrossEntropy(p, q)}),
    )
    swapped = -over_set(px * log(qx / px))
    bound = -log(over_set(sp.Mul(px, qx / px, evaluate=False)))
    steps = (
        step(quantity, ratio, "kl_definition", p=p),
        step(ratio, swapped, "ratio_turned"),
        Step(swapped, AT_LEAST, bound, "jensen", Phrase("jensen")),
        step(bound, -log(over_set(qx)), "ratio_cancelled", p=px),
        step(-log(over_set(qx)), -log(ONE), "total_is_one", q=qx),
        step(-log(ONE), sp.Integer(0), "log_of_one"),
    )
    gibbs = Chain(Phrase("gibbs_topic", {"quantity": quantity}), quantity, steps, facts)
    same = Divergence(p, p)
    itself = Chain(Phrase("same_law_topic"), same, (step(same, sp.Integer(0), "divergence_from_itself", p=px),), facts)
    sections = (
        first,
        Section(
            Phrase("kl_heading"),
            (),
            (main,),
            (Phrase("coding", {"cross": CrossEntropy(p, q), "entropy": Entropy(p), "quantity": quantity}),),
        ),
        Section(
            Phrase("gibbs_heading"),
            (Phrase("log_is_concave"),),
            (gibbs, itself),
            (Phrase("gibbs_equality", {"p": px, "q": qx}),),
        ),
    )
    title = Phrase("unknown_kl_title")
    return Information("kl", title, sections, quantity, main.end, True, facts, names=(str(p), str(q)))


def of_cross_entropy(names: Any, at: Any, first: Section, facts: Facts) -> Information:
    """H(p, q) = E_p[−log q] = H(p) + D_KL(p‖q), smallest at q = p."""
    (p, q), (px, qx) = names, at
    quantity = CrossEntropy(p, q)
    main = chained(
        Phrase("quantity_topic", {"quantity": quantity}),
        quantity,
        facts,
        (Expectation(-log(qx), X, p), "cross_entropy_definition", {"p": p}),
        (-over_set(px * log(qx)), "mean_as_sum", {}),
        (Entropy(p) + over_set(px * log(px) - px * log(qx)), "entropy_added", {"entropy": Entropy(p)}),
        (Entropy(p) + over_set(px * log(px / qx)), "logs_joined", {}),
        (Entropy(p) + Divergence(p, q), "divergence_seen", {"divergence": Divergence(p, q)}),
    )
    above = Chain(
        Phrase("least_cross_entropy_topic"),
        quantity,
        (
            Step(
                quantity,
                AT_LEAST,
                Entropy(p),
                "divergence_not_negative",
                Phrase("divergence_not_negative", {"divergence": Divergence(p, q)}),
            ),
        ),
        facts,
    )
    outro = Phrase(
        "least_cross_entropy",
        {"p": px, "q": qx, "entropy": Entropy(p), "cross": quantity, "divergence": Divergence(p, q)},
    )
    sections = (
        first,
        Section(Phrase("cross_entropy_heading"), (), (main, above), (outro,)),
        for_unknown_laws(p, q, X, Integers(ONE, SET)),
    )
    return Information(
        "cross-entropy",
        Phrase("unknown_cross_entropy_title"),
        sections,
        quantity,
        main.end,
        True,
        facts,
        names=(str(p), str(q)),
    )


def of_entropy(p: Any, px: Any, first: Section, facts: Facts) -> Information:
    """H(p) = E_p[log 1/p] = −Σ p log p, largest where all outcomes are equally likely."""
    quantity = Entropy(p)
    content = named_function("I")(X)
    known = facts.defining("I", sp.Lambda(X, -log(px)))
    information = chained(Phrase("content_topic"), content, known, (-log(px), "content_definition", {"p": px}))
    main = chained(
        Phrase("quantity_topic", {"quantity": quantity}),
        quantity,
        known,
        (Expectation(content, X, p), "entropy_as_content", {"content": content}),
        (Expectation(log(1 / px), X, p), "content_put_in", {"content": content}),
        (-over_set(px * log(px)), "mean_as_sum", {}),
    )
    sections = (first, Section(Phrase("entropy_heading"), (), (information, main)), largest())
    return Information(
        "entropy", Phrase("unknown_entropy_title"), sections, quantity, main.end, True, facts, names=(str(p),)
    )


def largest() -> Section:
    """max of −Σ π_k log π_k on the simplex, by a Lagrange multiplier."""
    size, j, k = (sp.Symbol(s, integer=True, positive=True) for s in "Kjk")
    pi = sp.IndexedBase(r"\pi", positive=True)
    total = -sp.Sum(pi[j] * sp.log(pi[j]), (j, 1, size))
    whole = sp.Sum(pi[j], (j, 1, size))
    name = named_function(r"\Lambda")(pi, MULTIPLIER)
    lagrangian = total + MULTIPLIER * (1 - whole)
    base = Facts({pi: Simplex(size), size: NATURALS, MULTIPLIER: REALS}, {pi: (size,)}, {k: size})
    facts = base.defining(r"\Lambda", lagrangian)
    entry = pi[k]
    first = Chain(
        Phrase("entropy_lagrangian_topic"),
        name,
        (step(name, lagrangian, "lagrangian", multiplier=MULTIPLIER, whole=whole),),
        facts,
    )
    slope = derivative_chain(name, lagrangian, entry, facts, Phrase("score_topic", {"letter": entry}))
    zero = equation(Partial(name, entry))
    written = equation(slope.end)
    solution = sp.exp(-1 - MULTIPLIER)
    solved = equation(entry, solution)
    stationary = Chain(
        Phrase("stationary_topic", {"letter": entry}),
        zero,
        (
            set_to_zero(zero, written, entry),
            Step(written, EQUIVALENT, solved, "solved", Phrase("solved", {"letter": entry})),
        ),
        facts,
        (entry,),
    )
    constraint = equation(sp.Sum(solution, (j, 1, size)), 1)
    value = equation(solution, 1 / size)
    same = Chain(
        Phrase("multiplier_topic", {"multiplier": MULTIPLIER, "entry": entry, "whole": equation(whole, 1)}),
        constraint,
        (Step(constraint, EQUIVALENT, value, "all_entries_alike", Phrase("all_entries_alike", {"size": size})),),
        base,
        (MULTIPLIER,),
    )
    u, p = sp.symbols("u p")
    x = sp.Symbol("x", integer=True, positive=True)
    px = sp.Function("p")(x)
    laws = Facts(laws={p: Law(x, Integers(ONE, SET)), u: Law(x, Integers(ONE, SET), 1 / SET)})
    gap = log(SET) - Entropy(p)
    proof = Chain(
        Phrase("largest_entropy_topic", {"p": px}),
        gap,
        (
            step(gap, over_set(px * (log(px) + log(SET))), "gap_as_sum", p=px),
            step(
                over_set(px * (log(px) + log(SET))),
                Divergence(p, u),
                "gap_as_divergence",
                value=equation(sp.Function("u")(x), 1 / SET),
            ),
            Step(
                Divergence(p, u),
                AT_LEAST,
                sp.Integer(0),
                "divergence_not_negative",
                Phrase("divergence_not_negative", {"divergence": Divergence(p, u)}),
            ),
        ),
        laws,
    )
    outro = Phrase("largest_entropy", {"entry": equation(entry, 1 / size), "value": log(size)})
    intro = Phrase("why_multiplier_entropy", {"letter": Membership(pi, Simplex(size))})
    return Section(Phrase("largest_entropy_heading"), (intro,), (first, slope, stationary, same, proof), (outro,))
