"""Documents about styles: inheritance, toggles, themes, numbering by style, direct formatting over all of it."""

from __future__ import annotations

from tools.corpus import raw
from tools.corpus.collection import document
from tools.corpus.markup import plain_rows, run, styled, table
from tools.corpus.raw import colour, fonts, heading, size, spacing, style
from tools.corpus.words import OFFICERS, PEOPLE, PLACES, passage, sentence

_BOLD, _ITALIC = "<w:b/>", "<w:i/>"
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_COLOURS = (("dk1", "1B1B1B"), ("lt1", "FFFFFF"), ("dk2", "14414F"), ("lt2", "E9F0E4"), ("accent1", "2E6E8E"),
            ("accent2", "B4521E"), ("accent3", "5C7F2B"), ("accent4", "7A3E7D"), ("accent5", "B08900"),
            ("accent6", "4A4A78"), ("hlink", "0B5394"), ("folHlink", "674EA7"))  # fmt: skip


def theme(major: str, minor: str) -> str:
    """A theme with its fonts for headings and body and the colours of an invented council."""
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS)
    faces = "".join(
        f'<a:{kind}><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}>'
        for kind, face in (("majorFont", major), ("minorFont", minor))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme {_A} name="Westmarch"><a:themeElements><a:clrScheme name="Westmarch">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Westmarch">{faces}</a:fontScheme><a:fmtScheme name="Westmarch">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


@document("styles-inheritance", "six generations of basedOn over document defaults, each changing one thing")
def inheritance() -> bytes:
    chain = (
        style("Report", "Report", spacing(0, 140, 276) + '<w:jc w:val="both"/>', fonts("Times New Roman") + size(23))
        + style("ReportWide", "Report Wide", '<w:ind w:left="567" w:right="567"/>', based="Report")
        + style("ReportQuoted", "Report Quoted", "", _ITALIC + colour("3B3B3B"), based="ReportWide")
        + style("ReportQuotedSmall", "Report Quoted Small", spacing(0, 80, 240), size(19), based="ReportQuoted")
        + style("ReportSource", "Report Source", '<w:jc w:val="right"/>', '<w:i w:val="0"/><w:smallCaps/>',
                based="ReportQuotedSmall")
        + style("ReportSourceBold", "Report Source Bold", '<w:ind w:left="0"/>', _BOLD, based="ReportSource")
    )  # fmt: skip
    body = styled("Title", "The state of our parks")
    for at, place in enumerate(PLACES[:7]):
        body += styled("Heading1", f"{at + 1}. {place}") + styled("Report", passage(5, at * 4))
        body += styled("ReportWide", passage(2, at * 3 + 1)) + styled("ReportQuoted", sentence(at + 7))
        body += styled("ReportQuotedSmall", passage(2, at + 11))
        body += styled("ReportSource", f"{PEOPLE[at]}, speaking at {place}")
        body += styled("ReportSourceBold", "Minute 41 of the Parks Panel") + styled("Normal", passage(3, at * 5 + 2))
    return raw.package(body, title="The state of our parks", styling=raw.styles(more=chain))


@document("styles-toggles", "bold, italic and caps set in paragraph style, character style and run cancel each other")
def toggles() -> bytes:
    character = "".join(
        style(name, label, run=looks, based=based, kind="character")
        for name, label, looks, based in (
            ("Strong", "Strong", _BOLD, ""),
            ("Emphasis", "Emphasis", _ITALIC, ""),
            ("StrongEmphasis", "Strong Emphasis", _ITALIC, "Strong"),
            ("Shouted", "Shouted", "<w:caps/>", ""),
            ("Plain", "Plain", '<w:b w:val="0"/><w:i w:val="0"/>', ""),
        )
    )
    marked = style("Resolved", "Resolved", spacing(120, 120), _BOLD) + style("Aside", "Aside", "", _ITALIC)
    marked += style("Notice", "Notice", "", _BOLD + "<w:caps/>") + style(
        "Softer", "Softer", "", "<w:b/>", based="Resolved"
    )
    body = styled("Heading1", "Minutes of the Licensing Panel")
    named = ("Strong", "Emphasis", "StrongEmphasis", "Shouted", "Plain")
    for at, base in enumerate(("Normal", "Resolved", "Aside", "Notice", "Softer", "Heading2")):
        runs = run(f"{base}: it was resolved ")
        for name in named:
            runs += run(f"that {name.lower()} words differ ", f'<w:rStyle w:val="{name}"/>')
            runs += run("from these, ")
        runs += run("set bold by hand", _BOLD) + run(", or bold off by hand", '<w:b w:val="0"/>')
        both = '<w:rStyle w:val="Strong"/>'
        runs += run(", styled and bold by hand", both + _BOLD) + run(", styled and not bold", both + '<w:b w:val="0"/>')
        body += styled(base, runs + run(".")) + styled("Normal", passage(3, at * 3))
    return raw.package(body, title="Minutes", styling=raw.styles("Times New Roman", 24, more=character + marked))


@document("styles-theme", "fonts and colours named by the theme, with tints and shades, over two pages")
def themed() -> bytes:
    faces = (
        '<w:rFonts w:asciiTheme="{0}HAnsi" w:hAnsiTheme="{0}HAnsi" w:eastAsiaTheme="{0}EastAsia" w:cstheme="{0}Bidi"/>'
    )
    major, minor = faces.format("major"), faces.format("minor")
    tints = "".join(
        style(f"Panel{at}", f"Panel {at}", f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}" w:themeFill="{name}" '
              f'{change}/>' + spacing(60, 60), colour_of)
        for at, (fill, name, change, colour_of) in enumerate((
            ("D0E3EC", "accent1", 'w:themeFillTint="33"',
             '<w:color w:val="225269" w:themeColor="accent1" w:themeShade="BF"/>'),
            ("F4D9CB", "accent2", 'w:themeFillTint="33"',
             '<w:color w:val="5A290F" w:themeColor="accent2" w:themeShade="80"/>'),
            ("B5C7A0", "accent3", 'w:themeFillTint="99"', '<w:color w:val="1B1B1B" w:themeColor="text1"/>'),
            ("5B2E5E", "accent4", 'w:themeFillShade="BF"', '<w:color w:val="FFFFFF" w:themeColor="background1"/>'),
        ))
    )  # fmt: skip
    sheet = (
        raw.defaults(minor + size(22) + '<w:lang w:val="en-GB"/>', spacing(0, 160, 259))
        + style("Normal", "Normal", default=True)
        + heading(1, major + '<w:color w:val="225269" w:themeColor="accent1" w:themeShade="BF"/>' + size(32))
        + heading(2, major + '<w:color w:val="82B2CA" w:themeColor="accent1" w:themeTint="99"/>' + size(26))
        + style("Title", "Title", spacing(0, 200), major + '<w:color w:val="14414F" w:themeColor="text2"/>' + size(56))
        + tints
        + raw.TABLE_STYLES
    )
    body = styled("Title", "Corporate plan 2027 to 2031")
    for at, place in enumerate(PLACES[:4]):
        body += styled("Heading1", f"Aim {at + 1}: a better {place}") + styled("Normal", passage(4, at * 6))
        body += styled("Heading2", "What we shall do") + styled(f"Panel{at}", passage(3, at * 5 + 3))
        body += styled("Normal", run(sentence(at), major) + run(" " + sentence(at + 9), minor + _ITALIC))
    return raw.package(body, title="Corporate plan", styling=sheet, parts={"theme": theme("Arial", "Times New Roman")})


