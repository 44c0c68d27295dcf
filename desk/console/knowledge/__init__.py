"""The pages of what is known: what no article answers, drafts, and what is to be done."""
