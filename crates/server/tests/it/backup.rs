//! Backup and restore with the real program: what was acknowledged is there again, what is refused changes nothing.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};

use frontdesk_store::Location;
use frontdesk_store::testing::Place;
use serde_json::{Value, json};

use crate::program::{Desk, Server, desks, failed, words};

fn token(account: &Value) -> String {
    format!("api_access_token: {}\r\n", account["api_access_token"].as_str().expect("a text"))
}

fn get(server: &Server, path: &str, token: &str) -> Value {
    serde_json::from_str(&server.ask("GET", path, token, "").2).expect("JSON")
}

fn is_sqlite(desk: &Desk) -> bool {
    matches!(desk.place.location(), Location::Sqlite(_))
}

/// Runs the program on another data directory, with the same database where that is PostgreSQL.
fn into(desk: &Desk, args: &[&str], data: &Path) -> Output {
    let mut command = desk.command(args);
    command.arg("--data").arg(data);
    if !is_sqlite(desk) {
        command.args(desk.at());
    }
    command.output().expect("the program starts")
}

fn serve(desk: &Desk, data: &Path) -> Server {
    let mut command = desk.command(&["serve", "--listen", "127.0.0.1:0", "--data"]);
    command.arg(data);
    if !is_sqlite(desk) {
        command.args(desk.at());
    }
    Server::start(&mut command)
}

