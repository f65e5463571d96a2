"""Five answers to homework3: the small class that several tests grade."""

FIVE = {
    "ana": "## Question 4\n\nThe largest magnitude is $\\frac14\\|\\phi(x)\\|$.\n",
    "ben": "## Question 4\n\nlargest magnitude: $\\frac{\\|\\phi(x)\\|}{4}$\n",
    "cleo": "## Question 4\n\nThe largest magnitude is $\\frac{8}{27}\\|\\phi(x)\\|$.\n",
    "dan": "## Question 1\n\n$$(\\sigma(w\\cdot\\phi(x)) - y)^2$$\n",
    "eva": "## Question 4\n\n$\\frac{8}{27}\\|\\phi(x)\\|$ or $\\frac14\\|\\phi(x)\\|$\n",
}
