//! Streets, and dates of birth.

use super::*;

#[test]
fn street_addresses() {
    check(&[
        ("Jag bor på Fiktivvägen 5", "Jag bor på [adress]"),
        ("bor ekuddsv 14", "bor [adress]"),
        ("Ekuddsv. 14", "[adress]"),
        ("fiktivvagen 5", "[adress]"),
        ("FIKTIVVÄGEN 5 B", "[adress]"),
        ("Storgatan 5B, lgh 1103, 178 31 Ekerö.", "[adress]."),
        ("Storgatan 5 b lgh 1103 vån 2", "[adress]"),
        ("Storgatan 5, 2 tr", "[adress]"),
        ("Storgatan 5\n178 31 Ekerö", "[adress]"),
        ("c/o Svensson, Storgatan 5", "[adress]"),
        ("Storgatan 5 c/o Kim Ek", "[adress]"),
        ("Storgatan 5-7", "[adress]"),
        ("Storgatan nr 5", "[adress]"),
        ("Storgatan5", "[adress]"),
        ("17831 Ekerö, Storgatan 5", "[adress]"),
        ("Åsögränd 3", "[adress]"),
        ("asogrand 3", "[adress]"),
        ("Björkstigen 12 är det okej", "[adress] är det okej"),
        ("Björkstigen 12 min telefon", "[adress] min telefon"),
        ("Vid Lilltorget 1", "Vid [adress]"),
        ("Ekallén 4", "[adress]"),
        ("Skolbacken 4", "[adress]"),
        ("Brommaplan 4", "[adress]"),
        ("Ekdalen 14 C", "[adress]"),
        ("Ekhöjden 14", "[adress]"),
        ("Storvreten 7", "[adress]"),
        ("Björkringen 7", "[adress]"),
        ("Strandpromenaden 7", "[adress]"),
        ("Karl Johans gata 12", "[adress]"),
        ("björkarnas väg 3", "[adress]"),
        ("Stora gatan 3", "[adress]"),
        ("I live at Main Street 5", "I live at [adress]"),
        (
            "I live at 5 Fiktiv Road, Ekerö",
            "I live at [adress], Ekerö",
        ),
        ("221B Baker Street", "[adress]"),
        ("5 fiktiv road", "[adress]"),
        ("Storgatan 5 och Lillgatan 6", "[adress] och [adress]"),
    ]);
    survives(&[
        "Buss 311 till Tappströmsvägen",
        "Tappströmsvägen är avstängd",
        "Box 12, 178 23 Ekerö",
        "178 31 Ekerö",
        "möte på Storgatan 18.00",
        "möte på Storgatan 12 juni",
        "Storgatan 18:30",
        "väg 261",
        "på väg 5 personer",
        "Verksamhetsplan 2024",
        "Handlingsplan 2 för unga",
        "Parkeringen 24 timmar",
        "Fritidsgården 13-17 år",
        "Ungdomsgården 18",
        "Sporthallen 2",
        "Regeringen 2022",
        "kvällen 18",
        "2 barn på vägen",
        "planen 11 mot 11",
        "Takhöjden 3 m",
        "15 people on the street",
        "Storgatan 15 personer",
        "Rum 5 på vägen",
    ]);
}

#[test]
fn birth_dates() {
    check(&[
        ("född 1941-06-12", "född [födelsedatum]"),
        ("f. 410612", "f. [födelsedatum]"),
        ("född 19410612", "född [födelsedatum]"),
        (
            "född den 12 juni 1941 i Ekerö",
            "född den [födelsedatum] i Ekerö",
        ),
        (
            "född i Stockholm den 12 juni 1941",
            "född i Stockholm den [födelsedatum]",
        ),
        ("född: 12/6 1941", "född: [födelsedatum]"),
        ("fodd 12/6-41", "fodd [födelsedatum]"),
        ("född 12.6.1941", "född [födelsedatum]"),
        ("född den 12:e juni", "född den [födelsedatum]"),
        ("born 12 June 1941", "born [födelsedatum]"),
        ("born on June 12, 1941", "born on [födelsedatum]"),
        (
            "born on the 12th of June 1941",
            "born on the [födelsedatum]",
        ),
        ("My birthday is 3 March", "My birthday is [födelsedatum]"),
        ("date of birth: 2011-03-03", "date of birth: [födelsedatum]"),
        (
            "Hon fyller 15 den 3 mars 2011",
            "Hon fyller 15 den [födelsedatum]",
        ),
        ("fyller år den 3 mars", "fyller år den [födelsedatum]"),
        ("turns 15 on 3 March", "turns 15 on [födelsedatum]"),
        ("födelsedag 3/3", "födelsedag [födelsedatum]"),
        ("födelsedatum 2011-03-03", "födelsedatum [födelsedatum]"),
        ("personnummer 850517", "personnummer [födelsedatum]"),
        (
            "Jag heter Kim Ek, 2011-03-03",
            "Jag heter [namn], [födelsedatum]",
        ),
        (
            "Jag heter Kim Ek (2011-03-03)",
            "Jag heter [namn] ([födelsedatum])",
        ),
        (
            "jag heter kim ek 110303 och",
            "jag heter [namn] [födelsedatum] och",
        ),
    ]);
    survives(&[
        "senast 2026-02-25",
        "den 12 juni",
        "född 1941",
        "barn födda 2010-2012",
        "barn födda 2010",
        "20260225",
        "260225",
        "2026-02-25 1830",
        "2026-02-25 – 2026-03-01",
        "2026-02-25 2026-03-01",
        "20260225-20260301",
        "25/2 2026 kl 18.00",
        "fyller i ansökan 12/3",
        "from 1 March 2026 to 31 March",
    ]);
}
