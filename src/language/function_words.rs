//! The words that hold sentences together, folded: they say which language it is and nothing about the subject.

/// Swedish function words, folded.
pub(crate) const SWEDISH: &str = "
och att det som en ett pa ar av for med den till i om inte har de var kan man jag vi du ni han hon hen mig dig oss er
sig min mitt mina din ditt dina var vart vara er ert era hans hennes deras sin sitt sina ska skall skulle vill ville
kunde far fick maste bor borde ocksa bara men eller sa da dar har hit dit nar hur vad vem vilka vilken vilket varfor
an nu ja nej finns blir bli blev vara varit gor gora gjort nagon nagot nagra ingen inget inga alla allt andra annan
annat samma mycket mer mest lite an efter fran fore hos innan in ut upp ner over under vid utan mellan mot sedan sen
redan igen aldrig alltid ofta dess detta denna dessa ens ju nog val ska fa fatt get ger ge kommer komma kom gar ga
tror tycker vet undrar behover behova hej tack snalla vore haft hade haft inom per samt via dom nan nat nagonstans
ungefar kanske dig gang sadan sadant sadana etc mm osv ok okej aven dock darfor eftersom medan trots tills varje
hela helt ganska valdigt jatte riktigt egentligen faktiskt kring genom dels vars enligt ta tar tog satt saker sak
gillar heter bra nytt ny nya stor stora liten sma svar svara
";

/// English function words, folded.
pub(crate) const ENGLISH: &str = "
the a an and or but if of to in on at by for with from into onto about as is are was were be been being am do does did
done have has had having i you he she it we they me him her us them my your his its our their mine yours ours theirs
this that these those there here what which who whom whose when where why how can could will would shall should may
might must not no nor so than then too very just also only even still yet again any some all both each few more most
other another such own same one ones up down out off over under between through during before after above below
because while until though although im ive ill id youre youve hes shes its were weve theyre theyve dont doesnt didnt
isnt arent wasnt werent cant couldnt wont wouldnt shouldnt havent hasnt hadnt lets thats whats whos heres theres get
gets got getting go goes going went want wants wanted wanna gonna need needs know like please hi hello hey thanks thank
really actually maybe perhaps something anything someone anyone somebody anybody somewhere anywhere make makes made
take takes took let us able way lot lots bit much many ok okay yes
";

const FINNISH: &str = "ja on ei se etta en ole mutta mina sina han me te he mita missa miten milloin kuinka voi voiko voin minun sinun kun jos tai niin ovat oli ollut olen olet tama siina mika kuka onko voinko saanko hei kiitos miksi paljonko haluan tarvitsen apua kunta";
const POLISH: &str = "i w na z do nie sie jest to ze jak co czy gdzie kiedy moge chce mam jestem dla po od za tego ale byc ktory jaki jakie dzien dobry prosze dziekuje kto ile moja moje mnie pomoc potrzebuje czesc";
const GERMAN: &str = "der die das und ist ich nicht ein eine einen zu mit auf fur von im wie was wo wann wer kann konnen mochte haben habe sind wir sie es den dem des auch bei oder aber mein meine gibt bitte danke hallo warum welche ihr uns werden wird nachste";
const SPANISH: &str = "el la los las de que y en un una es por para con no se su al lo como donde cuando cual quien puedo puede quiero tengo hay esta estoy soy mi mis me hola gracias pero porque cuanto necesito ayuda yo muy mas";
const SOMALI: &str = "waa iyo in ka ku la oo ayaa waxaan waxa uu ay aan sidee xaggee goorma maxay ma miyaa haa maya fadlan mahadsanid salaan iska wax kale caawimaad sida halkee waan baahanahay rabaa";

/// Other languages that are common here and written in Latin letters: code and function words.
pub(crate) const OTHERS: [(&str, &str); 5] = [
    ("fi", FINNISH),
    ("pl", POLISH),
    ("de", GERMAN),
    ("es", SPANISH),
    ("so", SOMALI),
];
