//! Labels of an account over REST. Which conversations and contacts carry them is with those.

mod create;
mod delete;
mod list;
mod update;

pub(crate) use create::{__path_create, create};
pub(crate) use delete::{__path_delete, delete};
pub(crate) use list::{__path_list, __path_show, list, show};
pub(crate) use update::{__path_update, update};

use frontdesk_core::id::LabelId;
use frontdesk_core::label::{Title, parse_color};
use frontdesk_core::text::Invalid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::body::{RequestBody, lenient};
use super::error::ApiError;
use super::extract::Params;
use crate::actions::edit_labels::Wanted;

/// Longest description in characters.
const DESCRIPTION_CHARS_MAX: usize = 500;

/// A label as it shall be.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct EditLabel {
    /// One word of letters, digits, - and _; stored in lower case; at most one label of the account has it.
    title: Option<String>,
    description: Option<String>,
    /// #rrggbb
    color: Option<String>,
    /// Whether the dashboard lists it beside the inboxes.
    #[serde(default, deserialize_with = "lenient::boolean")]
    #[schema(value_type = Option<bool>)]
    show_on_sidebar: Option<bool>,
}

impl RequestBody for EditLabel {
    const NOUN: &'static str = "label";
}

fn check(form: EditLabel) -> Result<Wanted, ApiError> {
    let fits = |it: &String| it.chars().count() <= DESCRIPTION_CHARS_MAX && !it.contains('\0');
    if !form.description.as_ref().is_none_or(fits) {
        return Err(Invalid::new("description", format_args!("must have at most {DESCRIPTION_CHARS_MAX} characters")).into());
    }
    Ok(Wanted {
        title: form.title.map(|it| Title::parse("title", &it)).transpose()?,
        description: form.description,
        color: form.color.map(|it| parse_color(&it)).transpose()?,
        show_on_sidebar: form.show_on_sidebar,
    })
}

fn label_id(params: &Params) -> Result<LabelId, ApiError> {
    params.id("label_id", "Label").map(LabelId)
}