/// A desk with an account, a file and a key; its archive; what its owner's requests carry.
fn packed() -> (Desk, PathBuf, String) {
    let desk = Desk::new(Place::sqlite());
    let account = desk.account();
    let mut server = desk.serve(&[]);
    assert_eq!(server.ask("POST", "/api/v1/accounts/1/contacts", &token(&account), r#"{"name":"Ann"}"#).0, 200);
    assert_eq!(server.stop(), Some(0));
    std::fs::create_dir_all(desk.data().join("files/ab")).expect("there is room");
    std::fs::write(desk.data().join("files/ab/picture"), b"\x89PNG").expect("there is room");
    let file = desk.directory.join("desk.tar.gz");
    let made = desk.run(&["backup", &file.display().to_string()]);
    assert_eq!(made.status.code(), Some(0), "{}", words(&made));
    (desk, file, token(&account))
}

fn tree(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(directory)
        .map(|it| it.filter_map(Result::ok).map(|it| it.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    names.retain(|it| it != "lock");
    names.sort();
    names
}

#[tokio::test]
async fn what_was_acknowledged_before_a_backup_is_there_after_a_restore_while_people_write_on() {
    for desk in desks().await {
        let (account, archive) = (desk.account(), desk.directory.join("desk.tar.gz"));
        let (head, path) = (token(&account), "/api/v1/accounts/1/contacts");
        let mut server = desk.serve(&[]);
        std::fs::create_dir_all(desk.data().join("files")).expect("there is room");
        std::fs::write(desk.data().join("files/picture"), b"\x89PNG").expect("there is room");
        let epoch = get(&server, "/api/v1/session", &head)["epoch"].clone();
        let (stop, before) = (AtomicBool::new(false), AtomicBool::new(false));
        let acknowledged = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..3)
                .map(|w| {
                    let (server, head, stop, before) = (&server, &head, &stop, &before);
                    scope.spawn(move || {
                        let mut names = Vec::new();
                        for n in 0.. {
                            let was_before = !before.load(Ordering::SeqCst);
                            let name = format!("writer {w} number {n}");
                            let (status, _, _) = server.ask("POST", path, head, &json!({ "name": name }).to_string());
                            assert_eq!(status, 200);
                            if was_before && !before.load(Ordering::SeqCst) {
                                names.push(name);
                            }
                            if stop.load(Ordering::SeqCst) {
                                return names;
                            }
                        }
                        unreachable!("the numbers do not end")
                    })
                })
                .collect();
            while get(&server, path, &head)["meta"]["count"].as_i64().is_none_or(|it| it < 12) {}
            before.store(true, Ordering::SeqCst);
            let made = desk.run(&["backup", &archive.display().to_string()]);
            assert_eq!(made.status.code(), Some(0), "{}", words(&made));
            assert!(words(&made).contains("and the secret key"), "{}", words(&made));
            assert_eq!(words(&made).contains("pg_dump"), !is_sqlite(&desk), "{}", words(&made));
            stop.store(true, Ordering::SeqCst);
            writers.into_iter().flat_map(|it| it.join().expect("it writes")).collect::<Vec<_>>()
        });
        assert_eq!(std::fs::metadata(&archive).expect("it is there").permissions().mode() & 0o777, 0o600);
        assert!(!tree(&desk.data()).iter().any(|it| it.starts_with("backup-")), "the copy is gone: {:?}", tree(&desk.data()));
        let last = get(&server, "/api/v1/session", &head)["accounts"][0]["cursor"].clone();
        assert_eq!(server.stop(), Some(0));

        let fresh = desk.directory.join("fresh");
        let restored = into(&desk, &["restore", &archive.display().to_string()], &fresh);
        assert_eq!(restored.status.code(), Some(0), "{}", words(&restored));
        assert_eq!(std::fs::read(fresh.join("files/picture")).expect("it is there"), b"\x89PNG");
        let key = |data: &Path| std::fs::read(data.join("secret-key")).expect("there is a key");
        assert_eq!(key(&fresh), key(&desk.data()));
        assert_eq!(std::fs::metadata(fresh.join("secret-key")).expect("it is there").permissions().mode() & 0o777, 0o600);

        let server = serve(&desk, &fresh);
        let session = get(&server, "/api/v1/session", &head);
        assert_ne!(session["epoch"], epoch, "another history begins");
        assert!(session["accounts"][0]["cursor"].as_i64() <= last.as_i64());
        let mut names = Vec::new();
        for page in 1.. {
            let found = get(&server, &format!("{path}?page={page}"), &head);
            let found = found["payload"].as_array().expect("a page").clone();
            if found.is_empty() {
                break;
            }
            names.extend(found.iter().filter_map(|it| it["name"].as_str().map(str::to_owned)));
        }
        assert!(acknowledged.len() >= 9, "{}", acknowledged.len());
        let missing: Vec<_> = acknowledged.iter().filter(|it| !names.contains(it)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}

#[tokio::test]
async fn ids_and_numbers_given_after_the_backup_are_not_given_again() {
    for desk in desks().await {
        let (account, archive) = (desk.account(), desk.directory.join("desk.tar.gz"));
        let head = token(&account);
        let mut server = desk.serve(&[]);
        let begin = |server: &Server, name: &str| -> (i64, i64) {
            let (_, _, contact) = server.ask("POST", "/api/v1/accounts/1/contacts", &head, &json!({ "name": name }).to_string());
            let contact: Value = serde_json::from_str(&contact).expect("JSON");
            let id = contact["payload"]["contact"]["id"].as_i64().or(contact["id"].as_i64()).expect("an id");
            let body = json!({ "inbox_id": 1, "contact_id": id, "message": { "content": "hello" } }).to_string();
            let (status, _, made) = server.ask("POST", "/api/v1/accounts/1/conversations", &head, &body);
            assert_eq!(status, 200, "{made}");
            let made: Value = serde_json::from_str(&made).expect("JSON");
            (id, made["id"].as_i64().expect("a number"))
        };
        begin(&server, "Ann");
        assert_eq!(desk.run(&["backup", &archive.display().to_string()]).status.code(), Some(0));
        let lost = begin(&server, "Bob");
        assert_eq!(server.stop(), Some(0));
        let fresh = desk.directory.join("fresh");
        assert_eq!(into(&desk, &["restore", &archive.display().to_string()], &fresh).status.code(), Some(0));
        let again = begin(&serve(&desk, &fresh), "Cid");
        assert!(again.0 > lost.0 && again.1 > lost.1, "{lost:?} {again:?}");
        assert!(again.1 > 1_000, "{again:?}");
    }
}

#[tokio::test]
async fn a_backup_replaces_nothing_unless_told_to_and_may_leave_the_key_out() {
    let (desk, file, _) = packed();
    let name = file.display().to_string();
    let before = std::fs::read(&file).expect("it is there");
    failed(&desk.run(&["backup", &name]), "is there already");
    assert_eq!(std::fs::read(&file).expect("it is there"), before);
    failed(&desk.run(&["backup", &desk.directory.display().to_string()]), "is a directory");
    failed(&desk.run(&["backup", "/nowhere/desk.tar.gz"]), "/nowhere/desk.tar.gz cannot be written");
    let made = desk.run(&["backup", &name, "--force", "--without-key"]);
    assert_eq!(made.status.code(), Some(0), "{}", words(&made));
    assert!(words(&made).contains("does not hold the secret key"), "{}", words(&made));
    let fresh = desk.directory.join("fresh");
    let restored = into(&desk, &["restore", &name], &fresh);
    assert!(restored.status.success() && words(&restored).contains("holds no secret key"), "{}", words(&restored));
    assert_eq!(tree(&fresh), ["files", "frontdesk.db"]);
}

#[tokio::test]
async fn a_restore_keeps_what_is_there_and_waits_for_no_server() {
    let (desk, file, head) = packed();
    let name = file.display().to_string();
    failed(&desk.run(&["restore", &name]), "is not empty");
    let mut server = desk.serve(&[]);
    failed(&desk.run(&["restore", &name, "--force"]), "serves from it");
    assert_eq!(server.ask("POST", "/api/v1/accounts/1/contacts", &head, r#"{"name":"Bob"}"#).0, 200);
    assert_eq!(server.stop(), Some(0));
    let restored = desk.run(&["restore", &name, "--force"]);
    assert_eq!(restored.status.code(), Some(0), "{}", words(&restored));
    let told = words(&restored);
    let kept = told.lines().find_map(|it| it.strip_prefix("What was there before is in ")).expect("it is told").to_owned();
    let count = |data: &Path| get(&serve(&desk, data), "/api/v1/accounts/1/contacts", &head)["meta"]["count"].clone();
    assert_eq!((count(&desk.data()), count(Path::new(&kept))), (json!(1), json!(2)));
    std::fs::remove_dir_all(&kept).expect("it is ours");
}

#[tokio::test]
async fn a_torn_a_foreign_and_a_newer_archive_are_refused_and_nothing_is_touched() {
    let (desk, file, _) = packed();
    let whole = std::fs::read(&file).expect("it is there");
    let data = desk.directory.join("untouched");
    std::fs::create_dir_all(&data).expect("there is room");
    let try_bytes = |bytes: &[u8], sentence: &str| {
        let broken = desk.directory.join("broken.tar.gz");
        std::fs::write(&broken, bytes).expect("there is room");
        let output = into(&desk, &["restore", &broken.display().to_string()], &data);
        failed(&output, sentence);
        assert!(tree(&data).is_empty(), "{:?}", tree(&data));
    };
    for cut in [whole.len() / 4, whole.len() / 2, whole.len() - 9] {
        try_bytes(&whole[..cut], "is not complete");
    }
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 0x55;
    let output = {
        std::fs::write(desk.directory.join("flipped.tar.gz"), &flipped).expect("there is room");
        into(&desk, &["restore", &desk.directory.join("flipped.tar.gz").display().to_string()], &data)
    };
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    assert!(tree(&data).is_empty(), "{:?}", tree(&data));
    try_bytes(b"", "is no backup of Frontdesk");
    try_bytes(b"a letter to somebody", "is no backup of Frontdesk");
    failed(&into(&desk, &["restore", "/nowhere.tar.gz"], &data), "there is no file /nowhere.tar.gz");
}

#[tokio::test]
async fn a_database_of_a_newer_release_is_not_restored() {
    let (desk, _, _) = packed();
    let further = rewrite(&desk);
    let data = desk.directory.join("fresh");
    failed(&into(&desk, &["restore", &further.display().to_string()], &data), "newer release of Frontdesk");
    assert!(tree(&data).is_empty(), "{:?}", tree(&data));
}

/// A backup of the same desk after a newer release was there.
fn rewrite(desk: &Desk) -> PathBuf {
    let file = desk.data().join("frontdesk.db");
    let location = Location::Sqlite(file);
    std::thread::scope(|scope| {
        let run = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let store = frontdesk_store::Store::open(&location, |_, _| {}).await.expect("it opens");
                let further =
                    async |tx: &mut frontdesk_store::Tx<'_>| tx.run(&crate::sql::MIGRATE_FURTHER, frontdesk_store::params![99]).await;
                let done: Result<u64, frontdesk_store::StoreError> = store.write(further).await;
                done.expect("the statement runs");
                store.close().await;
            });
        };
        scope.spawn(run).join().expect("it runs");
    });
    // This release does not open it, so the archive is made of parts: the newer file in place of the older.
    let whole = desk.directory.join("further");
    let unpack = format!(
        "mkdir '{0}' && tar -xzf '{1}' -C '{0}' && cp '{2}' '{0}/frontdesk.db' && cd '{0}' && tar -czf '{1}' manifest.json frontdesk.db secret-key files/ab/picture end.json",
        whole.display(),
        desk.directory.join("desk.tar.gz").display(),
        desk.data().join("frontdesk.db").display(),
    );
    let done = std::process::Command::new("sh").args(["-c", &unpack]).status().expect("a shell");
    assert!(done.success());
    desk.directory.join("desk.tar.gz")
}

#[tokio::test]
async fn a_full_disk_leaves_no_half_a_backup() {
    let (desk, _, _) = packed();
    let target = desk.directory.join("small.tar.gz");
    // Files may not grow beyond a few kilobytes, as on a disk without room; the signal for it is ignored.
    let limited = format!(
        "trap '' XFSZ; ulimit -f 8; exec '{}' backup '{}' --data '{}'",
        env!("CARGO_BIN_EXE_frontdesk"),
        target.display(),
        desk.data().display()
    );
    let output =
        std::process::Command::new("sh").args(["-c", &limited]).current_dir(&desk.directory).env_clear().output().expect("a shell");
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    let left: Vec<String> = tree(&desk.directory).into_iter().filter(|it| it.starts_with("small")).collect();
    assert!(left.is_empty() && !tree(&desk.data()).iter().any(|it| it.starts_with("backup-")), "{left:?} {:?}", tree(&desk.data()));
}
