"""
Measure what `ipgtools.hotspots.places` claims: on maps of chance alone, on planted ones, in cities.

``simulated`` draws maps whose truth is known, ``rates`` counts how often a method errs and finds,
``cities`` cuts real incidents in units of a wijk, ``ahead`` counts what came in the next period,
and ``bars`` holds what is asked.
"""
