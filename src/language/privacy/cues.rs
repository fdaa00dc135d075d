//! What people say just before they give a name or a number: "jag heter", "mobil:", "born on".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tokens::{Gap, Kind, Token, gap};
use super::words::{Words, set};

/// What the words just before a place in a text lead one to expect there.
///
/// The cues for a name stand first, the surest first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// "jag heter": whatever follows is a name, also in lower case.
    Named,
    /// "min granne": a capitalised word is a name.
    Related,
    /// "mvh": a known name, two capitalised words, or whatever closes the line.
    Signed,
    /// "ring mig, ": as a signature, but in lower case only a known name.
    Closing,
    /// "I'm": a known name or two capitalised words.
    Introduced,
    /// "eleven": only a known name.
    Known,
    /// "mobil": a number is for calling.
    Phone,
    /// "kontonummer": a number is an account.
    Account,
    /// "född": a date is a birth date.
    Born,
    /// "personnummer": a number is one, plausible or not.
    PersonalNumber,
    /// "orgnr": a number is public.
    Public,
    /// "insta": a word with a digit or an underscore is a user name.
    UserName,
}

/// Phrases by what they announce. `~` is a person's role ([`RELATIONS`]), `^` the beginning of a sentence or line.
const PHRASES: &[(Cue, &str)] = &[
    (
        Cue::Named,
        "jag heter|ja heter|jag hette|han heter|hon heter|hen heter|du heter|^ heter|~ heter|~ som heter|~ hette|\
         heter jag|jag kallas|han kallas|hon kallas|hen kallas|~ kallas|kallar mig|mitt namn ar|hans namn ar|\
         hennes namn ar|~s namn ar|fornamn ar|efternamn ar|my name is|my names|his name is|her name is|\
         their name is|~s name is|name of my ~ is|i am called|im called|he is called|she is called|hes called|\
         shes called|~ is called|~ is named|first name is|last name is|surname is|^ names|i go by",
    ),
    (
        Cue::Related,
        "min ~|mitt ~|mina ~|var ~|vart ~|vara ~|hans ~|hennes ~|deras ~|din ~|my ~|our ~|his ~|her ~|their ~|\
         your ~|familjen|family|herr|froken|fru|mr|mrs|ms|miss|dr",
    ),
    (
        Cue::Signed,
        "mvh|m v h|mvh fran|vanlig halsning|vanliga halsningar|vanlig halsn|halsningar|halsning|halsn|hlsn|vh|\
         kram|kramar|allt gott|regards|best wishes|all the best|^ yours|yours sincerely|yours truly|\
         yours faithfully|sincerely yours|^ sincerely|rgds|cheers",
    ),
    (
        Cue::Closing,
        "ring mig|ring till mig|kontakta mig|mejla mig|maila mig|svara mig|call me|kalla mig|kallas for|\
         contact me|reach me|^ namn|^ name|fornamn|efternamn|first name|last name|surname|full name|~s namn|\
         ~s name|ditt namn|tack pa forhand|thanks in advance|halsar|undertecknad|undertecknade|signed|br|hugs|\
         xoxo|^ best",
    ),
    (
        Cue::Introduced,
        "jag ar|jag e|ja e|det ar|det har ar|detta ar|har ar|im|i am|this is|its|it is|here is|vanligen|\
         halsning fran|halsningar fran|its me|it is me",
    ),
    (
        Cue::Known,
        "~|~ till|~ som heter|som heter|som kallas|heter|kallas|called|named|tack|thanks|thank you|hej|hi|hello|\
         hejsan|dear|ring|ringa|call|^ love",
    ),
    (
        Cue::Phone,
        "tel|tele|telefon|telefonen|telefonnummer|telefonnr|tfn|tlf|mobil|mobilen|mobilnummer|mobilnr|ring|ringa|\
         sms|smsa|phone|telephone|mobile|cell|whatsapp|call|text me|mitt nummer|mitt nr|hans nummer|\
         hennes nummer|~s nummer|my number|his number|her number|~s number|swish|swisha|swishnummer",
    ),
    (
        Cue::Account,
        "konto|kontot|kontonr|kontonummer|kontonumret|bankkonto|bankkontot|personkonto|sparkonto|bankkontonummer|\
         account|account number|clearing|clearingnr|clearingnummer|iban|kort|kortet|kortnummer|bankkort|card|\
         card number|nordea|swedbank|seb|handelsbanken",
    ),
    (
        Cue::Born,
        "fodd|fodda|foddes|fott|f|fodelsedatum|fodelsedag|fodelsedagen|fodelsetid|fyller|fyllde|fyllt|born|\
         birthday|birthdate|birth date|date of birth|dob|turns|turned|turning",
    ),
    (
        Cue::PersonalNumber,
        "personnummer|personnumret|personnr|person nummer|person nr|persnr|pers nr|pnr|samordningsnummer|\
         samordningsnr|personal number|personal id|identity number|id number|social security|ssn|\
         coordination number",
    ),
    (
        Cue::Public,
        "orgnr|org nr|orgnummer|org nummer|organisationsnummer|organisationsnr|organisationsnumret|\
         organisation number|organization number|organisation no|organization no|org no|org number|bankgiro|bg|\
         postgiro|plusgiro|pg|dnr|diarienr|diarienummer|arendenummer|arendenr|case number|reference number",
    ),
    (
        Cue::UserName,
        "insta|instagram|snap|snapchat|tiktok|discord|facebook|anvandarnamn|anvandare|username|user name",
    ),
];

