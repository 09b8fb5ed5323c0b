"""Documents about characters: how they are raised, lined, coloured and spaced, and their letters and languages."""

from __future__ import annotations

from tools.corpus import raw
from tools.corpus.collection import document
from tools.corpus.markup import paragraph, run, styled
from tools.corpus.raw import colour, fonts, size
from tools.corpus.words import PLACES, passage, sentence

_UNDERLINES = ("single", "words", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave", "dashLong",
               "dottedHeavy", "dashedHeavy", "wavyHeavy", "wavyDouble")  # fmt: skip
_HIGHLIGHTS = ("yellow", "green", "cyan", "magenta", "red", "lightGray", "darkYellow", "darkGray")
_NO_BREAK_HYPHEN = "<w:r><w:noBreakHyphen/></w:r>"
_SOFT_HYPHEN = "<w:r><w:softHyphen/></w:r>"


def _symbol(code: str, font: str = "Wingdings") -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def _language(text: str, code: str, more: str = "") -> str:
    return run(text, f'{more}<w:lang w:val="{code}"/>')


@document("characters-raised", "superscript and subscript, raised and lowered text, in three sizes of type")
def raised() -> bytes:
    upper, lower = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    body = styled("Heading1", "Air quality review")
    for half_points in (18, 22, 32):
        type_size = size(half_points)
        for at in range(4):
            runs = (
                run(f"{PLACES[at]} recorded 41 µg/m", type_size)
                + run("3", upper + type_size)
                + run(" of NO", type_size)
            )
            runs += run("2", lower + type_size) + run(" and CO", type_size) + run("2", lower + type_size)
            runs += run(" on the 1", type_size) + run("st", upper + type_size) + run(" and 22", type_size)
            runs += run("nd", upper + type_size) + run(" of May. ", type_size)
            runs += run("This word is ", type_size) + run("raised", f'<w:position w:val="8"/>{type_size}')
            runs += run(" and this one ", type_size) + run("lowered", f'<w:position w:val="-8"/>{type_size}')
            runs += run(", after which " + passage(2, at * 5).lower(), type_size)
            # Lines of a fixed height: LibreOffice raises by a share of the line, which would move all that follows.
            body += paragraph(runs, f'<w:spacing w:after="160" w:line="{half_points * 15}" w:lineRule="exact"/>')
    body += styled("Heading2", run("Readings in m") + run("2", upper)) + styled("Normal", passage(6))
    return raw.package(body, title="Air quality", styling=raw.styles("Times New Roman", 24))


@document("characters-lines", "every kind of underline with and without colour, strikes, borders and shading of runs")
def lines() -> bytes:
    body = styled("Heading1", "Draft constitution, with the marks of the working group")
    for at, kind in enumerate(_UNDERLINES):
        plain, tinted = f'<w:u w:val="{kind}"/>', f'<w:u w:val="{kind}" w:color="C00000"/>'
        runs = run(f"Article {at + 1}. ", "<w:b/>") + run(sentence(at), plain) + run(" " + sentence(at + 4))
        body += styled("Normal", runs + run(" " + sentence(at + 9), tinted) + run(" Agreed."))
    for at, looks in enumerate(("<w:strike/>", "<w:dstrike/>", "<w:i/><w:strike/>")):
        body += styled("Normal", run("Deleted: ") + run(passage(2, at * 3), looks) + run(" " + sentence(at + 20)))
    box = '<w:bdr w:val="single" w:sz="{}" w:space="0" w:color="{}"/>'
    for at, (thick, tint) in enumerate(((4, "auto"), (12, "2E6E8E"))):
        body += styled(
            "Normal", run("See ") + run(f"form {at + 7}B", box.format(thick, tint)) + run(". " + passage(3, at))
        )
    for at, fill in enumerate(("E9F0E4", "FFE699", "D0E3EC")):
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
        body += styled(
            "Normal", run(sentence(at)) + run(" " + passage(2, at + 12), shade) + run(" " + sentence(at + 3))
        )
    for at, tint in enumerate(_HIGHLIGHTS):
        light = f'<w:highlight w:val="{tint}"/>'
        body += styled("Normal", run("To settle: ") + run(sentence(at + 15), light) + run(" " + sentence(at)))
    return raw.package(body, title="Constitution")


