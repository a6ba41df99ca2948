//! Messages of a conversation over REST: pages of them, and sending.

mod create;
mod delete;
mod list;

pub(crate) use create::{__path_create, create};
pub(crate) use delete::{__path_delete, delete};
pub(crate) use list::{__path_list, list};