/// Roles that a person has for another.
static RELATIONS: Words = Words::new(|| {
    set("son sonen soner sonson dotter dottern dottrar dotterdotter man mannen fru frun hustru make maka sambo sambon
        mamma mamman pappa pappan mor moder far fader foralder foraldern bror brodern broder syster systern syskon
        lillebror storebror lillasyster storasyster brorsa syrra granne grannen grannar kompis kompisen kompisar kamrat
        kamraten van vannen vanner vaninna bastis pojkvan flickvan pojkvannen flickvannen tjej tjejen kille killen barn
        barnet barnen unge ungen elev eleven farmor farfar mormor morfar moster faster farbror morbror kusin kusinen
        barnbarn barnbarnet klasskompis klasskompisen klasskamrat kollega kollegan chef chefen larare lararen mentor
        mentorn tranare tranaren ledare ledaren rektor rektorn handlaggare handlaggaren kontaktperson kurator kuratorn
        assistent assistenten styvson styvdotter bonusson bonusdotter bonusbarn fastman fastmo partner partnern exman
        exfru hyresvard kassor ordforande sekreterare person personen nagon flicka flickan pojke pojken tvillingar
        gudson guddotter systerson brorson dagmamma
        daughter daughters sons husband wife neighbour neighbor neighbours friend friends mum mom mother dad father
        parent brother sister boyfriend girlfriend child kid kids children student pupil teacher colleague boss cousin
        uncle aunt grandma grandmother grandpa grandfather grandson granddaughter nephew niece classmate roommate coach
        fiance fiancee stepson stepdaughter twins baby")
});

/// Words between a cue and the number that it announces.
static FILLERS: Words = Words::new(|| {
    set(
        "ar is nr nummer numret number no den on the of me mig pa at in i to till old years year heter var was om",
    )
});

/// Phrases by their last word, so that a text's words need not be held against all of them.
static BY_LAST_WORD: LazyLock<HashMap<&'static str, Vec<(Cue, &'static str)>>> =
    LazyLock::new(|| {
        let mut phrases: HashMap<_, Vec<_>> = HashMap::new();
        for (cue, list) in PHRASES {
            for phrase in list.split('|') {
                let last = phrase.rsplit(' ').next().unwrap_or(phrase);
                phrases.entry(last).or_default().push((*cue, phrase));
            }
        }
        phrases
    });

/// What the words just before announce.
pub(super) fn cues(before: &[Token]) -> impl Iterator<Item = Cue> {
    let last = before
        .last()
        .filter(|token| token.word())
        .map_or("", |token| &token.key);
    let role = if RELATIONS.contains(last) { "~" } else { "" };
    [last, role]
        .into_iter()
        .filter_map(|word| BY_LAST_WORD.get(word))
        .flatten()
        .filter(|(_, phrase)| ends_with(before, phrase))
        .map(|(cue, _)| *cue)
}

/// Whether the words before are a phrase.
fn ends_with(before: &[Token], phrase: &str) -> bool {
    let mut rest = before;
    for pattern in phrase.rsplit(' ') {
        if pattern == "^" {
            let sentence = rest
                .last()
                .is_none_or(|token| ['.', '!', '?', ':'].into_iter().any(|mark| token.is(mark)));
            return sentence || gap(before, rest.len()) == Gap::Line;
        }
        // An abbreviation may have dots: "m.v.h", "org.nr".
        if let Some((dot, less)) = rest.split_last()
            && dot.is('.')
            && rest.len() < before.len()
        {
            rest = less;
        }
        match rest.split_last() {
            Some((token, less)) if token.word() && fits(&token.key, pattern) => rest = less,
            _ => return false,
        }
    }
    true
}

/// Whether a word of a text stands for a word of a phrase.
fn fits(word: &str, pattern: &str) -> bool {
    match pattern {
        "~" => RELATIONS.contains(word),
        "~s" => word
            .strip_suffix('s')
            .is_some_and(|owner| RELATIONS.contains(owner)),
        _ => word == pattern,
    }
}

/// Whether the words before announce a number of a kind, with little words and marks between.
pub(super) fn told(before: &[Token], cue: Cue) -> bool {
    let mut rest = before;
    for _ in 0..6 {
        if cues(rest).any(|found| found == cue) {
            return true;
        }
        let Some((last, less)) = rest.split_last() else {
            return false;
        };
        let filler = match last.kind {
            Kind::Mark(mark) => ":.,(-=".contains(mark),
            Kind::Number => last.key.len() <= 2,
            // "född i Stockholm den"
            Kind::Word { capital } => {
                let place = capital
                    && less
                        .last()
                        .is_some_and(|word| ["i", "pa", "in", "at"].contains(&word.key.as_str()));
                place || FILLERS.contains(last.key.as_str())
            }
            _ => false,
        };
        if !filler {
            return false;
        }
        rest = less;
    }
    false
}