@document("characters-struck-and-underlined", "the same words struck through and underlined, as in a marked draft")
def struck_and_underlined() -> bytes:
    body = styled("Heading1", "Byelaws, marked")
    for at in range(4):
        marked = run(" " + sentence(at + 8), '<w:strike/><w:u w:val="single"/>')
        body += styled("Normal", run(sentence(at)) + marked + run(" " + sentence(at + 2)))
    return raw.package(body, title="Byelaws")


@document("characters-capitals", "small capitals, capitals, tracking, scaling, kerning and hidden text")
def capitals() -> bytes:
    looks = (
        ("<w:smallCaps/>", "small capitals"), ("<w:caps/>", "capitals"), ('<w:spacing w:val="40"/>',
         "tracked by two points"),
        ('<w:spacing w:val="-10"/>', "closer by half a point"), ('<w:spacing w:val="100"/>', "tracked by five points"),
        ('<w:w w:val="150"/>', "half as wide again"), ('<w:w w:val="80"/>', "a fifth narrower"),
        ('<w:kern w:val="16"/>', "kerned"), ('<w:smallCaps/><w:spacing w:val="20"/>', "small capitals, tracked"),
        ("<w:b/><w:caps/>" + colour("7A3E7D"), "bold capitals in a colour"),
    )  # fmt: skip
    body = ""
    for font in ("Arial", "Times New Roman"):
        body += styled("Heading1", run(f"Scheme of delegation in {font}", fonts(font)))
        for at, (properties, name) in enumerate(looks):
            runs = run(f"Words {name}: ", fonts(font)) + run(passage(2, at * 2), fonts(font) + properties)
            hidden = run(" Not for print: ask the monitoring officer.", "<w:vanish/>" + fonts(font))
            body += styled("Normal", runs + hidden + run(" " + sentence(at + 6), fonts(font)))
        body += paragraph(passage(2), "<w:rPr><w:vanish/></w:rPr>", "<w:vanish/>")
        body += styled("Normal", run(passage(4, 3), fonts(font) + "<w:smallCaps/>" + size(26)))
    return raw.package(body, title="Delegation")


@document("characters-symbols", "symbols of Wingdings and Symbol in text, no-break spaces and hyphens, soft hyphens")
def symbols() -> bytes:
    body = styled("Heading1", "Equality checklist")
    marks = (("F0FE", "done"), ("F0A8", "open"), ("F0FC", "agreed"), ("F0FB", "refused"), ("F0E0", "see"))
    for at in range(10):
        code, name = marks[at % len(marks)]
        body += styled("Normal", _symbol(code) + run(f" {name.capitalize()}: ", "<w:b/>") + run(passage(2, at * 2)))
    body += styled("Normal", run("Spread: 0.4 ") + _symbol("F0B1",
        "Symbol") + run(" 0.1, where ") + _symbol("F061", "Symbol")
                   + run(" is the rate and ") + _symbol("F0B7", "Symbol") + run(" marks the mean."))  # fmt: skip
    body += styled("Heading2", "Words that may not part")
    for at in range(8):
        number = f"01632\u00a0960\u00a0{100 + at * 37}"
        runs = run(f"Ring {number} between 9.30\u00a0a.m. and 4\u00a0p.m. or call at room 4") + _NO_BREAK_HYPHEN
        runs += run(f"B, {PLACES[at]}. The cost is £\u2060{at + 3},400 a year, shared by the vice") + _NO_BREAK_HYPHEN
        runs += (
            run("chair's office. ") + run("The counter") + _SOFT_HYPHEN + run("signature of a represen") + _SOFT_HYPHEN
        )
        runs += run("tative is needed. The inter\u00adnational dimen\u00adsion of cooper\u00adation was noted. ")
        body += paragraph(runs + run(sentence(at + 3)), '<w:jc w:val="both"/>' if at % 2 else "")
    return raw.package(body, title="Checklist")


