//! Life of a programme: planned, announced, in force, ended, superseded, and what closes when.

use chrono::NaiveDate;

use crate::{text::PartialDate, vocabulary};

vocabulary! {
    /// Status of a programme on the day the data set was compiled.
    pub enum ProgramStatus {
        Announced = "announced", "announced", "已公布";
        InForce = "in-force", "in force", "施行中";
        Planned = "planned", "planned", "计划中";
        Expired = "expired", "expired", "已失效";
    }
}

vocabulary! {
    /// Standing of a programme on a given day, derived from its dates, its recorded status and the notices that replace it.
    pub enum ProgramStanding {
        NotYet = "not-yet", "not yet announced", "尚未公布";
        Planned = "planned", "planned", "计划中";
        Announced = "announced", "announced", "已公布";
        Coming = "coming", "announced, not yet in force", "已公布，尚未生效";
        InForce = "in-force", "in force", "施行中";
        /// Its term has passed, and no source tells whether it goes on.
        PeriodOver = "period-over", "period over, renewal not known", "期限已过，是否延续不详";
        Ended = "ended", "ended", "已结束";
        /// It is over by now, but no source tells since when.
        EndedUndated = "ended-undated", "ended, day not known", "已结束，日期不详";
        Superseded = "superseded", "superseded", "已被取代";
    }
}

vocabulary! {
    /// What closes on a day.
    pub enum ClosingKind {
        Applications = "applications", "applications close", "申报截止";
        Term = "term", "last day of its term", "有效期届满";
    }
}

/// Next day on which a programme closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Closing {
    /// Last possible day: that of the month or year if the source gives no day.
    pub on: NaiveDate,
    pub kind: ClosingKind,
}

/// Dates and status from which a programme's standing is derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// Earliest possible day of the announcement.
    pub announced: Option<NaiveDate>,
    /// Earliest possible day on which it comes into force.
    pub begins: Option<NaiveDate>,
    /// Latest possible day on which it is in force.
    pub ends: Option<NaiveDate>,
    /// Latest possible day of the application window.
    pub applications_close: Option<NaiveDate>,
    /// As recorded on the day the data set was compiled.
    pub status: ProgramStatus,
    /// Day from which another notice replaces it.
    pub superseded_from: Option<NaiveDate>,
}

impl Dates {
    /// Resolves partial dates to days: to the first possible day for announcement and start, to the last possible day for what ends.
    pub fn new(
        announced: Option<PartialDate>,
        from: Option<PartialDate>,
        to: Option<PartialDate>,
        applications_close: Option<PartialDate>,
        status: ProgramStatus,
        superseded_from: Option<NaiveDate>,
    ) -> Self {
        Dates {
            announced: announced.map(PartialDate::first_day),
            begins: from.map(PartialDate::first_day),
            ends: to.map(PartialDate::last_day),
            applications_close: applications_close.map(PartialDate::last_day),
            status,
            superseded_from,
        }
    }

    /// Derives the standing on a day. Assumes nothing that dates or status do not state.
    pub fn standing(&self, day: NaiveDate) -> ProgramStanding {
        let begun = self.begins.map(|begins| begins <= day);
        let announced = self.announced.map(|announced| announced <= day);
        if self.superseded_from.is_some_and(|from| from <= day) {
            return ProgramStanding::Superseded;
        }
        let ends = self.last_day();
        if ends.is_some_and(|ends| ends < day) {
            return match self.status {
                ProgramStatus::Expired => ProgramStanding::Ended,
                _ => ProgramStanding::PeriodOver,
            };
        }
        match (begun, announced) {
            (Some(true), _) if self.status == ProgramStatus::Expired && ends.is_none() => {
                ProgramStanding::EndedUndated
            }
            (Some(true), _) => ProgramStanding::InForce,
            (_, Some(false)) => ProgramStanding::NotYet,
            (Some(false), Some(true)) => ProgramStanding::Coming,
            (Some(false), None) => ProgramStanding::NotYet,
            (None, _) => match self.status {
                ProgramStatus::Planned => ProgramStanding::Planned,
                ProgramStatus::InForce => ProgramStanding::InForce,
                ProgramStatus::Expired if ends.is_none() => ProgramStanding::EndedUndated,
                ProgramStatus::Expired => ProgramStanding::Announced,
                ProgramStatus::Announced => ProgramStanding::Announced,
            },
        }
    }

    /// The last day of its term. A programme recorded as expired without a term ended with its application window.
    fn last_day(&self) -> Option<NaiveDate> {
        self.ends.or(self.applications_close.filter(|_| self.status == ProgramStatus::Expired))
    }

