//! The one place that reads the clock. Everything else takes `now`.

use frontdesk_core::time::Millis;

/// Tells the time; tests hold it still or move it.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    fixed: Option<std::sync::Arc<std::sync::atomic::AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Clock {
        Clock::default()
    }

    /// A clock that stands at `now` until it is set.
    pub fn fixed(now: Millis) -> Clock {
        Clock { fixed: Some(std::sync::Arc::new(now.0.into())) }
    }

    /// Moves a fixed clock; the machine's clock stays as it is.
    pub fn set(&self, now: Millis) {
        if let Some(fixed) = &self.fixed {
            fixed.store(now.0, std::sync::atomic::Ordering::SeqCst);
        }
    }

    /// Now, in UTC.
    #[expect(clippy::disallowed_methods, reason = "this is the place that reads the clock")]
    pub fn now(&self) -> Millis {
        if let Some(fixed) = &self.fixed {
            return Millis(fixed.load(std::sync::atomic::Ordering::SeqCst));
        }
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }
}
