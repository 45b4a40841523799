"""Which words of other languages look like keys of Telex? "room" would be "rôm", "last" would be "lát".

English words that newspapers use, and some of French, Spanish, German and Dutch titles. Only words that the decoder
takes for a Vietnamese syllable need to stand here.
"""

from typing import Final

FOREIGN: Final = frozenset(
    """
    aan acs af air ais aix aj amr ams ans aos aps ar arm as asc asp ast ats auf aur aus aux ax baan bangs bans
    bar barn bas bats bays bee beef been beeps beer bees beets bens ber best bets bias bins bis bist bits boar
    boas boast boats boer bois bons boo boof boom booms boon boos boost bootees boots bor born bos bosons bots
    bow bows box bucs bums buns burn bus bust buts buys caf cair cams cans caos caps car cast cats chair chans
    chaos chaps char charm chas chasm chats cheer chef cher chest chips choir choix choo chops chor chow churn
    coast coats coax conf cons coo coon coons coops coos coots cops cor corn cost cow cowan cows cuir cups cur
    cus cusp cuts cuyas dams dans dar darn das dawn dawns dax days ddos dee deem deems deen deer dees def dej
    dems der des dex dias dips dir dis dits dix docs does doesn dois doj dons doo doof doom door doos dor dorm
    dos dost dots dow down downs duas dus dust ee een eens eer ef ej ems ens eos eps er erm es esp est ets ex
    exes gaan gaf gangs gaps gar gas gasp gast gays gif gij gis goats goes goo gooi goon goons gooses
    gown gowns gums guns gust guts guys haast hair hangs har harm has hast hats haus hays hee heen heer hens
    her hes hex hij hips hirn his hits hoax hoer hoes hof hoo hoon hoops hoor hoorn hoots hops horn hos
    host how hows huir huis hus huts ias if imf inf ins ips ir is ism isn isp ist its ix kee keef keen keeps
    keer kees kern kits lair langs laps lar last lauf lawn lawns lax lays lee leef leer lees leest lens ler
    les lest lets lex liar lijn lips lis lisp list loaf loans longs loo loom looms loon loons loops loos los
    lost lots low lows luas lungs lust lux maan macs mais maj mans maps mar mast mats maus max mays mecs mee
    meer meest meets mens meps mer mes mest mets mex mins mir mis mist mix moans moest mois moms mons moo
    moocs mooi moon moons moor moos mor morn mos most mots mow mums mur mus must naam naast naps nats nee neef
    neem neer nes nest nets nix noir noms noon noor nor norm nos now nuns nur nuts oats of oj ons oo oof oom
    oops oost ops or os ost ow own owns ows ox pair pais paix pans par pas past pats paus pawn pawns pax pays
    pee peeps peer pees pens peor per perm pes pest pets pins pips pis pits poets pois poo poops poor
    pops por porn pos post pots pow pows pox puns pups pur puree pus puts quais queen queens queer quer quest
    quis quits raam raf raj rams rangs raps ras rasch rats raus rays reef reefs rees ref reps res rest rex rij
    rims rips rir roar roast rois roo roof room rooms roos roost roots row rowan rows ruas ruf runs rus rust
    sachs sacs sair sais sans sas sauf sax says secs see seem seems seen seeps seer sees sens ser ses sets sex
    sims sins sips sir sis sist sits six soaps soar soir sois soms songs sons soo soon sos sow sown sows sox
    suis sums suns sur sus swf tais taj taps tar tas taux tax tee teen teens tees tens ter term tes test tex
    thats thee ther this thorn thuis thus tins tips tir tis tisch tits toast toes toms tons too toon toons
    toots tops tor torn tos tots tow town towns traf trams trans traps tras trays tree trees tres trips tris
    trist trois troops trots trucs trust tuas tur turm turn tus tust uns ups ur urn us usc usp ust usw uw ux
    vais vans var vas vast vee veer ver ves vest vets vias vins vir vis voar voir vois voix voo voor vorm vorn
    vos vow vows vox vus wifi xix yr
    """.split()
)
