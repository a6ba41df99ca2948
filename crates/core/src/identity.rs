//! Who a visitor proves to be, when a website signs it, and what becomes of the browser then (BEHAVIOUR 6.10). Signatures
//! are computed by the server; what is known of browsers and contacts is looked up by whoever asks.

use crate::id::ContactId;
use crate::text::{Email, Invalid};

/// What came with the identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// Made with the inbox's secret.
    Right,
    /// Made with something else.
    Wrong,
    /// None came.
    Missing,
}

/// What an identity is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// The website vouches for it.
    Proved,
    /// Somebody says so: it identifies nobody, and what comes with it is kept as claims.
    Claimed,
}

/// Why an identity is not taken at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Untrusted {
    /// It was signed, and not by the website: never a claim instead, as somebody tries.
    Wrong,
    /// The inbox takes signed ones only.
    Missing(Invalid),
}

/// Decides for a signature and whether the inbox takes signed identities only.
pub fn worth(signature: Signature, mandatory: bool) -> Result<Worth, Untrusted> {
    match signature {
        Signature::Right => Ok(Worth::Proved),
        Signature::Wrong => Err(Untrusted::Wrong),
        Signature::Missing if mandatory => Err(Untrusted::Missing(Invalid::new("identifier_hash", "can't be blank"))),
        Signature::Missing => Ok(Worth::Claimed),
    }
}

/// What a proved identity means for the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attach {
    /// Nobody knows either: a new contact with this browser.
    Begin,
    /// The browser was unknown and belongs to the contact from now on.
    Enter(ContactId),
    /// It is the contact's already.
    Stay(ContactId),
    /// Who wrote here so far is this person, whom nobody knew by identifier.
    Adopt(ContactId),
    /// Who wrote here so far is this person, who is known: both are one.
    Merge {
        /// Stays.
        into: ContactId,
        /// Was nobody in particular.
        from: ContactId,
    },
    /// The browser was another person's: they keep what they wrote, and the browser goes to the contact, or to a new one.
    Pass {
        /// Keeps everything but the browser.
        from: ContactId,
        /// Gets it, if known.
        to: Option<ContactId>,
    },
}

/// Decides for whom the browser belonged to (with the identifier they are known by, if any) and whom the identifier names.
#[must_use]
pub fn attach(browser: Option<(ContactId, bool)>, known: Option<ContactId>) -> Attach {
    match (browser, known) {
        (None, None) => Attach::Begin,
        (None, Some(known)) => Attach::Enter(known),
        (Some((holder, _)), Some(known)) if holder == known => Attach::Stay(known),
        (Some((holder, false)), None) => Attach::Adopt(holder),
        (Some((holder, false)), Some(known)) => Attach::Merge { into: known, from: holder },
        (Some((holder, true)), to) => Attach::Pass { from: holder, to },
    }
}

/// Whether the e-mail address is proved by the signature: only where the identifier that was signed is that address. What
/// merely comes beside it anybody with a signature of their own could send.
#[must_use]
pub fn proves_address(identifier: &str, email: &Email) -> bool {
    Email::parse(identifier).is_ok_and(|it| it == *email)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: ContactId = ContactId(1);
    const BEN: ContactId = ContactId(2);

    #[test]
    fn a_wrong_signature_is_never_taken_and_a_missing_one_only_as_a_claim() {
        for mandatory in [false, true] {
            assert_eq!(worth(Signature::Right, mandatory), Ok(Worth::Proved));
            assert_eq!(worth(Signature::Wrong, mandatory), Err(Untrusted::Wrong));
        }
        assert_eq!(worth(Signature::Missing, false), Ok(Worth::Claimed));
        assert!(matches!(worth(Signature::Missing, true), Err(Untrusted::Missing(it)) if it.field == "identifier_hash"));
    }

    #[test]
    fn a_browser_goes_to_whom_the_website_names() {
        assert_eq!(attach(None, None), Attach::Begin);
        assert_eq!(attach(None, Some(ANN)), Attach::Enter(ANN));
        assert_eq!(attach(Some((ANN, true)), Some(ANN)), Attach::Stay(ANN));
        assert_eq!(attach(Some((ANN, false)), None), Attach::Adopt(ANN));
        assert_eq!(attach(Some((BEN, false)), Some(ANN)), Attach::Merge { into: ANN, from: BEN });
    }

    #[test]
    fn nobody_inherits_what_another_known_person_wrote_on_the_same_browser() {
        assert_eq!(attach(Some((BEN, true)), Some(ANN)), Attach::Pass { from: BEN, to: Some(ANN) });
        assert_eq!(attach(Some((BEN, true)), None), Attach::Pass { from: BEN, to: None });
    }

    #[test]
    fn only_a_signed_address_is_proved() {
        let email = Email::parse("ann@example.com").unwrap();
        assert!(proves_address(" Ann@Example.com", &email));
        assert!(!proves_address("42", &email));
        assert!(!proves_address("ben@example.com", &email));
    }
}