@document("styles-theme-calibri", "a theme of Cambria headings and Calibri body, with latent styles and a table")
def theme_calibri() -> bytes:
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0" '
        'w:defQFormat="0" w:count="376"><w:lsdException w:name="Normal" w:uiPriority="0" w:qFormat="1"/>'
        '<w:lsdException w:name="heading 1" w:uiPriority="9" w:qFormat="1"/></w:latentStyles>'
    )
    minor = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>'
    major = '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi" w:cstheme="majorBidi"/>'
    sheet = raw.defaults(minor + size(22) + '<w:lang w:val="en-GB"/>', spacing(0, 160, 259)) + latent
    sheet += style("Normal", "Normal", default=True) + raw.TABLE_STYLES
    accent = '<w:color w:val="2E6E8E" w:themeColor="accent1"/>'
    sheet += heading(1, major + accent + size(32), 240, 0) + heading(2, major + accent + size(26), 40, 0)
    sheet += style("Title", "Title", spacing(0, 0) + "<w:contextualSpacing/>",
                   major + '<w:spacing w:val="-10"/><w:kern w:val="28"/>' + size(56))  # fmt: skip
    sheet += style("Subtitle", "Subtitle", spacing(0, 160), '<w:color w:val="5A5A5A" w:themeColor="text1" '
                   'w:themeTint="A5"/><w:spacing w:val="15"/>' + size(22))  # fmt: skip
    body = styled("Title", "Adult learning: annual report") + styled("Subtitle", "Report of the Director of Place")
    for at in range(6):
        body += styled("Heading1", f"{PLACES[at]} centre") + styled("Normal", passage(6, at * 3))
        body += styled("Heading2", "Enrolments") + styled("Normal", passage(4, at * 7 + 2))
    lines = [("Centre", "Enrolled", "Finished")] + [(place, str(140 + at * 17), str(120 + at * 13))
                                                    for at, place in enumerate(PLACES)]  # fmt: skip
    body += table(plain_rows(lines, (4500, 2250, 2250)), (4500, 2250, 2250)) + styled("Normal", passage(2))
    return raw.package(body, title="Adult learning", styling=sheet, parts={"theme": theme("Cambria", "Calibri")})


