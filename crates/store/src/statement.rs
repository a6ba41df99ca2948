//! SQL statements as named values, written once with `$n` for both engines.
//! Nothing is executed here.

/// One SQL statement; made by [`statements!`](crate::statements) only.
#[derive(Debug, Clone, Copy)]
pub struct Statement {
    /// Where it is declared, for logs: `module::NAME`.
    pub name: &'static str,
    /// The text as written, with `$n`: PostgreSQL's form.
    pub text: &'static str,
    /// The same with `?n`: SQLite's form.
    pub sqlite_text: &'static str,
}

/// Declares each `NAME = "SQL";` as a `static NAME: Statement`, and the module's list `ALL` of them, through which
/// the parity test prepares every one on both engines. At most one use per module.
///
/// The text is SQL that both engines read alike, with `$1`, `$2`, ... for parameters. A parameter that may be NULL and
/// whose type the context does not tell is written `CAST($n AS BIGINT)`, or PostgreSQL refuses to prepare it.
#[macro_export]
macro_rules! statements {
    ($($(#[$meta:meta])* $visibility:vis $name:ident = $text:expr;)+) => {
        $($(#[$meta])* $visibility static $name: $crate::Statement = {
            const TEXT: &str = $text;
            static SQLITE: [u8; TEXT.len()] = $crate::statement::sqlite_text(TEXT);
            $crate::Statement {
                name: concat!(module_path!(), "::", stringify!($name)),
                text: TEXT,
                sqlite_text: match std::str::from_utf8(&SQLITE) {
                    Ok(text) => text,
                    Err(_) => panic!("replacing one ASCII character by another keeps a text valid"),
                },
            }
        };)+

        /// Every statement of this module.
        pub(crate) static ALL: &[&$crate::Statement] = &[$(&$name),+];
    };
}

/// Declares statements with a text for each engine, for what the two truly do differently, and the module's list `ALL_TWICE`
/// of them: `NAME = sqlite "SQL", postgres "SQL";`. Both are written with `$n`; they take the same parameters and give the same
/// columns, which the parity test checks.
#[macro_export]
macro_rules! statements_twice {
    ($($(#[$meta:meta])* $visibility:vis $name:ident = sqlite $sqlite:expr, postgres $postgres:expr;)+) => {
        $($(#[$meta])* $visibility static $name: $crate::Statement = {
            const TEXT: &str = $sqlite;
            static SQLITE: [u8; TEXT.len()] = $crate::statement::sqlite_text(TEXT);
            $crate::Statement {
                name: concat!(module_path!(), "::", stringify!($name)),
                text: $postgres,
                sqlite_text: match std::str::from_utf8(&SQLITE) {
                    Ok(text) => text,
                    Err(_) => panic!("replacing one ASCII character by another keeps a text valid"),
                },
            }
        };)+

        /// Every statement of this module that has two texts.
        pub(crate) static ALL_TWICE: &[&$crate::Statement] = &[$(&$name),+];
    };
}

/// `$n` as `?n`, at compile time; a `$` before anything but a digit stays. `N` is the length of `text`.
#[doc(hidden)]
#[must_use]
pub const fn sqlite_text<const N: usize>(text: &str) -> [u8; N] {
    let from = text.as_bytes();
    let mut to = [0; N];
    let mut i = 0;
    while i < N {
        let parameter = from[i] == b'$' && i + 1 < N && from[i + 1].is_ascii_digit();
        to[i] = if parameter { b'?' } else { from[i] };
        i += 1;
    }
    to
}
