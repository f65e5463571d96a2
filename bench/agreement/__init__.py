"""How well do the grader's marks agree with an examiner's? Labelled synthetic submissions, and a runner.

    python -m bench.agreement.verify                       # are the labels themselves right?
    python -m bench.agreement.generate OUT --count 320 --seed 1
    python -m bench.agreement.run --count 320 --seed 1 --failures 20

The labels come from the mark scheme alone. A label is `unspecified` where an examiner would hesitate.
"""
