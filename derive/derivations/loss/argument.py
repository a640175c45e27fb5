"""The plan: from the declared model to the loss, its gradient, its curvature, and its minimum."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain
from derive.core.domains import BINARY
from derive.core.errors import NoDerivation
from derive.core.facts import Facts
from derive.core.nodes import Partial
from derive.core.phrase import Name, Phrase
from derive.core.relation import EQUAL
from derive.core.statement import Membership, Statement
from derive.core.trees import mentions, substitute
from derive.derivations.calculus import derivative_chain
from derive.derivations.letters import hat
from derive.derivations.loss.convexity import Convexity, convexity, of_shares
from derive.derivations.loss.equivalence import equivalence_section
from derive.derivations.loss.gradient import Found, block_chain, gradient_chain, hessian_chain, share_chain
from derive.derivations.loss.likelihood import likelihood_chain, log_likelihood_chain, loss_chain
from derive.derivations.loss.result import Loss, Terms
from derive.derivations.loss.scores import in_scores_chain, one_term, slope_chain
from derive.derivations.loss.solution import Solution, newton_of_shares, newton_step, normal_equations, subgradient
from derive.derivations.loss.stable import stable_chains
from derive.derivations.loss.torch_losses import Match, matches
from derive.derivations.result import Section
from derive.derivations.stationary import stationary_chain
from derive.models.regression import INPUTS, WEIGHTS, Regression
from derive.models.sample import INDEX, SIZE


def loss_of(model: Regression) -> Loss:
    """The whole argument.

    Raises:
        NoDerivation: the negative log-likelihood does not take a form that these plans differentiate.
    """
    joint, logarithm = likelihood_chain(model), log_likelihood_chain(model)
    dropped = loss_chain(model, logarithm.end)
    scored = in_scores_chain(model, dropped.end, model.facts)
    loss = scored.end
    facts = model.facts.defining("J", loss)
    term = one_term(model, loss)
    slope = slope_chain(model, term, 1)
    corners = term.has(sp.Abs)
    bend = None if model.many or corners else slope_chain(model, slope.end, 2)
    terms = Terms(term, slope.end, None if bend is None else bend.end)
    for found in (terms.slope, terms.bend):
        if found is not None and found.has(Partial):
            raise NoDerivation("the loss of one observation is not differentiated by the rules there are")
    gradient = gradient_chain(model, loss, terms, facts)
    hessian = None if corners else second(model, loss, terms, gradient, facts)
    curved = (
        of_shares(model)
        if model.many
        else convexity(model, terms, hessian and hessian.shown, curve_facts(gradient, hessian))
    )
    solution = solved(model, terms, gradient, hessian)
    torch = matches(model, terms, loss, opened_density(logarithm), facts)
    sections = (
        model_section(model),
        Section(Phrase("likelihood_heading"), (), (joint,)),
        Section(Phrase("log_likelihood_heading"), (Phrase("why_logarithm"),), (logarithm,)),
        Section(
            Phrase("loss_heading"),
            (Phrase("why_negative", {"weights": model.weights}),),
            (dropped,),
            dropping(model, dropped),
        ),
        *scores_section(model, scored, stable_chains(model, terms)),
        Section(Phrase("slope_heading"), design_rows(model), (slope, gradient.chain)),
        *curvature_section(model, bend, hessian, curved),
        Section(Phrase("minimum_heading"), solution.before, solution.chains, solution.after),
        *constants_section(model, logarithm, loss),
        *torch_section(torch),
        *((equivalence_section(),) if model.many or model.distribution.support == BINARY else ()),
    )
    return Loss(
        model,
        title(model),
        sections,
        facts,
        loss,
        gradient.closed,
        sp.S.Zero if hessian is None else hessian.closed,
        curved.convex,
        solution.weights,
        terms,
        torch,
        means_of(model, logarithm, loss),
    )


def design_rows(model: Regression) -> tuple[Phrase, ...]:
    """What X is; nothing where it is not used."""
    return () if model.many else (Phrase("design_rows", {"design": model.design, "row": model.input.T}),)


def opened_density(logarithm: Chain) -> Any:
    """log p(y_i | x_i; w) as the sum over the observations has it."""
    opened = [s.after for s in logarithm.steps if s.rule in ("logarithms_opened", "density_put_in")]
    return opened[-1].function


def torch_section(found: tuple[Match, ...]) -> tuple[Section, ...]:
    """The steps from the derived loss to the library's."""
    chains = tuple(match.chain for match in found if match.chain.steps)
    return (Section(Phrase("torch_heading"), (), chains),) if chains else ()


def curve_facts(gradient: Found, hessian: Found | None) -> Facts:
    """The facts under which the Hessian is printed."""
    return gradient.facts if hessian is None else hessian.facts


def second(model: Regression, loss: Any, terms: Terms, gradient: Found, facts: Facts) -> Found:
    """The Hessian, or for softmax its blocks."""
    return (
        block_chain(model, terms.slope, gradient.summed, facts)
        if model.many
        else hessian_chain(model, loss, terms, facts)
    )


def solved(model: Regression, terms: Terms, gradient: Found, hessian: Found | None) -> Solution:
    """The closed form, or why there is none and what is done instead."""
    if hessian is None:
        return subgradient(gradient)
    if model.many:
        return newton_of_shares(model, gradient)
    return normal_equations(model, terms, gradient) or newton_step(model, terms, gradient, hessian)


