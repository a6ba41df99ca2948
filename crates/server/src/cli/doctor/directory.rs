//! The data directory, who works on it, and the key in it.

use std::fs::{File, TryLockError};
use std::os::unix::fs::MetadataExt;

use super::{Finding, Patient, State};
use crate::data::{RESTORED, lock};
use crate::key::{self, SecretKey};

pub(super) fn directory(patient: &Patient) -> Finding {
    let path = patient.at.directory();
    let (name, shown) = ("directory", path.display());
    let found = match std::fs::metadata(&path) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Finding::new(name, State::Note, format!("there is no data directory {shown} yet"))
                .advise("the first start makes it; if there should be one, name it with --data");
        }
        Err(error) => {
            return Finding::new(name, State::Broken, format!("the data directory {shown} cannot be read: {error}"))
                .advise("run this as the user that Frontdesk runs as");
        }
    };
    if !found.is_dir() {
        return Finding::new(name, State::Broken, format!("{shown} is no directory")).advise("name another one with --data");
    }
    if path.join(RESTORED).exists() {
        return Finding::new(name, State::Broken, format!("a restore into {shown} was interrupted before its end"))
            .advise("run `frontdesk restore FILE --force` once more");
    }
    let own = rustix::process::geteuid().as_raw();
    if found.uid() != own && own != 0 {
        return Finding::new(name, State::Broken, format!("{shown} belongs to user {}, and this is user {own}", found.uid()))
            .advise("run Frontdesk and its commands as that user, or give the directory to this one with chown -R");
    }
    if rustix::fs::access(&path, rustix::fs::Access::WRITE_OK).is_err() {
        return Finding::new(name, State::Broken, format!("{shown} cannot be written"))
            .advise("its disk may be mounted for reading only, or its rights do not let this user write");
    }
    if found.mode() & 0o077 != 0 {
        return Finding::new(name, State::Warning, format!("others on this machine can look into {shown}"))
            .advise(format!("chmod 700 {shown}; the next start does it as well"));
    }
    Finding::new(name, State::Ok, format!("{shown} is there, for its owner only"))
}

pub(super) fn server(patient: &Patient) -> Finding {
    let name = "server";
    if let Some(server) = &patient.server {
        return Finding::new(name, State::Ok, server.clone());
    }
    let Ok(file) = File::open(patient.at.directory().join(lock::FILE)) else {
        return Finding::new(name, State::Note, "no server runs");
    };
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {
            let pid = std::fs::read_to_string(patient.at.directory().join(lock::FILE)).unwrap_or_default();
            Finding::new(name, State::Broken, format!("process {} holds the data directory and does not answer", pid.trim()))
                .advise("look into its log; stop it and start it again. A restore that runs also holds it")
        }
        Err(TryLockError::Error(error)) => Finding::new(name, State::Broken, format!("the data directory cannot be locked: {error}"))
            .advise("keep it on a local disk, or on a file system that knows locks"),
        Ok(()) => Finding::new(name, State::Note, "no server runs"),
    }
}

pub(super) fn key(patient: &Patient) -> Finding {
    let (name, path) = ("key", patient.at.directory().join(key::FILE));
    if let Ok(text) = std::env::var(key::VARIABLE) {
        return match SecretKey::parse(&text) {
            Ok(_) => Finding::new(name, State::Ok, format!("the secret key comes from {}", key::VARIABLE)),
            Err(_) => Finding::new(name, State::Broken, format!("{} holds no secret key", key::VARIABLE))
                .advise("it is 43 characters of base64url, the same on every node"),
        };
    }
    let from_backup =
        "put the one from a backup there; without it a new one is made at the next start, and signatures and webhook secrets change";
    match std::fs::read_to_string(&path) {
        Ok(text) if SecretKey::parse(&text).is_err() => {
            Finding::new(name, State::Broken, format!("{} holds no secret key", path.display())).advise(from_backup)
        }
        Ok(_) => match std::fs::metadata(&path) {
            Ok(it) if it.mode() & 0o077 != 0 => {
                Finding::new(name, State::Warning, format!("others on this machine can read {}", path.display()))
                    .advise(format!("chmod 600 {}", path.display()))
            }
            _ => Finding::new(name, State::Ok, format!("{} is there, for its owner only", path.display())),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let directory = patient.at.directory();
            let is_new = match &patient.at.database {
                None => !directory.join(crate::data::DATABASE).exists(),
                Some(_) => !directory.exists(),
            };
            let state = if is_new { State::Note } else { State::Broken };
            let missing = Finding::new(name, state, format!("there is no {}", path.display()));
            if is_new { missing.advise("the first start makes it") } else { missing.advise(from_backup) }
        }
        Err(error) => Finding::new(name, State::Broken, format!("{} cannot be read: {error}", path.display()))
            .advise("run this as the user that Frontdesk runs as"),
    }
}
