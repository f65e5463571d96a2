"""Pairs of answers with labels, judged by this project and by its peers side by side.

python -m bench.pairs.run            # one table; peers are set up in an environment of their own
python -m bench.pairs.labels         # the labels against an independent evaluation
python -m bench.pairs.expressions DIR  # a file of foreign labels against ours, less what audit.yaml rejects
"""