@document("characters-languages", "Welsh, Polish, Greek, Cyrillic, Turkish and Vietnamese letters with their languages")
def languages() -> bytes:
    samples = (
        ("cy-GB", "Gwybodaeth i’r cyhoedd: mae’r tŷ cychod ar gau, ac ni ŵyr neb pryd y bydd yn ailagor. "
                  "Ffoniwch y cyngor."),
        ("pl-PL", "Informacja dla mieszkańców: łódź zostanie przewieziona w piątek, a ścieżka będzie zamknięta; "
                  "prosimy o "
                  "cierpliwość i objazd przez Żabią Górkę."),
        ("el-GR", "Πληροφορίες για τους κατοίκους: η βιβλιοθήκη θα είναι κλειστή την Παρασκευή, εκτός από το "
                  "αναγνωστήριο."),
        ("ru-RU", "Сведения для жителей: библиотека закрыта в пятницу, читальный зал работает до шести часов вечера."),
        ("uk-UA", "Відомості для мешканців: бібліотека зачинена у п’ятницю, її читальна зала працює до шостої години."),
        ("tr-TR", "Sakinlere bilgi: kütüphane cuma günü kapalıdır; okuma salonu akşam altıya kadar açık, "
                  "ışıklar söner."),
        ("cs-CZ", "Sdělení občanům: knihovna bude v pátek zavřena, čítárna zůstává otevřena do šesti hodin večer."),
        ("lt-LT", "Žinia gyventojams: biblioteka penktadienį nedirbs, skaitykla veiks iki šeštos valandos "
                  "vakaro, ačiū."),
        ("fr-FR", "Avis aux habitants : la bibliothèque sera fermée vendredi ; l’œuvre reste visible jusqu’à "
                  "six heures."),
        ("de-DE", "Mitteilung für Anwohner: Die Bücherei bleibt am Freitag geschlossen, der Lesesaal ist bis "
                  "achtzehn Uhr "
                  "geöffnet, die Straße gesperrt."),
        ("is-IS", "Tilkynning til íbúa: bókasafnið verður lokað á föstudag, þó ekki lesstofan; hún er opin til "
                  "sex síðdegis."),
        ("ro-RO", "Înștiințare pentru locuitori: biblioteca va fi închisă vineri, iar sala de lectură rămâne "
                  "deschisă."),
    )  # fmt: skip
    body = styled("Heading1", "Notices in the languages of the district")
    for font in ("Arial", "Times New Roman", "Courier New"):
        body += styled("Heading2", font)
        for at, (code, text) in enumerate(samples):
            runs = run(f"{PLACES[at]}: ", "<w:b/>" + fonts(font)) + _language(text, code, fonts(font))
            body += styled("Normal", runs + run(" " + sentence(at), fonts(font)))
    return raw.package(body, title="Notices")


@document("characters-together", "many kinds of character in the same lines, justified, in mixed sizes and fonts")
def together() -> bytes:
    body = styled("Heading1", "Response to the consultation")
    looks = (
        "<w:b/>", "<w:i/>" + size(20), fonts("Times New Roman") + size(26), '<w:u w:val="single"/>', "<w:smallCaps/>",
        '<w:highlight w:val="yellow"/>', '<w:vertAlign w:val="superscript"/>', fonts("Courier New") + size(19),
        "<w:b/><w:i/>" + colour("2E6E8E"), '<w:strike/>' + colour("7F7F7F"), fonts("Cambria") + "<w:i/>",
         fonts("Calibri"),
        '<w:spacing w:val="30"/>', '<w:shd w:val="clear" w:color="auto" w:fill="E9F0E4"/>', '<w:position w:val="6"/>',
    )  # fmt: skip
    for at in range(24):
        runs = ""
        for place, word in enumerate(passage(3, at * 3).split(" ")):
            look = looks[(at + place // 3) % len(looks)] if place // 3 % 2 else ""
            runs += run(word + " ", look)
        # Lines of a fixed height: in others LibreOffice takes the space between them from the last word of each.
        height = f'<w:spacing w:after="160" w:line="{(340, 360, 400)[at % 3]}" w:lineRule="exact"/>'
        body += paragraph(runs, height + ('<w:jc w:val="both"/>', "", "")[at % 3])
    return raw.package(body, title="Response")
