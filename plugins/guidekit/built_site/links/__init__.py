"""The links of a built site: what its HTML and CSS name, where that leads, and where in the sources it is written."""
