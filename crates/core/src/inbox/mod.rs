//! Inboxes: the words and texts of a widget's settings, where it may be shown, and who a visitor proves to be. Which members
//! belong to an inbox is not here; its colour is in `brand`.

pub mod domain;
mod leaving;
mod settings;

pub use leaving::{Keeping, Participant, passed_on, settled_owner};
pub use settings::{AskFor, LauncherIcon, Locale, WidgetPosition, line, paragraph, seen_again};
