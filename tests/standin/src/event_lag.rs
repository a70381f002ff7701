//! Owns how long an event stays unseen: NetBird writes them beside the call that causes them (contract 2.14).

use crate::clock::{MILLISECOND, Nanos};

/// How late events show up, in milliseconds; each a random time between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventLag {
    /// The shortest.
    pub least: u32,
    /// The longest.
    pub most: u32,
    /// Makes the times the same in each run.
    pub seed: Option<u64>,
}

impl Default for EventLag {
    fn default() -> Self {
        Self {
            least: 5,
            most: 40,
            seed: None,
        }
    }
}

/// Says when events become visible: later ones never before earlier ones.
pub struct Schedule {
    lag: EventLag,
    rng: fastrand::Rng,
    last: Nanos,
}

impl Default for Schedule {
    fn default() -> Self {
        Self::new(EventLag::default())
    }
}

impl Schedule {
    pub fn new(lag: EventLag) -> Self {
        Self {
            lag,
            rng: lag.seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed),
            last: 0,
        }
    }

    /// When the next event becomes visible.
    pub fn next(&mut self, now: Nanos) -> Nanos {
        let least = Nanos::from(self.lag.least) * MILLISECOND;
        let most = Nanos::from(self.lag.most) * MILLISECOND;
        self.last = self.last.max(now + self.rng.i64(least..=most.max(least)));
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(seed: u64) -> Vec<Nanos> {
        let mut schedule = Schedule::new(EventLag {
            seed: Some(seed),
            ..EventLag::default()
        });
        (0..200).map(|n| schedule.next(n * MILLISECOND)).collect()
    }

    #[test]
    fn events_come_late_but_in_order() {
        let times = times(1);
        assert!(times.is_sorted());
        for (now, at) in (0..).zip(&times) {
            assert!((now + 5..=now + 40).contains(&(at / MILLISECOND)), "{now} {at}");
        }
    }

    #[test]
    fn a_seed_says_it_all() {
        assert_eq!(times(7), times(7));
        assert_ne!(times(7), times(8));
    }
}
