"""The testing district: what a test of code over pstnkit needs, with the extra ``testing``.

:mod:`pstnkit.testing.strategies` has hypothesis strategies for the values.
"""
