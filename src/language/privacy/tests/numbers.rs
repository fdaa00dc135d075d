//! Personal numbers, telephone numbers, mail and user names, accounts.

use super::*;

#[test]
fn personal_numbers() {
    check(&[
        ("850517-1234", "[personnummer]"),
        ("850517+1234", "[personnummer]"),
        ("8505171234", "[personnummer]"),
        ("19850517-1234", "[personnummer]"),
        ("198505171234", "[personnummer]"),
        ("850517 1234", "[personnummer]"),
        ("19850517 1234", "[personnummer]"),
        ("850517–1234", "[personnummer]"),
        ("850517 – 1234", "[personnummer]"),
        ("850517 - 1234", "[personnummer]"),
        ("85 05 17 1234", "[personnummer]"),
        ("85 05 17-1234", "[personnummer]"),
        ("1985-05-17-1234", "[personnummer]"),
        ("1985 05 17 1234", "[personnummer]"),
        ("1985-05-17 9876", "[personnummer]"),
        ("850517-12 34", "[personnummer]"),
        ("850517_1234", "[personnummer]"),
        ("850577-1234", "[personnummer]"),
        ("198505771234", "[personnummer]"),
        ("850517-xxxx", "[personnummer]"),
        ("850517-XXXX.", "[personnummer]."),
        ("850517 ****", "[personnummer]"),
        ("850517xxxx", "[personnummer]"),
        ("850517-12xx", "[personnummer]"),
        ("19850517-****", "[personnummer]"),
        ("1985-05-17-XXXX", "[personnummer]"),
        (
            "Mitt personnummer är 850517-1234, kan jag få bidrag?",
            "Mitt personnummer är [personnummer], kan jag få bidrag?",
        ),
        (
            "My personal number is 19850517-1234.",
            "My personal number is [personnummer].",
        ),
        ("personnummer 859917-1234", "personnummer [personnummer]"),
        ("personnummer: 0505171234", "personnummer: [personnummer]"),
        ("pnr:850517-1234", "pnr:[personnummer]"),
        ("(850517-1234)", "([personnummer])"),
        ("٨٥٠٥١٧-١٢٣٤", "[personnummer]"),
        ("3300-8505171234", "3300-[personnummer]"),
        ("850517-1234 850518-1234", "[personnummer] [personnummer]"),
        ("850517-1234/850518-1234", "[personnummer]/[personnummer]"),
        ("klass 1 11-01-01-0005 2", "klass 1 [personnummer] 2"),
        ("barn 2 85-05-17-1234", "barn 2 [personnummer]"),
        ("020101-1234", "[personnummer]"),
        ("020315-12 34", "[personnummer]"),
        (
            "mitt personnummer är 0203151234",
            "mitt personnummer är [personnummer]",
        ),
    ]);
}

#[test]
fn phone_numbers() {
    check(&[
        ("070-123 45 67", "[telefon]"),
        ("0701234567", "[telefon]"),
        ("070 123 45 67", "[telefon]"),
        ("070-1234567", "[telefon]"),
        ("0701-23 45 67", "[telefon]"),
        ("070.123.45.67", "[telefon]"),
        ("070 - 123 45 67", "[telefon]"),
        ("070–123 45 67", "[telefon]"),
        ("070-123 45 678", "[telefon]"),
        ("grupp 1 2 0046 70 123 45 67 3", "grupp 1 2 [telefon] 3"),
        ("grupp 1 2 08 465 004 21", "grupp 1 2 [telefon]"),
        ("08-465 004 21", "[telefon]"),
        ("08-46500421", "[telefon]"),
        ("08 12 34 56 78", "[telefon]"),
        ("(08) 123 456", "[telefon]"),
        ("(08)123 456 78", "[telefon]"),
        ("08/123 456 78", "[telefon]"),
        ("0910-123 45", "[telefon]"),
        ("+46 70 123 45 67", "[telefon]"),
        ("+46701234567", "[telefon]"),
        ("+46 (0)70-123 45 67", "[telefon]"),
        ("(+46) 70 123 45 67", "[telefon]"),
        ("0046701234567", "[telefon]"),
        ("0046 70 123 45 67", "[telefon]"),
        ("46701234567", "[telefon]"),
        ("+358 40 123 4567", "[telefon]"),
        ("+44 20 7946 0958", "[telefon]"),
        ("+49 151 23 45 67 89", "[telefon]"),
        ("+380 67 123 45 67", "[telefon]"),
        ("Ring 0701234567. Tack!", "Ring [telefon]. Tack!"),
        ("Ring mig på 465 004 21", "Ring mig på [telefon]"),
        ("tel. 465 004 21", "tel. [telefon]"),
        ("Mitt nummer är 465 004 21", "Mitt nummer är [telefon]"),
        (
            "call me on 465 004 21 please",
            "call me on [telefon] please",
        ),
        ("tel:0701234567", "tel:[telefon]"),
        ("mobil: 0 7 0 1 2 3 4 5 6 7", "mobil: [telefon]"),
        ("076 / 123 45 67", "[telefon]"),
        ("tel0701234567", "tel[telefon]"),
        ("0701234567/0707654321", "[telefon]/[telefon]"),
        (
            "0701234567 eller 08-123 456 78",
            "[telefon] eller [telefon]",
        ),
        ("0701234567 850517-1234", "[telefon] [personnummer]"),
        ("070-123 45 67 kl 18.00", "[telefon] kl 18.00"),
        (
            "nås på 070-123 45 67 15 personer",
            "nås på [telefon] 15 personer",
        ),
        ("٠٧٠١٢٣٤٥٦٧", "[telefon]"),
        ("tel 070\u{a0}123\u{a0}45\u{a0}67", "tel [telefon]"),
    ]);
    survives(&[
        "Ring 112 eller 113 13",
        "Ring 114 14 eller 1177",
        "Ring 116 111, 116 006 eller 90101",
        "call 116111",
        "020-123 456",
        "Ring 020-12 34 56.",
        "020 033 00 00",
        "Ring 1177 innan 2026-02-25",
        "tel 1177 113 13",
    ]);
}

