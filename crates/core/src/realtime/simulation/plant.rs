//! Mistakes that are put in on purpose, to show that the simulation finds their kind. None is active in a normal run.

/// At most one mistake is active in a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plant {
    Nothing,
    /// The server stores a repeated send again.
    StoresRepeats,
    /// The server takes a private note for a public message.
    LeaksNotes,
    /// Contacts are told the account's own numbers.
    TellsLogNumbers,
    /// Contacts read the members' sentence of an activity.
    TellsTeamSentences,
    /// A repeat is looked for in the named conversation only, although the first copy began a new one.
    ForgetsWhereItWent,
    /// The server answers before the commit is on the disk.
    AnswersTooEarly,
    /// A reader behind the window reads on although the log was trimmed.
    ReadsPastTheTrim,
    /// The feed waits for entries that were trimmed before it read them.
    WaitsForTheTrimmed,
    /// The members' filter is forgotten when pages of the log are read.
    FiltersTheWindowOnly,
    /// A restored database keeps the old history's name.
    KeepsEpoch,
    /// A restored database gives the numbers of lost conversations to new ones, although members' pages still write to
    /// them. Contacts have uuids, which are not modelled: here it shows to them as well.
    ReusesNumbers,
    /// A contact's read mark is told to nobody.
    SeenInSilence,
    /// The client takes the conversation's state from the answer to a send.
    AnswerOverwrites,
    /// The client keeps showing the old conversation when its message was stored in a new one.
    StaysOnTheOldOne,
    /// The client forgets an answer when a snapshot from before it arrives.
    ForgetsAnswersOnReload,
    /// The client remembers the new cursor before it has fetched.
    CursorBeforeSnapshot,
    /// The client applies events while it fetches, and then puts the older snapshot over them.
    AppliesWhileFetching,
    /// The client sends the next message before the first is answered.
    SendsAhead,
}