    /// The earliest closing date on or after a day. `None` if it is over, not yet announced, or if no date is stated.
    pub fn closing(&self, day: NaiveDate) -> Option<Closing> {
        let standing = self.standing(day);
        if standing.is_over() || standing == ProgramStanding::NotYet {
            return None;
        }
        let dates = [(self.applications_close, ClosingKind::Applications), (self.ends, ClosingKind::Term)];
        let dates = dates.into_iter().filter_map(|(on, kind)| Some(Closing { on: on?, kind }));
        dates.filter(|closing| closing.on >= day).min()
    }

    /// Whether support may still be available, according to the recorded status.
    pub fn is_open(&self) -> bool {
        matches!(self.status, ProgramStatus::Announced | ProgramStatus::InForce)
            && self.superseded_from.is_none()
    }
}

impl ProgramStanding {
    /// Whether support is no longer available: it has ended, its term has passed, or another notice replaces it.
    pub fn is_over(self) -> bool {
        matches!(
            self,
            ProgramStanding::PeriodOver
                | ProgramStanding::Ended
                | ProgramStanding::EndedUndated
                | ProgramStanding::Superseded
        )
    }

    /// Whether support is unavailable: the programme is over or has not begun.
    pub fn is_past_or_planned(self) -> bool {
        self.is_over() || matches!(self, ProgramStanding::Planned | ProgramStanding::NotYet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(announced: &str, from: &str, to: &str, close: &str, status: ProgramStatus) -> Dates {
        let date = |text: &str| text.parse().ok();
        Dates::new(date(announced), date(from), date(to), date(close), status, None)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_standing_follows_from_dates_and_says_when_it_cannot() {
        let check = |announced: &str, from: &str, to: &str, status, on: &str, expected| {
            let standing = dates(announced, from, to, "", status).standing(day(on));
            assert_eq!(standing, expected, "{announced} {from} {to} {on}");
        };
        use ProgramStatus as S;
        check("2025-12-05", "", "", S::Announced, "2025-12-04", ProgramStanding::NotYet);
        check("2025-12-05", "", "", S::Announced, "2026-01-01", ProgramStanding::Announced);
        check("2025-12-05", "2026-02-01", "", S::Announced, "2026-01-01", ProgramStanding::Coming);
        check("2025-12-05", "2026-02-01", "2027-12", S::InForce, "2027-12-31", ProgramStanding::InForce);
        check("2025-12-05", "2026-02-01", "2027-12", S::InForce, "2028-01-01", ProgramStanding::PeriodOver);
        check("2025-12-05", "", "2026", S::Announced, "2027-01-01", ProgramStanding::PeriodOver);
        check("2025-12-05", "2026-02-01", "2027-12", S::Expired, "2028-01-01", ProgramStanding::Ended);
        check("", "2016", "2020", S::Expired, "2018-06-01", ProgramStanding::InForce);
        check("", "2013-01-01", "", S::Expired, "2026-01-01", ProgramStanding::EndedUndated);
        check("2009-01-22", "", "", S::Expired, "2026-01-01", ProgramStanding::EndedUndated);
        check("", "", "", S::InForce, "2026-01-01", ProgramStanding::InForce);
        check("2026-01-28", "", "", S::Planned, "2026-02-01", ProgramStanding::Planned);
    }

    #[test]
    fn a_round_that_expired_was_open_until_its_window_closed() {
        let round = dates("2026-02-01", "", "", "2026-11-27", ProgramStatus::Expired);
        assert_eq!(round.standing(day("2026-11-27")), ProgramStanding::Announced);
        assert_eq!(
            round.closing(day("2026-11-01")).map(|closing| closing.kind),
            Some(ClosingKind::Applications)
        );
        assert_eq!(round.standing(day("2026-11-28")), ProgramStanding::Ended);
    }

    #[test]
    fn a_later_notice_replaces_it_from_its_day_on() {
        let mut replaced = dates("2024-01-01", "2024-02-01", "", "", ProgramStatus::InForce);
        replaced.superseded_from = Some(day("2025-03-01"));
        assert_eq!(replaced.standing(day("2025-02-28")), ProgramStanding::InForce);
        assert_eq!(replaced.standing(day("2025-03-01")), ProgramStanding::Superseded);
        assert!(!replaced.is_open());
    }

    #[test]
    fn the_next_closing_date_is_the_earliest_still_ahead() {
        let announced = dates("2025-01-01", "", "2027", "2026-11-27", ProgramStatus::Announced);
        let closing =
            |on: &str| announced.closing(day(on)).map(|closing| (closing.kind, closing.on.to_string()));
        assert_eq!(closing("2024-12-31"), None);
        assert_eq!(closing("2026-11-27"), Some((ClosingKind::Applications, "2026-11-27".into())));
        assert_eq!(closing("2026-11-28"), Some((ClosingKind::Term, "2027-12-31".into())));
        assert_eq!(closing("2028-01-01"), None);
    }
}
