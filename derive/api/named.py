"""Distributions by name, by declaration, or somebody's own; and what there is."""

from __future__ import annotations

from collections.abc import Sequence

from derive.distributions import book
from derive.distributions.distribution import Distribution, signature


def parsed(text: str) -> Distribution:
    r"""The distribution that a name, a name with arguments, or a TOML file describes.

    Raises:
        InputError: an unknown name, a wrong number of arguments, or an argument that cannot be read.

    >>> parsed("binomial(10, q)").parameters[0].letter
    q
    """
    if text.strip().lower() in book.NAMES:
        return book.named(text)
    # Only what is more than a name needs the reader.
    from derive.reading.sources import distribution_of

    return distribution_of(text)


def own(density: str, parameters: Sequence[str], support: str = "", name: str = "") -> Distribution:
    r"""A distribution declared by its density in LaTeX.

    Raises:
        InputError: a part cannot be read, or a letter is not declared.

    >>> own(r"\lambda e^{-\lambda x}", [r"\lambda > 0"], "x > 0").parameters[0].letter
    \lambda
    """
    from derive.reading.density import density as declared_density

    return declared_density(density, parameters, support, name=name)


def declared(distribution: str | Distribution) -> Distribution:
    """The distribution that a text names, or somebody's own, which must be one.

    Raises:
        InputError: no such name, or a density that is none.
    """
    own = not isinstance(distribution, str) or distribution.strip().endswith(".toml")
    made = parsed(distribution) if isinstance(distribution, str) else distribution
    if own and made not in book.DISTRIBUTIONS:
        from derive.numerics.proper import refuse_improper

        refuse_improper(made)
    return made


def listing(kind: str) -> list[tuple[str, str]]:
    """What there is of ``distributions``, ``models`` or ``derivations``: names with their meanings."""
    if kind == "distributions":
        return [(signature(d), d.names["en"]) for d in book.DISTRIBUTIONS]
    if kind == "models":
        from derive.models.declared import MODELS

        return [(m.id, f"{m.names['en']}: {m.declaration}") for m in MODELS]
    if kind == "derivations":
        return [
            ("mle", "maximum-likelihood estimates"),
            ("entropy", "entropy, differential entropy"),
            ("cross-entropy", "cross-entropy of two laws"),
            ("kl", "KL divergence of two laws"),
            ("loss", "losses as negative log-likelihoods"),
        ]
    return []
