//! The event log's vocabulary: what happened and who may hear of it. How events are stored or sent is not here.

use serde::{Deserialize, Serialize};

/// Position in one account's event log: 1, 2, 3, ... without gaps, in commit order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub i64);
