"""Pictures of an answer: SVG of our own, the same for the same answer, for screens in light and dark and for print.

A picture says nothing by colour alone: a party has a colour, a mark and its name. What a picture shows is also told in
words, for whoever cannot see it.
"""
