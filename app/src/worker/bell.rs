//! The bell that wakes the worker when something was written.

use std::{
    sync::{Condvar, Mutex, PoisonError},
    time::Duration,
};

/// Rings once for however many writes came before anybody listened.
#[derive(Debug, Default)]
pub struct Bell {
    rung: Mutex<bool>,
    wakes: Condvar,
}

impl Bell {
    /// Something was written.
    pub fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.wakes.notify_all();
    }

    /// Returns when the bell has rung since the last time, or when so much time went by; whether it rang.
    pub fn wait(&self, patience: Duration) -> bool {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut rung, _) = self
            .wakes
            .wait_timeout_while(rung, patience, |rung| !*rung)
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *rung)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn a_bell_that_rang_before_anybody_listened_is_heard_once() {
        let (bell, begun) = (Bell::default(), Instant::now());
        bell.ring();
        bell.ring();
        assert!(bell.wait(Duration::from_secs(60)));
        assert!(begun.elapsed() < Duration::from_secs(10));
        assert!(!bell.wait(Duration::from_millis(1)));
    }
}
