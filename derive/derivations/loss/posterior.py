"""A prior on the parameter of a distribution without inputs: the posterior mode, and the posterior by conjugacy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import Interval
from derive.core.errors import InputError, NoDerivation
from derive.core.facts import Facts
from derive.core.nodes import Partial, named_function
from derive.core.phrase import Name, Phrase
from derive.core.ranges import sign
from derive.core.relation import EQUAL, GREATER, LESS, PROPORTIONAL, UP_TO_CONSTANT
from derive.core.statement import Statement
from derive.core.trees import mentions, substitute, terms
from derive.derivations.calculus import derivative_chain
from derive.derivations.letters import hat
from derive.derivations.likelihood import log_likelihood_chain
from derive.derivations.result import Section
from derive.derivations.stationary import stationary_chain
from derive.distributions.distribution import Distribution
from derive.models.sample import Sample
from derive.rules.logarithms import LOGARITHMS
from derive.strategies import as_one, exhaust

PRIOR = r"\pi"


@dataclass(frozen=True, slots=True)
class Posterior:
    """The whole argument.

    Args:
        sample: the observations given the parameter.
        loss: the negative logarithm of likelihood times prior, without what is free of the parameter.
        slope, bend: its first and second derivative.
        mode: where it is least; None where these plans find no formula.
        updated: the parameters of the posterior, of the prior's family; empty where it leaves the family.
    """

    sample: Sample
    prior: Distribution
    title: Phrase
    sections: tuple[Section, ...]
    facts: Facts
    loss: Any
    slope: Any
    bend: Any
    convex: bool | None
    mode: Any
    updated: dict[Any, Any]

    @property
    def chains(self) -> tuple[Chain, ...]:
        """All chains in order."""
        return tuple(chain for section in self.sections for chain in section.chains)


def posterior_of(sample: Sample, prior: Distribution) -> Posterior:
    """Likelihood times prior, its maximum, and its place in the prior's family.

    Raises:
        InputError: there is not one parameter, or the prior does not live where it does, or shares its letters.
        NoDerivation: the logarithm of the product is not one that these plans differentiate.
    """
    if len(sample.unknown) != 1 or isinstance(sample.unknown[0].letter, sp.IndexedBase):
        raise InputError("a prior is derived for one parameter", "fix the others at numbers")
    letter, domain = sample.unknown[0].letter, sample.unknown[0].domain
    check(letter, domain, sample, prior)
    written = substitute(prior.density, {prior.variable: letter})
    named_prior = named_function(PRIOR)(letter)
    facts = sample.facts.placing({p.letter: p.domain for p in prior.parameters}).defining(PRIOR, written)
    likelihood = log_likelihood_chain(sample)
    opening = opened(named_prior, written, facts)
    product = product_chain(sample, named_prior, likelihood.end, opening.end, letter, facts)
    objective = product.end
    name = sp.log(sample.named_likelihood * named_prior, evaluate=False)
    slope = derivative_chain(name, -objective, letter, facts, Phrase("score_topic", {"letter": letter}))
    if slope.end.has(Partial):
        raise NoDerivation("the logarithm of likelihood times prior is not differentiated by the rules there are")
    return finished(sample, prior, facts, likelihood, opening, product, slope)


def check(letter: Any, domain: Any, sample: Sample, prior: Distribution) -> None:
    """Prior and parameter must live in one place, with letters of their own."""
    where = prior.support
    alike = isinstance(where, Interval) and isinstance(domain, Interval)
    if not alike or (where.lower, where.upper) != (domain.lower, domain.upper):  # type: ignore[union-attr]
        raise InputError(
            f"the {prior.id} prior does not live where {letter} does", "such as beta(a, b) for a probability"
        )
    taken = {letter, sample.distribution.variable}
    for p in prior.parameters:
        if p.letter in taken or str(p.letter) in {str(t) for t in taken} | {"N", "i", str(sample.data.label)}:
            raise InputError(f"the prior's letter {p.letter} means something else already", "choose another")


def opened(named: Any, written: Any, facts: Facts) -> Chain:
    """log π(θ), its logarithms opened."""
    start = sp.log(named, evaluate=False)
    put_in = sp.log(written, evaluate=False)
    steps = [Step(start, EQUAL, put_in, "density_put_in", Phrase("density_put_in", {"density": written}))]
    more = exhaust(LOGARITHMS, put_in, facts)
    if more:
        slots = {"before": put_in, "after": more[-1].after}
        steps.extend(as_one(more, "logarithms_opened", Phrase("logarithms_opened", slots)))
    return Chain(Phrase("prior_topic"), start, tuple(steps), facts)


def product_chain(sample: Sample, prior: Any, likelihood: Any, log_prior: Any, letter: Any, facts: Facts) -> Chain:
    """−log(L(θ) π(θ)) = … ≃ what depends on θ, equal functions of θ collected."""
    start = -sp.log(sample.named_likelihood * prior, evaluate=False)
    both = sp.Add(*(-t for t in terms(likelihood)), *(-t for t in terms(log_prior)))
    live = sp.Add(*(t for t in terms(both) if mentions(t, letter)))
    gathered = collected(live, letter)
    steps = [Step(start, EQUAL, both, "posterior_put_in", Phrase("posterior_put_in"))]
    if live != both:
        steps.append(
            Step(both, UP_TO_CONSTANT, live, "constants_dropped", Phrase("posterior_constants", {"weights": letter}))
        )
    if gathered != live and sp.count_ops(gathered) < sp.count_ops(live):
        steps.append(
            Step(live, EQUAL, gathered, "statistics_collected", Phrase("statistics_collected", {"letter": letter}))
        )
    return Chain(Phrase("posterior_topic", {"weights": letter}), start, tuple(steps), facts, (letter,))


def parts(expr: Any, letter: Any) -> dict[Any, Any]:
    """The coefficients of the different functions of the letter: Σ c_k g_k(θ)."""
    found: dict[Any, Any] = {}
    for term in terms(sp.expand(expr)):
        free = sp.Mul(*(f for f in sp.Mul.make_args(term) if not mentions(f, letter)))
        bound = sp.Mul(*(f for f in sp.Mul.make_args(term) if mentions(f, letter)))
        found[bound] = found.get(bound, sp.S.Zero) + free
    return found


def collected(expr: Any, letter: Any) -> Any:
    """−(a + S − 1) log p − …, each function of the letter once."""
    return sp.Add(*(-(sp.expand(-c)) * g for g, c in parts(expr, letter).items()))


def finished(
    sample: Sample, prior: Distribution, facts: Facts, likelihood: Chain, opening: Chain, product: Chain, slope: Chain
) -> Posterior:
    """Mode, curvature and the posterior itself."""
    letter, domain = sample.unknown[0].letter, sample.unknown[0].domain
    name = slope.start
    bend = derivative_chain(name.args[0], slope.end, letter, facts, Phrase("second_order_topic", {"letter": letter}), 2)
    needs = coefficients_positive(product.end, letter)
    solved = stationary_chain(name, slope.end, letter, domain, facts, needs)
    inside = needs or needed(None if solved is None else solved.solution, domain)
    assumed = facts.assuming(*needs)
    curved = sign(bend.end, assumed)
    concave = curved == "-"
    chains = [slope]
    said: list[Phrase] = []
    if solved is not None:
        chains.append(solved.chain)
    bends = bend.steps
    if concave:
        because = Phrase("negative_everywhere", {"letter": letter})
        bends = (*bends, Step(bend.end, LESS, sp.S.Zero, "negative", because, needs))
    chains.append(Chain(bend.topic, bend.start, bends, facts, (letter,)))
    if solved is not None:
        mode = Statement(hat(letter), EQUAL, solved.solution)
        if inside:
            said.append(Phrase("posterior_mode", {"mode": mode, "conditions": inside}))
        else:
            said.append(Phrase("posterior_mode_always", {"mode": mode}))
    updated = conjugate(product.end, opening.end, prior, letter)
    family = family_chain(sample, prior, updated, letter, facts) if updated else None
    words: dict[str, Any] = {"name": Name(prior.names, prior.id)}
    if family is not None:
        words |= {"letters": tuple(updated), "values": tuple(updated.values())}
    title = Phrase(
        "posterior_title", {"name": Name(sample.distribution.names, sample.distribution.id), "prior": words["name"]}
    )
    sections = (
        Section(Phrase("log_likelihood_heading"), (), (likelihood,)),
        Section(
            Phrase("prior_on_parameter_heading"),
            (parameter_prior(prior, letter, facts), Phrase("bayes")),
            (opening, product),
        ),
        Section(Phrase("posterior_mode_heading"), (), tuple(chains), tuple(said)),
        Section(
            Phrase("posterior_heading"),
            (),
            () if family is None else (family,),
            (Phrase("conjugate" if family is not None else "not_conjugate", words),),
        ),
    )
    return Posterior(
        sample,
        prior,
        title,
        sections,
        facts,
        product.end,
        -slope.end,
        -bend.end,
        True if concave else None,
        None if solved is None else solved.solution,
        updated,
    )


def coefficients_positive(objective: Any, letter: Any) -> tuple[Statement, ...]:
    """The exponents of the kernel are positive: then the logarithm is concave and has its maximum inside."""
    return tuple(
        Statement(sp.expand(-c), GREATER, sp.S.Zero)
        for g, c in parts(objective, letter).items()
        if isinstance(g, sp.log)
    )


def needed(solution: Any, domain: Any) -> tuple[Statement, ...]:
    """The solution lies inside the domain."""
    if solution is None or not isinstance(domain, Interval):
        return ()
    top, bottom = sp.fraction(sp.together(solution))
    found = [Statement(top, GREATER, sp.S.Zero)] if domain.lower == 0 else []
    if domain.upper == 1:
        found.append(Statement(sp.expand(bottom - top), GREATER, sp.S.Zero))
    return tuple(found)


def parameter_prior(prior: Distribution, letter: Any, facts: Facts) -> Phrase:
    """What is assumed of the parameter before the data are seen."""
    density = Statement(named_function(PRIOR)(letter), EQUAL, facts.definitions[PRIOR])
    return Phrase("parameter_prior", {"letter": letter, "name": Name(prior.names, prior.id), "density": density})


def conjugate(objective: Any, log_prior: Any, prior: Distribution, letter: Any) -> dict[Any, Any]:
    """The parameters for which the prior's logarithm has the objective's coefficients; empty where there are none."""
    wanted, given = (
        parts(-objective, letter),
        parts(sp.Add(*(t for t in terms(log_prior) if mentions(t, letter))), letter),
    )
    if set(wanted) != set(given):
        return {}
    news = {p.letter: sp.Dummy(str(p.letter), real=True) for p in prior.parameters}
    equations = [given[g].xreplace(news) - wanted[g] for g in wanted]
    hidden: dict[Any, Any] = {}
    plain = []
    for equation in equations:
        for total in equation.atoms(sp.Sum):
            hidden.setdefault(total, sp.Dummy("S", real=True))
        plain.append(equation.xreplace(hidden))
    try:
        solutions = sp.linsolve(plain, *news.values())
    except (ValueError, NotImplementedError, sp.solvers.solveset.NonlinearError):
        return {}
    back = {v: k for k, v in hidden.items()}
    for solution in solutions:
        if not any(value.has(*news.values()) for value in solution):
            return {p: value.xreplace(back) for p, value in zip(news, solution, strict=True)}
    return {}


def family_chain(sample: Sample, prior: Distribution, updated: dict[Any, Any], letter: Any, facts: Facts) -> Chain:
    """L(θ) π(θ) ∝ the prior's density with the updated parameters."""
    start = sample.named_likelihood * named_function(PRIOR)(letter)
    density = substitute(substitute(prior.density, {prior.variable: letter}), updated)
    step = Step(
        start, PROPORTIONAL, density, "posterior_recognised", Phrase("posterior_recognised", {"letter": letter})
    )
    return Chain(Phrase("posterior_family_topic"), start, (step,), facts, (letter,))
