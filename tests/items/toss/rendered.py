"""A toss as a static HTML table and as text."""

from html import escape

from b2bcourse.render.frame import framed


def html(face, value, feedback):
    sides = value.get("coins", {})
    rows = "".join(
        f"<tr><th>{escape(coin.name)}</th><td>{escape(str(sides.get(coin.id, '')))}</td></tr>"
        for coin in face.coins
    )
    return framed(face, f"<table>{rows}</table>", feedback)


def text(face, value, feedback):
    sides = value.get("coins", {})
    told = [feedback.big] if feedback else []
    return "\n".join([face.title, *told, *(f"{c.name}: {sides.get(c.id, '')}" for c in face.coins)])