#[test]
fn mail_and_user_names() {
    check(&[
        ("kim@example.com", "[e-post]"),
        ("KIM.EXEMPEL@EXAMPLE.COM!", "[e-post]!"),
        ("mejla kim.exempel+x@mail.example.se.", "mejla [e-post]."),
        ("mejl:kim_ex@example.com,tack", "mejl:[e-post],tack"),
        ("<kim@example.com>", "<[e-post]>"),
        ("åsa.öberg@exempel.se", "[e-post]"),
        ("kim (at) example.com", "[e-post]"),
        ("kim(at)example.com", "[e-post]"),
        ("kim [at] example [dot] com", "[e-post]"),
        ("kim snabela example punkt se", "[e-post]"),
        ("kim.exempel snabel-a example.se", "[e-post]"),
        ("kim punkt exempel snabel a example punkt se", "[e-post]"),
        ("kim at example dot com", "[e-post]"),
        ("kim @ example.com", "[e-post]"),
        ("kim at gmail.com", "[e-post]"),
        ("kim @gmail.com", "[e-post]"),
        ("kim snabela gmail . com", "[e-post]"),
        ("jag heter kim@example.com", "jag heter [e-post]"),
        ("mailto:kim@example.com", "mailto:[e-post]"),
        (
            "https://www.ekero.se/x?mail=kim@example.com&y=2",
            "https://www.ekero.se/x?mail=[e-post]&y=2",
        ),
        (
            "https://www.ekero.se/x?mail=kim%40example.com&y=2",
            "https://www.ekero.se/x?mail=[e-post]&y=2",
        ),
        ("https://kim@example.com/x", "https://[e-post]/x"),
        (
            "https://kim:hemligt@example.com/x",
            "https://kim:[e-post]/x",
        ),
        ("följ @kim_exempel nu", "följ [användarnamn] nu"),
        ("@kim.exempel.", "[användarnamn]."),
        (
            "https://www.tiktok.com/@kim",
            "https://www.tiktok.com/[användarnamn]",
        ),
        (
            "https://www.instagram.com/kim.ex_1/",
            "https://www.instagram.com/[användarnamn]",
        ),
        ("instagram.com/kim?x=1", "instagram.com/[användarnamn]?x=1"),
        (
            "se linkedin.com/in/kim-ex",
            "se linkedin.com/[användarnamn]",
        ),
        ("min snap är kim_07", "min snap är [användarnamn]"),
        ("insta: kim.ex", "insta: [användarnamn]"),
        ("snapchat: kimex", "snapchat: [användarnamn]"),
    ]);
    survives(&[
        "https://www.ekero.se/x",
        "Läs på https://www.ekero.se/bidrag/2026-02-25/850517-1234?sida=2#topp.",
        "www.ekero.se eller ekero.se/forening",
        "vi ses @ torget",
        "2 st @ 50 kr",
        "I am at home. Com what may.",
        "look at ekero.se",
        "Vi finns på instagram och facebook",
        "facebook är bra",
        "t.ex./eller så",
    ]);
}

#[test]
fn accounts() {
    check(&[
        ("SE45 5000 0000 0583 9825 7466", "[kontonummer]"),
        ("se4550000000058398257466", "[kontonummer]"),
        (
            "IBAN: GB29 NWBK 6016 1331 9268 19, tack",
            "IBAN: [kontonummer], tack",
        ),
        ("SE00 5000 0000 0583 9825 7466", "[kontonummer]"),
        ("DE89 3704 0044 0532 0130 00", "[kontonummer]"),
        ("4571 1234 5678 9010", "[kontonummer]"),
        ("4111111111111111", "[kontonummer]"),
        ("4111-1111-1111-1111", "[kontonummer]"),
        ("8327-9, 123 456 789-0", "[kontonummer]"),
        (
            "Kontonummer: 8327-9,123456789",
            "Kontonummer: [kontonummer]",
        ),
        ("Nordea 1234 56 78901", "Nordea [kontonummer]"),
        ("konto 6000 123 456 789", "konto [kontonummer]"),
        (
            "My account number is 1234567",
            "My account number is [kontonummer]",
        ),
        (
            "clearing 6000 konto 1234567",
            "clearing 6000 konto [kontonummer]",
        ),
    ]);
    survives(&[
        "konto 7321",
        "Pengar på kontot 2026-02-25",
        "konto 1 500 000 kr",
        "bankgiro 123-4567",
        "åren 2023 2024 2025 2026",
        "plusgiro 12 34 56-7",
        "kort 15 minuter",
    ]);
}
