//! How admins see to the accounts.

use lots::desk::{AuditCheck, Desk, PasswordFault, Role, StaffError};
use lots::knowledge::EntryId;

use super::{OTHER, PASSWORD, sign_in, staffed};

#[tokio::test]
async fn only_admins_see_to_accounts_and_one_of_them_is_always_left() {
    let (desk, _folder) = staffed().await;
    for name in ["rut", "eva"] {
        let (_, staff) = sign_in(&desk, name).await;
        let refused = [
            desk.accounts(&staff).await.err(),
            desk.add_account(&staff, "new", Role::Admin, None, PASSWORD)
                .await
                .err(),
            desk.set_role(&staff, name, Role::Admin).await.err(),
            desk.close_account(&staff, "ada").await.err(),
            desk.reopen_account(&staff, "ada").await.err(),
            desk.reset_password(&staff, "ada", OTHER).await.err(),
        ];
        for error in refused {
            assert!(
                matches!(error, Some(StaffError::NotAllowed(Role::Admin))),
                "{error:?}"
            );
        }
    }
    let by = Desk::command_line();
    for refused in [
        desk.set_role(&by, "ada", Role::Editor).await,
        desk.close_account(&by, "ada").await,
    ] {
        assert!(matches!(refused, Err(StaffError::LastAdmin)), "{refused:?}");
    }
    desk.set_role(&by, "eva", Role::Admin).await.unwrap();
    // Each would leave the other.
    let (one, other) = tokio::join!(
        desk.close_account(&by, "ada"),
        desk.close_account(&by, "eva")
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?}, {other:?}");
}

#[tokio::test]
async fn an_account_that_could_not_be_used_is_not_made() {
    let (desk, _folder) = staffed().await;
    let by = Desk::command_line();
    let office = |id: &str| Some(EntryId::parse(id).unwrap());
    let add = async |name: &str, office, password: &str| {
        desk.add_account(&by, name, Role::Reader, office, password)
            .await
    };
    assert!(matches!(
        add("Bo Ek", None, PASSWORD).await,
        Err(StaffError::BadName)
    ));
    assert!(matches!(
        add("eva", None, PASSWORD).await,
        Err(StaffError::Taken)
    ));
    let short = add("bo", None, "kort").await;
    assert!(matches!(
        short,
        Err(StaffError::BadPassword(PasswordFault::TooShort))
    ));
    for id in ["offices/nowhere", "grants/lovpeng"] {
        assert!(
            matches!(
                add("bo", office(id), PASSWORD).await,
                Err(StaffError::NoOffice)
            ),
            "{id}"
        );
    }
    assert!(matches!(
        desk.set_role(&by, "nobody", Role::Admin).await,
        Err(StaffError::Unknown)
    ));
    add("bo", office("offices/byggkontoret"), PASSWORD)
        .await
        .unwrap();
    let (_, bo) = sign_in(&desk, "bo").await;
    assert_eq!(bo.office(), office("offices/byggkontoret").as_ref());
    let whole = desk.verify_audit(&bo).await.unwrap();
    assert!(
        matches!(whole, AuditCheck::Whole { lines: 5, .. }),
        "{whole:?}"
    );
}
