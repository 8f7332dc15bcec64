"""The judge's words as frozen values, and the rules that are pure functions of them."""
