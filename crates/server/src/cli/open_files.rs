//! How many connections the system lets the server hold: every one is an open file. Only this process's own limit is
//! moved, and only as far as the system allows; who refuses connections beyond it is the kernel.

use rustix::process::{Resource, getrlimit, setrlimit};

/// Raises the limit of open files to the most that is allowed. Most systems begin with 1,024, for the sake of programs
/// older than this one, and allow far more; a thousand visitors are an ordinary day.
pub(super) fn raise_limit() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(error) = setrlimit(Resource::Nofile, limit) {
        tracing::warn!(%error, "the limit of open files stays as it is; many visitors at once may find no place");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_takes_as_many_connections_as_the_system_allows() {
        let allowed = getrlimit(Resource::Nofile).maximum;
        let fewer = allowed.map_or(100_000, |it| it - 1);
        setrlimit(Resource::Nofile, rustix::process::Rlimit { current: Some(fewer), maximum: allowed }).unwrap();
        raise_limit();
        assert_eq!(getrlimit(Resource::Nofile).current, allowed);
    }
}
