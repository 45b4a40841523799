"""Which words of other languages look like keys of Telex? "room" would be "rôm", "last" would be "lát".

English words that newspapers use, and some that stand in French, Spanish, German and Dutch names and titles. Only
words that the decoder takes for a Vietnamese syllable need to stand here: those of a plain list of English words
(SCOWL, as Debian's wamerican-small has it), passed through the decoder, and some by hand.
"""

from typing import Final

FOREIGN: Final = frozenset(
    """
    air arm as auf aus aux ax baan bangs bans bar barn bats bax bays bee beef been beer bees beets best bets
    bias bins bist bits boar boas boast boats bois boo boom booms boon boons boor boos boost boots born bots
    bow bows box bucs bums buns burn bus bust buts buys cans caps car cast cats chair chaos chaps char charm
    chasm chats cheeps cheer chef chest chins chips choir choix chops chow chows chums churn coast coats coax
    conf cons coo coops coos cops corn cost cots cow cows cox cuir cums cups cur cuts dais dams darn das dawn
    dawns dax days ddos deem deems deeps deer def dems dens der des dias dims dins dips dir docs doer does
    doesn dons doom dooms door dos dots down downs dungs dust een eens ees gangs gaps gas gasp gast gays gif
    gins goats goes gongs goo goof goon goons gown gowns gums guns gust guts guys haast hair hams hangs harm
    has hasn hast hats haus hays heer hems hens her hes hij hims hips his hits hoax hoes hof hoops hoots hops
    horn host how hows huis hums huts if inf ins is isn ist its ix keen keens keeps keer kits lair laps las
    last lauf lawn lawns lax lays lee leef leer lens lest lets lex liar lijn lips lisp list lix loaf loans
    longs loom looms loon loons loops loots lops los lost lots low lows lungs lust lux maan macs mais mans maps
    mar mas mast mats max meer meets mens mes mets mij mins mist mix moans moats mois moms moo mooi moon moons
    moor moos moots mops morn most mots mow mown mows mox mur must naam naps nats nays nest nets nips nits noes
    noir noon nor norm nos now nox nuns nur nuts oaf oar of oost or own owns ox pair pais pangs pans par pas
    past pats pawn pawns pays peeps peer pens peor peps per pest pets pins pis pits poets poops poor pops por
    post pots puns pups puree pus puts quais quays queen queens queer quest quits raam raj rams raps ras rasch
    rasp rats raus rays reef rees reps res rest rex rims rips roams roar roast roes rois roof room rooms roost
    roots rots row rows rums rungs runs rust ruts sacs saps sawn says see seem seems seen seeps seer sees ser
    ses sets sex sins sips sir sits six soaps soar songs sons soon sops sow sown sows sox sums suns tangs tans
    taps tar tax tee teem teems teen teens tees tens term tes test tex thee thins this thongs thorn thus tins
    tips tits toast toes tongs tons too toots tops torn tost tots tow town towns tows traps trays tree trees
    tres trims trips trois troops trots trust turn ups urn us vans vast vats veer vest vets vex vos vow vows
    xix
    """.split()
)
