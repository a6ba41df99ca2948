//! Labels as members see them.

use frontdesk_store::labels::Label;
use serde::Serialize;
use utoipa::ToSchema;

/// A label.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct LabelView {
    id: i64,
    /// One lower-case word, unique in the account.
    title: String,
    description: String,
    /// #rrggbb
    color: String,
    show_on_sidebar: bool,
}

impl From<&Label> for LabelView {
    fn from(it: &Label) -> LabelView {
        LabelView {
            id: it.id.0,
            title: it.title.clone(),
            description: it.description.clone(),
            color: it.color.clone(),
            show_on_sidebar: it.show_on_sidebar,
        }
    }
}

/// An account's labels.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LabelsView {
    pub(crate) payload: Vec<LabelView>,
}

/// The titles that a conversation or contact carries, sorted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TitlesView {
    pub(crate) payload: Vec<String>,
}
