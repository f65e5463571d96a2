"""Why a link may follow although its two sides are not equal for every value: one argument a file.

Each takes a `Trial` and gives a `Judgement`, or None when it has nothing to say; `working.judge`
fixes their order.
"""
