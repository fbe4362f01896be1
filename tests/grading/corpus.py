"""Essays that try to act on who reads them, each by another way; and essays that only look odd."""

import base64
import io

from PIL import Image

ACT = "alert(1)"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def png(size=(3, 2)):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


# Each of these ran, or could run, in a page that renders Markdown, some at the second rendering.
HOSTILE = {
    "a link": f"[x](javascript:{ACT})",
    "a link in capitals": f"[x](JaVaScRiPt:{ACT})",
    "a reference": f"[x]\n\n[x]: javascript:{ACT}",
    "a reference with a title": f"[x][y]\n\n[y]: <javascript:{ACT}> 'title'",
    "an entity in the scheme": f"[x](&#106;avascript:{ACT})",
    "a named entity": f"[x](javascript&colon;{ACT})",
    "entities without an end": "[x](&#0000106avascript&#58alert(1))",
    "a tab in the scheme": f"[x](java&#9;script:{ACT})",
    "a line break in the scheme": f"[x](<java&#10;script:{ACT}>)",
    "control characters before it": f"[x](&#1;javascript:{ACT})",
    "percent signs": f"[x](javascript%3A{ACT})",
    "backslashes": rf"[x](java\script:{ACT})",
    "vbscript": f"[x](vbscript:{ACT})",
    "data": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "a picture of HTML": "![x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "a picture that is SVG": "![x](data:image/svg+xml;base64,"
    + base64.b64encode(SVG.encode()).decode()
    + ")",
    "SVG called PNG": "![x](data:image/png;base64," + base64.b64encode(SVG.encode()).decode() + ")",
    "a quote in a picture": '![x" onerror="alert(1)](attachment:none.png)',
    "a quote in a title": "[x](https://a.example 'y\" onclick=\"alert(1)')",
    "a quote in an address": '[x](https://a.example/"onclick="alert(1))',
    "an autolink": f"<javascript:{ACT}>",
    "an autolink with an entity": f"<java&#115;cript:{ACT}>",
    "a mail": '<a@b.c"onclick="alert(1)>',
    "two passes": f"a&#10;&#10;\\[x\\](javascript:{ACT})",
    "two passes, picture": "a&#10;&#10;!\\[x\\](https://a.example/x.png)",
    "two passes, reference": f"\\[x\\]&#10;&#10;\\[x\\]: javascript:{ACT}",
    "two passes, HTML": "a&#10;&#10;&lt;img src=x onerror=alert(1)&gt;",
    "three passes": f"a&amp;#10;&amp;#10;\\\\[x\\\\](javascript:{ACT})",
    "two passes, code": f"```\n\n\n[x](javascript:{ACT})\n```",
    "two passes, script in code": "`<script>alert(1)</script>`",
    "a script": "<script>alert(1)</script>",
    "a script in a block": "<div>\n<script>alert(1)</script>\n</div>",
    "a broken script": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "a handler": "<img src=x onerror=alert(1)>",
    "a handler without spaces": "<img/src=x/onerror=alert(1)>",
    "a handler on a simple tag": "<b onmouseover=alert(1)>x</b>",
    "a handler in a block": "<div onclick=alert(1)>\nx\n</div>",
    "an unclosed tag": "<img src=x onerror=alert(1) x=",
    "a raw link": f"<a href='javascript:{ACT}'>x</a>",
    "a frame": f"<iframe src='javascript:{ACT}'></iframe>",
    "a frame of its own": "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "a form": f"<form action='javascript:{ACT}'><button>x</button></form>",
    "formgrader's button": "<button class='full-credit'>x</button>",
    "formgrader's field": "<input class='score' value='25'>",
    "a style": "<style>body{background:url(https://a.example/x)}</style>",
    "a style on a tag": "<p style='background:url(https://a.example/x)'>x</p>",
    "an object": "<object data='https://a.example/x'></object>",
    "a base": "<base href='https://a.example/'>[x](y)",
    "a refresh": "<meta http-equiv=refresh content='0;url=https://a.example/'>",
    "SVG": f"{SVG}<svg><a xlink:href='javascript:{ACT}'><text y=9>x</text></a></svg>",
    "SVG with a script": "<svg><script>alert(1)</script></svg>",
    "SVG that breaks out": "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "MathML": f"<math href='javascript:{ACT}'>x</math>",
    "MathML with an action": f"<math><maction xlink:href='javascript:{ACT}'>x</maction></math>",
    "MathML that breaks out": "<math><mtext><table><mglyph><style><!--</style>"
    "<img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "a comment": "<!--><img src=x onerror=alert(1)>-->",
    "an instruction": "<?xml-stylesheet href='javascript:alert(1)'?>",
    "CDATA": "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "a table": f"|[x](javascript:{ACT})|<img src=x onerror=alert(1)>|\n|-|-|\n|a|b|",
    "a heading": f"# <a href='javascript:{ACT}'>x</a> [x](javascript:{ACT})",
    "a heading with a name": "# essay",
    "mermaid": '```mermaid\ngraph TD; a-->b; click a href "javascript:alert(1)"\n```',
    "a language with a quote": '```"><img/src=x/onerror=alert(1)>\ncode\n```',
    "math that links": rf"$\href{{javascript:{ACT}}}{{x}}$",
    "math that links, displayed": rf"$$\href{{javascript:{ACT}}}{{x}}$$",
    "math in brackets": rf"\\(\href{{javascript:{ACT}}}{{x}}\\) \\[\href{{javascript:{ACT}}}{{x}}\\]",
    "math in an environment": rf"\begin{{align}}\href{{javascript:{ACT}}}{{x}}\end{{align}}",
    "math that clothes": r"$\class{full-credit}{\cssId{essay}{\style{position:fixed}{x}}}$",
    "math that loads": r"$\require{html}\href{javascript:alert(1)}{x}$",
    "math with HTML": "$<img src=x onerror=alert(1)>$",
    "math by entities": r"&#36;\href{javascript:alert(1)}{x}&#36;",
    "a file of her own": "[x](evil.html) [y](./evil.html) ![z](evil.svg)",
    "the same host": "[x](/formgrader/evil.html) [y](//a.example/x) ![z](/x.png)",
    "a picture elsewhere": "![x](https://a.example/x.png)",
    "a reference to a picture elsewhere": "![x]\n\n[x]: https://a.example/x.png",
    "closing what is around": "</div></div></div></td></table></body></html>x",
    "opening and not closing": "<div><table><tr><td><b><i>x",
    "halves of characters": "\ud800[x](javascript:alert(1))\udfff",
    "control characters": "\x00[x](java\x00script:alert(1))\x1b\x7f\x85",
    "line separators": "x\u2028\u2029# y\x0b\x0c",
}

# What a student may well write; each with words that must be read in it afterwards.
HONEST = {
    "a comparison": ("a<b, a < b & c > d", ["a<b, a < b & c > d"]),
    "code": ("`a<b` and `&lt;`", ["a<b and &lt;"]),
    "a block of code": ("```python\nif a<b:\n\n    x = '*y*'\n```", ["if a<b:\n\n    x = '*y*'"]),
    "indented code": ("text\n\n    a<b  &amp; c\n", ["a<b  &amp; c"]),
    "a placeholder": ("We sell to <our customer> first.", ["to <our customer> first"]),
    "money": ("From $5 to $10, not ₩5,000_000.", ["From $5 to $10, not ₩5,000_000."]),
    "a formula": (r"$\frac{a_1}{b_2} * c * d$", [r"$\frac{a_1}{b_2} * c * d$"]),
    "a link": ("[source](https://a.example/?a=1&b=2)", ["source"]),
    "an address without a scheme": ("[source](www.a.example/x)", ["source (www.a.example/x)"]),
    "a table": ("|a|b|\n|:-:|-:|\n|1<2|x<br>y|", ["a", "b", "1<2", "x"]),
    "a list in a list": ("1. a\n   - b\n     - c\n2. d", ["a", "b", "c", "d"]),
    "a list to tick": ("- [x] done\n- [ ] open", ["☑ done", "☐ open"]),
    "a footnote": ("text[^1]\n\n[^1]: the note", ["text", "the note"]),
    "simple tags": ("H<sub>2</sub>O and <u>this</u>", ["H2O and this"]),
    "Korean": (
        "# 제안\n\n**구매팀장**에게 먼저 말합니다.",
        ["제안", "구매팀장에게 먼저 말합니다."],
    ),
    "a quotation": ("> said\n>\n> twice", ["said", "twice"]),
    "entities": ("&lt;b&gt; &amp; &copy;", ["<b> & ©"]),
    "a definition": ("term\n: its meaning", ["term", "its meaning"]),
    "blanks": ("  \n\n  ", []),
    "nothing": ("", []),
}
