//! The words that tell names and addresses from other words: first names, surnames, streets, places, organisations.
//!
//! All are folded: lower case, å and ä are a, ö is o, without apostrophes.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::language::function_words::{ENGLISH, SWEDISH};

/// A list of words, made into a set when it is first asked.
pub(super) type Words = LazyLock<HashSet<&'static str>>;

/// Endings of words, made from a list likewise.
type Endings = LazyLock<Vec<&'static str>>;

/// A list as a set.
pub(super) fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

fn list(words: &'static str) -> Vec<&'static str> {
    words.split_whitespace().collect()
}

/// First names that are common in Sweden, those of newcomers among them.
static FIRST_NAMES: Words = Words::new(|| {
    set("adam adrian agnes agneta ahmad ahmed aida aisha ake alba albert albin alex alexander alexandra alexis alfred ali
        alice alicia alina allan alma alva alvar alvin amanda amelia amina amir amira ana anastasia anders andrea andreas
        angelica anette anita anja ann anna anneli annette annie annika ante anton antonia arman arne aron arthur arvid
        asa ase astrid aurora axel aya ayan ayla barbro bashir beata beatrice bella ben benjamin bengt berit bertil
        bianca bilal birger birgit birgitta bjorn bo boris borje britt britta bruno camilla carin carina carl carlos
        carolina caroline casper catharina cecilia charlie charlotte chloe chris christer christian christina christine
        christoffer clara claes claudia conny cornelia dag dagmar daniel daniela daniella dario david deniz dennis denise
        desiree diana dilan diego ebba ebbe edith edvard edvin edward einar elena eleonora elias elif elin elina elis
        elisa elisabet elisabeth elise eliza ella ellen ellie ellinor elliot elmer elsa elsie elton elvin elvira emanuel
        emelie emil emilia emilie emily emma emmy enzo eric erica erik erika erling ester eugen eva evelina evelyn fadi
        farah farhad farid fatemeh fatima fatma felicia felix filip filippa folke frank frans freddie fredrik freja frida
        gabriel gabriella georg george gerd gerda gert gertrud gosta goran greta gudrun gun gunilla gunnar gunnel gustaf
        gustav gunvor hadi hamid hamza hana hanna hannah hannes hans harald harry hasan hassan hedda hedvig helen helena
        helene helga henning henric henrik henry herman hilda hilma hugo hussein hussain ibrahim ida idris igor ilona ines
        inga ingalill ingegerd ingela ingemar inger ingrid ingvar irena irene irina iris irma isa isabel isabella isabelle
        isac isak ismail ivan ivar jack jacob jakob jamal james jamila jan jana jane janet janne jasmin jasmine jean jens
        jennie jenny jerry jesper jessica jim jimmy joakim joar joel johan johanna john johnny jon jonas jonathan jonna
        joanna jorgen josef josefin josefine joseph joshua julia julian julie juliette julius justin kaj karim karin karl
        karolina katarina kate katja katrin kalle kenneth kent kerstin kevin khadija khaled khalid khalil kim kjell klara
        klas knut krister kristian kristin kristina kristoffer krzysztof kurt lars lasse laura layla leah leia leif leila
        lena lennart leo leon leona leonard leonora leopold liam lilian lilly linda lindsay linn linnea linus lisa lisbet
        lisbeth liselott liv livia lotta love lova lovisa luca lucas ludvig luis lukas luna lydia madeleine magdalena
        magnus mahmoud maj maja malcolm malik malin malte manuel marcel marcin marcus margareta margaretha margit mari
        maria mariam mariana marianne marie marika marina mario markus marta martha martin martina maryam mats matilda
        mattias max maximilian mehdi mehmet melissa melker melvin mia michael michaela michelle mikael mila milan milena
        milo milton mina minna mira miranda miriam moa mohamad mohamed mohammad mohammed mona monica monika morgan mostafa
        muhammad murat mustafa my nadia nahid naomi natalia natalie natasha nellie nicholas nicklas nicolas nicole niklas
        nils nina noa noah noel noor nora nour ola oleg olena oleksandr olga oliver olivia olle olof oscar oskar omar osman
        otto patricia patrick patrik paul paula pelle per pernilla peter petra petter philip pia piotr pontus rafael
        ragnar rahma ralf rania rashid rasmus rebecca rebecka reza ricardo richard rickard rikard rita robert robin roger
        roland rolf roman ronja ronny ruben rune rut ruth saga said salma sam samantha samer sami samir samira samuel sanna
        sandra sara sarah sebastian selma serhii shirin sigrid sigurd simon simone siri siv sixten sofia sofie solveig
        sonja sonny sophia sophie staffan stefan stella sten stig stina sture sune susanna susanne svante svea sven
        svetlana sylvia tage tamara tanja tariq tatiana teddy teo teodor thea theo theodor therese thomas tilda tilde tim
        timo tina tindra tobias tomas tomasz tommy tor torbjorn tord tore torsten tova tove tuva tyra ulf ulla ulrica
        ulrika urban ursula valdemar valter valeria vanessa vendela vera veronica veronika victor victoria vidar viggo
        viktor viktoria vilgot vilhelm vilma vincent viola volodymyr walid walter wilhelm william wilma yahya yara yasin
        yasmin yasmine ylva yngve yohannes yousef yulia yusuf yuri yvonne zahra zainab zara zeinab zeynep zoe zofia")
});

/// First names that are also everyday words: in lower case, or without a surname beside them, they name nobody.
static AMBIGUOUS: Words = Words::new(|| {
    set("bo my per sten stig bjorn max dag liv love maj jan tor saga rut hans mina tim ben alba gun isa lova tone tore
        roman urban viola ola said jack kent noel iris luna stella milan mira aya ana frank bella leia jean jim ronny
        tage ante ebbe rita moa ali elis ake mona robin christian klara siri")
});

/// Endings of surnames, where something stands before them.
static SURNAME_ENDINGS: Endings = Endings::new(|| {
    list(
        "son dotter strom berg bergh qvist kvist quist lund gren stedt blom hjelm hansen
        ensen ersen olsen ielsen nilsen larsen ski sky ovic evic ovich enko chuk oglu zadeh
        opoulos escu nejad elius enius",
    )
});

/// Surnames that no ending shows.
static SURNAMES: Words = Words::new(|| {
    set("ek berg lund lind holm dahl falk ekman nyman bergman lindholm lindgard hedman hedin sandin wallin nordin dahlin
        ahlin norman ohman nguyen khan kaya yilmaz demir novak popov ivanov petrov smith jones williams miller garcia silva
        kowalczyk farah warsame hosseini rahimi ahmadi haddad khoury abdi osman yusuf tesfaye haile norling sjodin
        bjork boman backman fransen melin stahl franzen noren wiklander lindell sundin")
});

/// Words that end as surnames do.
static NO_SURNAMES: Words = Words::new(|| {
    set("person kontaktperson privatperson lesson season reason prison poison comparison unison mason bison arson
        grandson godson stepson sundbyberg varberg falkenberg marieberg kungsberg heidelberg nurnberg examensen whisky
        risky husky tappstrom narlund kolsson")
});

/// Towns, islands, lands and such: they may stand beside a name, and are none.
pub(super) static PLACES: Words = Words::new(|| {
    set("malaren stockholm sverige sweden bromma brommaplan solna sundbyberg uppsala malmo goteborg vasteras
        orebro linkoping taby nacka huddinge botkyrka sodertalje vallingby sodermalm lidingo norge norway
        danmark denmark finland syrien syria somalia irak iraq iran afghanistan ukraina ukraine turkiet
        turkey polen poland tyskland germany england london europa europe eritrea etiopien ethiopia usa eu
        kiruna gotland")
});

/// Words that, alone or as the end of a compound, make an organisation or a place of what stands before them.
static ORGANISATION_ENDINGS: Endings = Endings::new(|| {
    list(
        "forening foreningen forbund forbundet klubb klubben skola skolan kyrka kyrkan
        forsamling forsamlingen huset parken slott slottet kommun kommunen stiftelse
        stiftelsen gymnasium gymnasiet museum museet bibliotek biblioteket namnden plats
        platsen fonden projektet festivalen forlag bokhandel teater teatern scoutkar
        scoutkaren scouterna rorelsen akademi akademin",
    )
});

/// Words that do so only when they stand alone.
static ORGANISATION_WORDS: Words = Words::new(|| {
    set("ab hb if ik bk sk fk fc ff gf hc ifk aik club association foundation school church council municipality society
        university team kar korset vanner scouter stad stads lan kulturhus sal minne minnesfond fond varld vag gata torg
        grand stig backe alle gard park street road avenue lane square center centrum center centre ry inc ltd gmbh
        company group region bygg konsult")
});

/// Words that are no names, beside the function words of both languages.
static NO_NAMES: Words = Words::new(|| {
    let more = set(
        "bor bodde bott jobbar jobba arbetar pluggar studerar laser spelar soker sokte hjalp hjalpa hjalper undrade fraga
        fragor fragar ring ringa ringer mejla mejl mail maila kontakta kontakt tel telefon tfn mobil mobilnummer nr nummer
        mejladress adress epost e-post personnummer fodd fyller alder ar aren manader vanligen vanlig vanliga halsning
        halsningar mvh hejsan hallo tja tjena tjo god goda morgon kvall dagen idag imorgon igar ikvall nasta forra bade
        valkommen valkomna snart senast alltsa forresten numera fortfarande kallas kallad hette namn namnet fornamn
        efternamn fel felstavat felstavad hemligt skyddat skyddad saknas borta likadant likadan detsamma ung unga ungdom
        ungdomar mamma pappa foralder foraldrar barn familj elev elever larare lararen rektor styrelsen styrelse
        ordforande kassor kassoren sekreterare sekreteraren ledare ledaren tranare organisation organisationen bidrag
        bidraget ansokan ansoka stod stodet forskolan fritids fritidsgard simhall svenska svensk engelska grona roda radda
        barnen oar utan granser lions rotary norra sodra ostra vastra lilla gamla kungliga sankt sankta kung drottning
        mandag tisdag onsdag torsdag fredag lordag sondag januari februari mars april maj juni juli augusti september
        oktober november december monday tuesday wednesday thursday friday saturday sunday january february march june
        july august october jul pask midsommar lov sommarlov hostlov sportlov host vinter sommar lans riksdagen
        skatteverket forsakringskassan polisen arbetsformedlingen migrationsverket systemet appen sidan hemsidan
        aktivitetsbidrag anlaggning hall rum lokal lokalen planen intresserad ledsen glad trott arg nybliven ensam gravid
        hemlos arbetslos trans tjej kille pojke flicka kvinna medlem kund boende ensamstaende pensionar student
        studerande anstalld vuxen vuxna orolig interested sorry happy sad looking trying going writing asking wondering
        living working studying currently sure afraid worried swedish english finnish norwegian danish german syrian
        iraqi iranian afghan somali arabic turkish polish ukrainian russian american british muslim christian kristen
        jewish teacher parent mother father mum mom dad son daughter years year old tired ill pregnant homeless
        unemployed single married member wrong spelled misspelled missing listed secret protected called named good best
        kind regards wishes sincerely yours dear phone mobile email address number date birth born live lives lived work
        works study studies apply applying application grant support red cross save first last full name surname tackar
        help morning evening today tomorrow fria boka bokning bokat anmala anmalan skriva skriver skrev skickar skicka
        vidare ihop tillsammans hejda adjo bland vi www http https com se org back bye faithfully truly",
    );
    let mut words = set(SWEDISH);
    words.extend(set(ENGLISH));
    words.extend(more);
    words
});

/// Services where a path is a person's user name.
pub(super) const SOCIAL: &[&str] = &[
    "instagram",
    "facebook",
    "fb",
    "tiktok",
    "snapchat",
    "twitter",
    "linkedin",
    "x",
    "t",
    "wa",
];

/// Where people have their mail.
pub(super) const MAIL_HOSTS: [&str; 5] = ["gmail", "hotmail", "outlook", "icloud", "yahoo"];

/// Endings of street names that are rarely anything else; "sv" is short for "s väg".
static STREET_ENDINGS: Endings = Endings::new(|| {
    list(
        "vagen gatan stigen grand granden torget backen kroken svangen slingan straket
        promenaden vreten brinken alleen sv",
    )
});

/// Endings of street names that end many other words too: they count in a capitalised word.
static WEAK_STREET_ENDINGS: Endings = Endings::new(|| {
    list(
        "plan ringen dalen hojden tomten garden platsen leden hagen parken kajen udden liden
        allen skogen bryggan marken kullen rundan berget",
    )
});

/// Endings of capitalised words that are no streets.
static NO_STREET_ENDINGS: Endings = Endings::new(|| {
    list(
        "eringen ndringen foringen laringen akringen splan ljplan roplan skandalen medaljen
        tidsgarden domsgarden skolgarden hallen tsparken lekparken portalen hallplatsen
        kvallen bidragen kyrkogarden",
    )
});

/// Words that make a street of a capitalised word before them; in Swedish it stands in the genitive.
static STREET_WORDS: Words = Words::new(|| {
    set("vag gata grand torg alle plats stig backe gard vagen gatan granden torget stigen")
});

/// The English ones.
pub(super) static ENGLISH_STREET_WORDS: Words = Words::new(|| {
    set("street st road rd avenue ave lane drive square way court crescent boulevard")
});

/// What stands after a number and makes a count or a date of it.
static UNITS: Words = Words::new(|| {
    set("aring aringar years year st stycken styck personer person people barn ungdomar elever deltagare medlemmar
        members platser timmar hours manader veckor dagar dag days weeks months ganger gang m meter km kvm kvadratmeter
        ggr lag matcher aktiviteter tusen")
});

/// What stands after an amount.
pub(super) static MONEY: Words = Words::new(|| {
    set(
        "kr sek kronor kronors krona tkr mkr euro eur usd dollar miljoner miljarder million procent percent",
    )
});

/// Parts of an address that a number or a letter follows.
pub(super) static FLAT_WORDS: Words = Words::new(|| {
    set(
        "lgh lagenhet lagenhetsnummer apt apartment flat van vaning vaningen floor port uppgang ingang",
    )
});

/// Parts of an address that stand alone or follow a number.
pub(super) static STAIR_WORDS: Words = Words::new(|| set("tr trappor bv nb og ov"));

/// The months, in both languages, long and short.
pub(super) static MONTHS: Words = Words::new(|| {
    set("januari februari mars april maj juni juli augusti september oktober november december jan feb mar apr jun jul
        aug sep sept okt nov dec january february march may june july august october oct")
});

/// Words between "jag heter" and the name.
pub(super) static ADVERBS: Words = Words::new(|| {
    set(
        "alltsa egentligen ju faktiskt numera ocksa aven forresten bara val typ nog visst nu actually also just",
    )
});

/// Small words inside a name.
pub(super) static PARTICLES: Words = Words::new(|| set("von af de del al el van der bin ibn abu"));

/// Whether a word is a common first name, also as in `anna-karin` and in the genitive.
pub(super) fn first_name(word: &str) -> bool {
    let first = word.split('-').next().unwrap_or(word);
    [first, first.strip_suffix('s').unwrap_or(first)]
        .iter()
        .any(|name| FIRST_NAMES.contains(name))
}

/// Whether a first name says nothing by itself.
pub(super) fn ambiguous(word: &str) -> bool {
    AMBIGUOUS.contains(word)
        || word
            .strip_suffix('s')
            .is_some_and(|name| AMBIGUOUS.contains(name))
}

/// Whether a word looks like a surname, also in the genitive.
pub(super) fn surname(word: &str) -> bool {
    let name = word.strip_suffix('s').unwrap_or(word);
    let ends = |ending: &&str| name.len() > ending.len() + 1 && name.ends_with(*ending);
    let ended = SURNAME_ENDINGS.iter().any(ends) && !NO_SURNAMES.contains(name);
    ended || SURNAMES.contains(name) || SURNAMES.contains(word)
}

/// Whether a word makes an organisation or a place of what stands before it: `gymnasium`, `Beskow-förskolan`.
pub(super) fn organisation(word: &str) -> bool {
    ORGANISATION_WORDS.contains(word)
        || ORGANISATION_ENDINGS
            .iter()
            .any(|ending| word.ends_with(ending))
}

/// Whether a word is part of nobody's name.
pub(super) fn no_name(word: &str) -> bool {
    let place = |name: &str| PLACES.contains(name);
    NO_NAMES.contains(word)
        || place(word)
        || word.strip_suffix('s').is_some_and(place)
        || organisation(word)
        || street(word, false)
}

/// Whether a word names a street by its ending: `Tappströmsvägen`.
pub(super) fn street(word: &str, capital: bool) -> bool {
    let among = |endings: &[&str]| {
        endings
            .iter()
            .any(|e| word.len() > e.len() && word.ends_with(e))
    };
    let fooled = || {
        NO_STREET_ENDINGS
            .iter()
            .any(|ending| word.ends_with(ending))
    };
    among(&STREET_ENDINGS) || (capital && among(&WEAK_STREET_ENDINGS) && !fooled())
}

/// Whether a word makes a street of a genitive before it: `Karl Johans gata`, or of an adjective: `Stora gatan`.
pub(super) fn street_after(before: &str, word: &str) -> bool {
    let adjective = [
        "stora", "lilla", "gamla", "nya", "norra", "sodra", "ostra", "vastra",
    ]
    .contains(&before);
    STREET_WORDS.contains(word) && (before.ends_with('s') || adjective)
}

/// Whether a word after a number makes a count, an amount or a date of the two.
pub(super) fn unit(word: &str) -> bool {
    [&UNITS, &MONEY, &MONTHS]
        .iter()
        .any(|words| words.contains(word))
}
