"""The practice bank, read once for all tests of a run: its items are frozen, so that all may share them."""

from b2bcourse.context import bank_folder
from b2bcourse.items import load_bank

PRACTICE = load_bank(bank_folder())
