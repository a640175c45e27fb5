"""The commands that KaTeX and MathJax set unasked; none that leads out of a page, defines or moves anything."""

from __future__ import annotations

_NAMES = """
    And Bbb Bbbk Big Bigg Biggl Biggm Biggr Bigl Bigm Bigr Box Bumpeq Cap Colonapprox Coloneq Coloneqq Colonsim Cup
    Dagger Delta Diamond Doteq Downarrow Eqcolon Eqqcolon Finv Gamma Im Join Lambda Leftarrow Leftrightarrow
    Lleftarrow Longleftarrow Longleftrightarrow Longrightarrow Lsh Omega Overrightarrow Phi Pi Pr Psi R Re
    Rightarrow Rrightarrow Rsh Sigma Subset Supset Theta Uparrow Updownarrow Upsilon Vdash Vert Vvdash Xi acute
    aleph alpha amalg angle approx approxcolon approxcoloncolon approxeq arccos arcctg arcsin arctan arctg arg ast
    asymp backepsilon backprime backsim backsimeq backslash bar barwedge bcancel because beta beth between bf big
    bigcap bigcirc bigcup bigg biggl biggm biggr bigl bigm bigodot bigoplus bigotimes bigr bigsqcup bigstar
    bigtriangledown bigtriangleup biguplus bigvee bigwedge binom blacklozenge blacksquare blacktriangle
    blacktriangledown blacktriangleleft blacktriangleright bm bmod bold boldsymbol bot bowtie boxdot boxed boxminus
    boxplus boxtimes breve bullet bumpeq cal cancel cap cdot cdotp cdots centerdot cfrac ch check checkmark chi
    choose circ circeq circlearrowleft circlearrowright circledR circledS circledast circledcirc circleddash
    clubsuit colon colonapprox coloncolon coloncolonapprox coloncolonequals coloncolonminus coloncolonsim coloneq
    coloneqq colonequals colonminus colonsim complement cong coprod cos cosh cot cotg coth csc ctg cth cup
    curlyeqprec curlyeqsucc curlyvee curlywedge curvearrowleft curvearrowright dag dagger daleth dashleftarrow
    dashrightarrow dashv dbinom dblcolon ddag ddagger ddddot dddot ddot ddots deg degree delta det dfrac diagdown
    diagup diamond diamondsuit digamma dim displaystyle div divideontimes dot doteq doteqdot dotplus dots dotsb
    dotsc dotsi dotsm doublebarwedge doublecap doublecup downarrow downdownarrows downharpoonleft downharpoonright
    ell emph emptyset enskip enspace epsilon eqcirc eqcolon eqqcolon eqsim eqslantgtr eqslantless equalscolon
    equalscoloncolon equiv eta eth exists exp fallingdotseq fbox flat forall frac frak frown gamma gcd ge geq geqq
    geqslant gets gg ggg gggtr gimel gnapprox gneq gneqq gnsim grave gt gtrapprox gtrdot gtreqless gtreqqless
    gtrless gtrsim gvertneqq hat hbar hbox heartsuit hom hookleftarrow hookrightarrow hphantom hslash iff iiint iint
    imath impliedby implies in inf infty injlim int intercal intop iota it jmath kappa ker lBrace lVert lambda land
    langle lbrace lbrack lceil ldotp ldots le leadsto leftarrow leftarrowtail leftharpoondown leftharpoonup
    leftleftarrows leftrightarrow leftrightarrows leftrightharpoons leftrightsquigarrow leftthreetimes leq leqq
    leqslant lessapprox lessdot lesseqgtr lesseqqgtr lessgtr lesssim lfloor lg lgroup lhd lim liminf limits limsup
    ll llbracket llcorner lll llless lmoustache ln lnapprox lneq lneqq lnot lnsim log longleftarrow
    longleftrightarrow longmapsto longrightarrow looparrowleft looparrowright lor lparen lq lrcorner lt ltimes lvert
    lvertneqq maltese mapsto mathbb mathbf mathbin mathcal mathclose mathellipsis mathfrak mathinner mathit
    mathnormal mathop mathopen mathord mathpunct mathrel mathring mathrm mathscr mathsf mathsfit mathtt max
    measuredangle medspace mho mid min minuscolon minuscoloncolon mod models mp mu multimap nLeftarrow
    nLeftrightarrow nRightarrow nVDash nVdash nabla natural ncong ne nearrow neg negmedspace negthickspace
    negthinspace neq nexists ngeq ngeqq ngeqslant ngtr ni nleftarrow nleftrightarrow nleq nleqq nleqslant nless nmid
    nobreakspace nolimits not notin notni nparallel nprec npreceq nrightarrow nshortmid nshortparallel nsim
    nsubseteq nsubseteqq nsucc nsucceq nsupseteq nsupseteqq ntriangleleft ntrianglelefteq ntriangleright
    ntrianglerighteq nu nvDash nvdash nwarrow odot oint omega ominus operatorname operatornamewithlimits oplus
    ordinarycolon oslash otimes over overbrace overgroup overleftarrow overleftharpoon overleftrightarrow overline
    overlinesegment overrightarrow overrightharpoon overset owns parallel partial perp phantom phi pi pitchfork pm
    pmod pod prec precapprox preccurlyeq preceq precnapprox precneqq precnsim precsim prime prod projlim propto psi
    qquad quad rBrace rVert rangle ratio rbrace rbrack rceil restriction rfloor rgroup rhd rho rightarrow
    rightarrowtail rightharpoondown rightharpoonup rightleftarrows rightleftharpoons rightrightarrows
    rightsquigarrow rightthreetimes risingdotseq rm rmoustache rparen rq rrbracket rtimes rvert scriptscriptstyle
    scriptstyle searrow sec sect setminus sf sharp shortmid shortparallel sigma sim simcolon simcoloncolon simeq sin
    sinh smallfrown smallsetminus smallsmile smile sout space spadesuit sphericalangle sqcap sqcup sqrt sqsubset
    sqsubseteq sqsupset sqsupseteq square stackrel star subset subseteq subseteqq subsetneq subsetneqq substack succ
    succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim sum sup supset supseteq supseteqq supsetneq
    supsetneqq surd swarrow tan tanh tau tbinom text textbf textit textmd textnormal textrm textsf textstyle texttt
    textup tfrac tg th therefore theta thickapprox thicksim thickspace thinspace tilde times to top triangle
    triangledown triangleleft trianglelefteq triangleq triangleright trianglerighteq tt twoheadleftarrow
    twoheadrightarrow ulcorner underbar underbrace undergroup underleftarrow underleftrightarrow underline
    underlinesegment underrightarrow underset unlhd unrhd uparrow updownarrow upharpoonleft upharpoonright uplus
    upsilon upuparrows urcorner utilde vDash varDelta varGamma varLambda varOmega varPhi varPi varPsi varSigma
    varTheta varUpsilon varXi varepsilon varinjlim varkappa varliminf varlimsup varnothing varphi varpi varprojlim
    varpropto varrho varsigma varsubsetneq varsubsetneqq varsupsetneq varsupsetneqq vartheta vartriangle
    vartriangleleft vartriangleright varvdots vcentcolon vdash vdots vec vee veebar vert vphantom wedge widecheck
    widehat widetilde wp wr xLeftarrow xLeftrightarrow xRightarrow xcancel xhookleftarrow xhookrightarrow xi
    xleftarrow xleftequilibrium xleftharpoondown xleftharpoonup xleftrightarrow xleftrightharpoons xlongequal
    xmapsto xrightarrow xrightequilibrium xrightharpoondown xrightharpoonup xrightleftarrows xrightleftharpoons
    xtwoheadleftarrow xtwoheadrightarrow zeta
"""
COMMANDS = frozenset(_NAMES.split())

