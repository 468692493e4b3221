"""How well pages are read, by Elchi and by others: corpora, measures, engines, costs."""