def title(model: Regression) -> Phrase:
    """Which model."""
    if model.names:
        return Phrase("loss_title_named", {"name": Name(model.names, model.id)})
    return Phrase("loss_title", {"name": Name(model.distribution.names, model.distribution.id)})


def model_section(model: Regression) -> Section:
    """What is assumed of the responses given the inputs."""
    d = model.distribution
    y, x = model.response, INPUTS
    slots: dict[str, Any] = {
        "data": Phrase("from_to", {"first": y[1], "last": y[SIZE]}),
        "inputs": Phrase("from_to", {"first": x[1], "last": x[SIZE]}),
        "input": x[INDEX],
        "observation": y[INDEX],
        "name": Name(d.names, d.id),
        "density": Statement(model.named_density, EQUAL, model.density),
    }
    sentences = [Phrase("regression_mass" if d.discrete else "regression_density", slots)]
    support = Membership(y if model.many else y[INDEX], d.support)
    sentences.append(Phrase("response_support", {"support": support}))
    if model.linear:
        sentences.append(Phrase("score_is_parameter", {"score": model.score()}))
    else:
        equation = Statement(model.predicted, EQUAL, model.prediction)
        sentences.append(Phrase("score_through_link", {"score": model.score(), "equation": equation}))
    if model.constants:
        sentences.append(Phrase("constants", {"letters": tuple(p.letter for p in model.constants)}))
    return Section(Phrase("model_heading"), tuple(sentences))


def dropping(model: Regression, chain: Chain) -> tuple[Phrase, ...]:
    """The loss that remains, by name; its numerical factor; its mean over a batch."""
    loss = chain.end
    sentences = []
    if any(step.relation.forgives != "nothing" for step in chain.steps):
        sentences.append(Phrase("forgiven", {"weights": model.weights}))
    sentences.append(Phrase("loss_named", {"loss": Statement(model.named_loss, EQUAL, loss)}))
    number, rest = loss.as_coeff_Mul()
    if number.is_positive and number != 1:
        sentences.append(Phrase("number_kept", {"number": number, "rest": rest, "weights": model.weights}))
    sentences.append(Phrase("batch_mean", {"mean": model.named_loss / SIZE}))
    return tuple(sentences)


def scores_section(model: Regression, chain: Chain, stable: tuple[Chain, ...]) -> tuple[Section, ...]:
    """The loss in the scores, and how it is computed without overflow; nothing where the link is the identity."""
    if model.linear:
        return ()
    intro = (Phrase("why_stable"),) if stable else ()
    dropped = any(step.relation.forgives != "nothing" for step in chain.steps)
    renamed = (Phrase("loss_renamed", {"loss": Statement(model.named_loss, EQUAL, chain.end)}),) if dropped else ()
    return (
        Section(Phrase("in_scores_heading"), (), (chain,), renamed),
        *((Section(Phrase("stable_heading"), intro, stable),) if stable else ()),
    )


def curvature_section(
    model: Regression, bend: Chain | None, hessian: Found | None, curved: Convexity
) -> tuple[Section, ...]:
    """Second derivatives and what follows from their sign."""
    chains: list[Chain] = []
    if model.many:
        chains.append(share_chain(model))
    if bend is not None:
        chains.append(bend)
    if hessian is not None:
        chains.append(hessian.chain)
    key = "curvature_heading" if hessian is not None else "convexity_heading"
    return (Section(Phrase(key), (), (*chains, *curved.chains), curved.because),)


def constants_section(model: Regression, logarithm: Chain, loss: Any) -> tuple[Section, ...]:
    """The estimates of the constants, such as σ², at the estimated weights, where they have a closed form."""
    if any(mentions(loss, p.letter) for p in model.constants):
        return ()
    name = logarithm.start
    chains: list[Chain] = []
    found: list[Phrase] = []
    for p in model.constants:
        topic = Phrase("score_topic", {"letter": p.letter})
        slope = derivative_chain(name, logarithm.end, p.letter, model.facts, topic)
        if slope.end.has(Partial):
            continue
        made = stationary_chain(Partial(name, p.letter), slope.end, p.letter, p.domain, model.facts)
        if made is not None:
            chains.extend((slope, made.chain))
            found.append(Phrase("constant_estimated", {"estimate": with_hats(p.letter, made.solution)}))
    if not chains:
        return ()
    return (
        Section(
            Phrase("constants_heading"), (Phrase("constants_apart", {"weights": WEIGHTS}),), tuple(chains), tuple(found)
        ),
    )


def means_of(model: Regression, logarithm: Chain, loss: Any) -> dict[Any, Any]:
    """Of which function of each observation the estimate of a constant is the mean."""
    found: dict[Any, Any] = {}
    for section in constants_section(model, logarithm, loss):
        for chain in section.chains:
            end = chain.end
            value = end.right * SIZE if isinstance(end, Statement) else None
            if isinstance(value, sp.Sum) and isinstance(end, Statement):
                found[end.left] = substitute(value.function, {model.score(): model.free_score})
    return found


def with_hats(letter: Any, value: Any) -> Statement:
    """The estimate of a constant, the weights at theirs."""
    hats = sp.IndexedBase(r"\hat{w}", real=True)
    return Statement(hat(letter), EQUAL, substitute(value, {WEIGHTS: hats}))