_TWO = ("frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "stackrel", "overset", "underset")
_ONE = (
    "sqrt", "mathbb", "mathbf", "mathcal", "mathfrak", "mathit", "mathrm", "mathscr", "mathsf", "mathtt",
    "mathop", "not", "operatorname", "boldsymbol", "bm", "hat", "widehat", "bar", "overline", "underline", "tilde",
    "widetilde", "vec", "dot", "ddot", "boxed", "substack", "overbrace", "underbrace", "mathring", "check",
)  # fmt: skip
ARGUMENTS = {**dict.fromkeys(_TWO, 2), **dict.fromkeys(_ONE, 1)}
"""How many arguments these cannot do without."""

TEXTS = ("text", "textrm", "textbf", "textit", "textsf", "texttt", "textnormal", "textup", "mbox", "hbox")

INSTEAD = {
    "mathbbm": r"\mathbb", "mathds": r"\mathbb", "bold": r"\mathbf", "argmax": r"\arg\max", "argmin": r"\arg\min",
    "mbox": r"\text", "hbox": r"\text", "textnormal": r"\text", "textup": r"\text", "Epsilon": "E", "Beta": "B",
    "Alpha": "A", "bigm": r"\big", "cr": "", "nonumber": "", "notag": "", "centering": "", "noindent": "",
    "allowbreak": "", "hfill": r"\quad", "displaylimits": "", "hline": "", "relax": "", "ensuremath": "",
    "mathstrut": "", "strut": "", "nobreak": "",
}  # fmt: skip
"""What to write for commands of LaTeX that are missing there, or mean nothing in one formula."""

LAYOUTS = (
    "aligned", "array", "bmatrix", "Bmatrix", "cases", "gathered", "matrix", "pmatrix", "rcases", "smallmatrix",
    "split", "vmatrix", "Vmatrix",
)  # fmt: skip
