//! The Unix socket in the data directory, on which a running server hears the command line. What is said on it is in
//! `control`.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

/// Its name.
pub(crate) const FILE: &str = "control.sock";
/// Longest path that every system takes as a socket's address, in bytes.
const ADDRESS_BYTES_MAX: usize = 100;

/// The socket's address; the directory stays open while it is used.
struct Address {
    path: PathBuf,
    _directory: Option<File>,
}

/// A path that is too long for an address is reached through the open directory, where the system has such a way.
fn address(directory: &Path) -> io::Result<Address> {
    let path = directory.join(FILE);
    if path.as_os_str().len() <= ADDRESS_BYTES_MAX {
        return Ok(Address { path, _directory: None });
    }
    let directory = File::open(directory)?;
    let path = Path::new("/proc/self/fd").join(directory.as_raw_fd().to_string()).join(FILE);
    Ok(Address { path, _directory: Some(directory) })
}

/// Binds the socket for its owner only. Whoever calls this holds the directory's lock, so that a socket already there is
/// the remains of a server that was killed.
pub(crate) fn bind(directory: &Path) -> io::Result<UnixListener> {
    remove(directory)?;
    let listener = UnixListener::bind(address(directory)?.path)?;
    std::fs::set_permissions(directory.join(FILE), std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Removes the socket, if there is one.
pub(crate) fn remove(directory: &Path) -> io::Result<()> {
    match std::fs::remove_file(directory.join(FILE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Connects to the server that runs on the directory; an error when none does.
pub(crate) async fn connect(directory: &Path) -> io::Result<UnixStream> {
    let address = address(directory)?;
    UnixStream::connect(&address.path).await
}
