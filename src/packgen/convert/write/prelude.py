"""The part of the Typst source that is the same in every document: rules and the few functions the writer calls.

Takes the document's title and basic text format as code; gives Typst source. Holds no text of any document.
"""

from __future__ import annotations

# strong marks the label of a list item and emph a paragraph that goes on with one, for `tags` to find, and a
# block quotation is an endnote; none of them changes how text is drawn.
# Lines stand without extra leading: their height comes from each text's own edges, as in Word.
_RULES = """\
#set text(hyphenate:false,overhang:false,fallback:true,ligatures:false)
#set par(leading:0pt,spacing:0pt,linebreaks:"simple")
#set block(spacing:0pt)
#set super(typographic:false)
#set sub(typographic:false)
#set underline(evade:false,offset:.11em,stroke:.05em)
#show strong:it=>it.body
#show emph:it=>it.body
#show quote:it=>it.body
#show table.cell:set text(costs:(widow:0%,orphan:0%))
#show heading:it=>block(sticky:true,breakable:false,width:100%,it.body)
#show heading:set text(weight:"regular",size:1em)
#show heading:set block(above:0pt,below:0pt)
"""

# tabbed: text pieces with tabs between them. stops are (position, kind, leader), position from the text's left edge;
#   step is the distance of default stops; start is where the first piece begins and end how far the line goes, which is
#   not broken where a stop lies behind that; forms has the pieces' tabs ("_" where
#   the tab itself is underlined); heads has, for decimal stops, what stands before each piece's decimal point.
# grids: a table with Word's ways: no lines but those asked for.
# twice: the paint of a line that is two lines with a gap between them, as wide as each of them.
# least: body in a cell that must be at least as tall as height. exact: body cut to height, refused with its place if it
#   does not fit.
# even: columns of this height through all their pages, if they begin at this place on the page, as in the trial.
CUT_OFF = "packgen: text cut off by an exact height in"
_FUNCTIONS = """\
#let twice(width,colour,across)={
let (line,long)=(width/3,100pt)
if across{tiling(size:(long,width),relative:"self",place(dy:line/2,rect(width:long,height:line*2,fill:colour)))}
else{tiling(size:(width,long),relative:"self",place(dx:line/2,rect(width:line*2,height:long,fill:colour)))}}
#let tabbed(stops,step,start,end,forms,heads,..pieces)=context{
let x=start
let over=false
let line={
for (i,piece) in pieces.pos().enumerate(){
if i>0{
let stop=stops.find(s=>s.at(0)>x+.05pt)
if stop==none{stop=((calc.floor((x+.05pt)/step)+1)*step,"left","")}
let (position,kind,leader)=stop
let gap=position - x
if kind=="right"{gap=gap - measure(piece).width - .1pt}
if kind=="centre"{gap=gap - measure(piece).width/2}
if kind=="decimal"{gap=gap - measure(heads.at(i)).width}
gap=calc.max(gap,0pt)
if forms.at(i - 1)!=""{leader=forms.at(i - 1)}
if leader=="_"{box(width:gap,stroke:(bottom:.5pt),outset:(bottom:1.2pt))}
else if leader!=""{box(width:gap,repeat(justify:false,leader))}
else{h(gap)}
x+=gap
if position>end+.5pt or (kind=="decimal" and x+measure(piece).width>end){over=true}
}
piece
x+=measure(piece).width
}}
if over{box(width:x - start+1pt,line)}else{line}}
#let least(width,height,body)=context{
let natural=measure(width:width,body).height
if natural < height{block(height:height,width:100%,body)}else{body}}
#let exact(width,height,place,body)=context{
if measure(width:width,body).height>height+1pt{panic("CUT-OFF "+place)}
block(height:height,width:100%,clip:true,body)}
#let grids(columns,..cells)=table(columns:columns,stroke:none,inset:0pt,gutter:0pt,..cells)
#let even(at,height,body)=layout(size=>{
if calc.abs(here().position().y - at)>1pt{body}else{block(width:100%,height:height,body)}})
"""


def prelude(title: str, text: str) -> str:
    """Rules for a document with `title`; `text` is how it looks and speaks, as arguments of Typst's `text`."""
    return f"#set document(title:{title})\n#set text({text})\n{_RULES}{_FUNCTIONS.replace('CUT-OFF', CUT_OFF)}"
