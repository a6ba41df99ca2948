//! A statement's parameters, and which types of the rules may be parameters and columns.
//! How a driver takes them is the engine's business.

use std::borrow::Cow;
use std::fmt;

use frontdesk_core::attachment::FileState;
use frontdesk_core::conversation::{MessageKind, Priority, SenderKind, Status};
use frontdesk_core::event::Seq;
use frontdesk_core::id::{
    AccountId, AttachmentId, ContactId, ContactInboxId, ConversationId, ConversationNumber, DeliveryId, InboxId, LabelId, MessageId,
    UserId, WebhookId,
};
use frontdesk_core::inbox::{AskFor, LauncherIcon, WidgetPosition};
use frontdesk_core::member::{Availability, Role};
use frontdesk_core::time::Millis;
use frontdesk_core::webhook::{DeliveryState, Happening};

/// One parameter, borrowed where it can be. Its `Debug` shows the kind only: parameters are people's words.
#[derive(Clone, PartialEq, Eq)]
pub enum Value<'v> {
    /// NULL, of whatever type the statement wants there.
    Null,
    /// BIGINT.
    Int(i64),
    /// BOOLEAN; 0 or 1 on SQLite.
    Bool(bool),
    /// TEXT.
    Text(Cow<'v, str>),
    /// BLOB or BYTEA.
    Blob(Cow<'v, [u8]>),
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Value::Null => "null",
            Value::Int(_) => "integer",
            Value::Bool(_) => "boolean",
            Value::Text(_) => "text",
            Value::Blob(_) => "bytes",
        })
    }
}

/// A statement's parameters in order, `$1` first; made by [`params!`](crate::params).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params<'v>(pub Vec<Value<'v>>);

/// The parameters of a statement: `params![account, &name, now]`. References are borrowed, not copied.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { $crate::Params(vec![$($crate::Value::from($value)),*]) };
}

macro_rules! from_plain {
    ($($type:ty: $bound:ident => $value:expr;)*) => { $(
        impl<'v> From<$type> for Value<'v> {
            fn from($bound: $type) -> Value<'v> {
                $value
            }
        }
    )* };
}

from_plain! {
    i64: it => Value::Int(it);
    bool: it => Value::Bool(it);
    String: it => Value::Text(Cow::Owned(it));
    &'v str: it => Value::Text(Cow::Borrowed(it));
    &'v String: it => Value::Text(Cow::Borrowed(it));
    Vec<u8>: it => Value::Blob(Cow::Owned(it));
    &'v [u8]: it => Value::Blob(Cow::Borrowed(it));
    &'v Vec<u8>: it => Value::Blob(Cow::Borrowed(it));
}

impl<'v, const N: usize> From<&'v [u8; N]> for Value<'v> {
    fn from(it: &'v [u8; N]) -> Value<'v> {
        Value::Blob(Cow::Borrowed(it))
    }
}

impl<'v, T: Into<Value<'v>>> From<Option<T>> for Value<'v> {
    fn from(it: Option<T>) -> Value<'v> {
        it.map_or(Value::Null, Into::into)
    }
}

impl<'v> From<&'v Option<String>> for Value<'v> {
    fn from(it: &'v Option<String>) -> Value<'v> {
        it.as_deref().into()
    }
}

macro_rules! number_values {
    ($($type:ident),* $(,)?) => { $(
        impl From<$type> for Value<'_> {
            fn from(it: $type) -> Self {
                Value::Int(it.0)
            }
        }

        impl $crate::FromValue for $type {
            fn from_cell(cell: $crate::Cell<'_>) -> Option<$type> {
                i64::from_cell(cell).map($type)
            }
        }
    )* };
}

number_values!(
    AccountId,
    AttachmentId,
    UserId,
    InboxId,
    ContactId,
    ContactInboxId,
    ConversationId,
    ConversationNumber,
    LabelId,
    MessageId,
    Millis,
    Seq,
    WebhookId,
    DeliveryId,
);

/// Lets enumerated words of the rules be parameters and columns: types with `fn as_str(self) -> &'static str` and
/// `fn parse(&str) -> Option<Self>`.
macro_rules! word_values {
    ($($type:ty),+ $(,)?) => { $(
        impl From<$type> for Value<'_> {
            fn from(it: $type) -> Self {
                Value::Text(Cow::Borrowed(it.as_str()))
            }
        }

        impl $crate::FromValue for $type {
            fn from_cell(cell: $crate::Cell<'_>) -> Option<Self> {
                match cell {
                    $crate::Cell::Text(word) => <$type>::parse(word),
                    _ => None,
                }
            }
        }
    )+ };
}

word_values!(
    Role,
    Availability,
    Status,
    MessageKind,
    Priority,
    SenderKind,
    Happening,
    DeliveryState,
    FileState,
    AskFor,
    LauncherIcon,
    WidgetPosition
);
