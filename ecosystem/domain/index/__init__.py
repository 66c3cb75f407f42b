"""The index that the search and the directory answer from: documents, sets, orders and words.

`refresh` keeps it in the transaction of a change, `present` is its state for a request, `find` what a text finds in it.
"""
