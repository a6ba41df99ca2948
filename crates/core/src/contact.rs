//! How a contact is called, by members and by other contacts. What is known of a contact is stored elsewhere.

use crate::id::ContactId;

/// What other contacts read for somebody who gave no name: never an id, never a part of an address.
pub const NAMELESS: &str = "Visitor";

/// What members read: the name, else the part of the address before @ (BEHAVIOUR 2.9), else a number to tell visitors apart.
#[must_use]
pub fn name_for_members(name: Option<&str>, email: Option<&str>, id: ContactId) -> String {
    let before_at = || email.and_then(|it| it.split('@').next());
    name.or_else(before_at).map_or_else(|| format!("{NAMELESS} {id}"), str::to_owned)
}

/// What other contacts read.
#[must_use]
pub fn name_for_contacts(name: Option<&str>) -> &str {
    name.unwrap_or(NAMELESS)
}

/// Whether a browser is told the name and address that are known of whoever uses it. A contact of one browser said them there;
/// where contacts were merged by hand, another browser may have said them, and only the website can vouch that it is the same
/// person.
#[must_use]
pub fn is_told_who_they_are(verified: bool, browsers: i64) -> bool {
    verified || browsers <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_tell_nameless_visitors_apart_and_contacts_read_no_id_and_no_address() {
        let members = |name, email| name_for_members(name, email, ContactId(7));
        assert_eq!(members(Some("Ann"), Some("ann.b@example.com")), "Ann");
        assert_eq!(members(None, Some("ann.b@example.com")), "ann.b");
        assert_eq!(members(None, None), "Visitor 7");
        assert_eq!(name_for_contacts(Some("Ann")), "Ann");
        assert_eq!(name_for_contacts(None), "Visitor");
    }

    #[test]
    fn one_of_several_browsers_is_told_nothing_until_the_website_vouches() {
        assert!(is_told_who_they_are(false, 1));
        assert!(!is_told_who_they_are(false, 2));
        assert!(is_told_who_they_are(true, 2));
    }
}
