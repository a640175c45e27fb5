"""Derivations as blocks of a page, free of language and markup."""
