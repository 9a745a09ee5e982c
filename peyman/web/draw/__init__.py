"""Drawings of a case as SVG, each with the same content as rows beside it.

Pure: plain data in, text out; no Django, no clock. A page gives the words of its language
(`language.Language`) and renders `drawing.Drawing`: the picture, its keys, its rows.

    map        facilities, movements, where
    timeline   entries by day, and a strip of them
    strength   who is on the ground, and what flew in and out
    series     a figure that was corrected, deleted, contradicted
    clock      a mandate from its first day, with the deadlines that hang on it
    tally      the votes of a decision, or that none are known

Colours are classes in `static/web/css/draw.css`; nothing here needs an inline style.
"""