@document(
    "styles-numbered-headings", "Heading 1 to 4 numbered by their styles, paragraphs numbered by a style below them"
)
def numbered_headings() -> bytes:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{owner}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/>'
        "</w:pPr></w:lvl>"
        for at, (kind, owner, text, left, hanging) in enumerate((
            ("decimal", "Heading1", "%1", 567, 567),
            ("decimal", "Heading2", "%1.%2", 567, 567),
            ("decimal", "Heading3", "%1.%2.%3", 851, 851),
            ("lowerLetter", "Heading4", "(%4)", 1134, 567),
            ("decimal", "Clause", "%1.%2.%5", 851, 851),
        ))
    )  # fmt: skip
    numbering = f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    named = [f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr>' for at in range(5)]
    sheet = raw.defaults(fonts("Arial") + size(22) + '<w:lang w:val="en-GB"/>', spacing(0, 140, 264))
    sheet += style("Normal", "Normal", default=True) + raw.TABLE_STYLES
    for at, looks in enumerate((_BOLD + size(30), _BOLD + size(26), _BOLD, _ITALIC)):
        sheet += heading(at + 1, looks, more=named[at])
    sheet += style("Clause", "Clause", named[4])
    body = ""
    for at in range(6):
        body += styled("Heading1", ("Purpose", "Background", "Options", "Finance", "Law", "Next steps")[at])
        for below in range(2):
            body += styled("Heading2", f"{PLACES[at * 2 + below]} and district")
            body += styled("Clause", passage(2, at + below)) + styled("Clause", passage(3, at * 2 + below))
            if below == at % 2:
                body += styled("Heading3", "Detail") + styled("Normal", passage(2, at * 4))
                body += styled("Heading4", "First part") + styled("Normal", passage(1, at))
                body += styled("Heading4", "Second part") + styled("Clause", passage(2, at * 6))
    return raw.package(body, title="A numbered report", styling=sheet, parts={"numbering": numbering})


@document("styles-direct-formatting", "linked styles with formatting by hand over them, in paragraphs, runs and cells")
def direct() -> bytes:
    linked = style("Callout", "Callout", '<w:ind w:left="284" w:right="284"/>' + spacing(100, 100),
                   _ITALIC + colour("B4521E"), more='<w:link w:val="CalloutChar"/>')  # fmt: skip
    linked += style("CalloutChar", "Callout Char", run=_ITALIC + colour("B4521E"), based="", kind="character",
                    more='<w:link w:val="Callout"/>')  # fmt: skip
    body = styled("Heading1", "Quarterly performance")
    hand = (
        '<w:jc w:val="center"/>', '<w:ind w:left="1134" w:right="0" w:firstLine="0"/>', spacing(300, 0, 360),
        '<w:jc w:val="right"/>' , '<w:ind w:left="0" w:firstLine="454"/>', spacing(0, 400, 300, "exact"),
    )  # fmt: skip
    for at, properties in enumerate(hand):
        body += styled("Heading2", run(f"{PLACES[at]} ") + run("(provisional)", '<w:b w:val="0"/>' + colour("7F7F7F")))
        body += styled("Callout", passage(3, at * 2), properties)
        body += styled("Normal", run(sentence(at)) + run(" " + sentence(at + 3), '<w:rStyle w:val="CalloutChar"/>')
                       + run(" " + sentence(at + 5), '<w:rStyle w:val="CalloutChar"/><w:b/><w:i w:val="0"/>' + size(28))
                       + run(" " + sentence(at + 8), fonts("Courier New") + size(18)))  # fmt: skip
    lines = [(name, post, f"01632 9601{at:02}") for at, (name, post) in enumerate(OFFICERS)]
    body += table(plain_rows(lines, (3000, 3600, 2400)), (3000, 3600, 2400)) + styled("Normal", passage(2, 6))
    return raw.package(body, title="Performance", styling=raw.styles(more=linked))
