//! Findings, and their forms: a table for a terminal, and JSON.

use std::fmt;

use serde_json::json;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    Set,
    Reachable,
    Old,
    Missing,
}

/// How a finding is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Ok,
    Warning,
    Error,
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub area: Area,
    pub subject: String,
    pub status: Status,
    pub found: String,
    /// What to do about it.
    pub advice: Option<String>,
}

/// Findings, by area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub findings: Vec<Finding>,
}

impl Area {
    fn name(self) -> &'static str {
        match self {
            Area::Set => "set",
            Area::Reachable => "reachable",
            Area::Old => "old",
            Area::Missing => "missing",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Area::Set => "What is set",
            Area::Reachable => "What is reachable",
            Area::Old => "What is old",
            Area::Missing => "What is missing",
        }
    }
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Warning => "warning",
            Status::Error => "error",
        }
    }
}

impl Finding {
    pub fn ok(area: Area, subject: &str, found: impl Into<String>) -> Finding {
        Finding { area, subject: subject.to_owned(), status: Status::Ok, found: found.into(), advice: None }
    }

    pub fn warning(
        area: Area,
        subject: &str,
        found: impl Into<String>,
        advice: impl Into<String>,
    ) -> Finding {
        let advice = Some(advice.into());
        Finding { status: Status::Warning, advice, ..Finding::ok(area, subject, found) }
    }

    pub fn error(area: Area, subject: &str, found: impl Into<String>, advice: impl Into<String>) -> Finding {
        Finding { status: Status::Error, ..Finding::warning(area, subject, found, advice) }
    }
}

impl Report {
    pub fn new(mut findings: Vec<Finding>) -> Report {
        findings.sort_by_key(|finding| finding.area);
        Report { findings }
    }

    /// Returns the worst status.
    pub fn status(&self) -> Status {
        self.findings.iter().map(|finding| finding.status).max().unwrap_or(Status::Ok)
    }

    /// Returns the report for programs.
    pub fn json(&self) -> String {
        let findings: Vec<_> = self
            .findings
            .iter()
            .map(|finding| {
                json!({
                    "area": finding.area.name(),
                    "subject": finding.subject,
                    "status": finding.status.name(),
                    "found": finding.found,
                    "advice": finding.advice,
                })
            })
            .collect();
        format!("{:#}", json!({ "status": self.status().name(), "findings": findings }))
    }

    fn count(&self, status: Status) -> usize {
        self.findings.iter().filter(|finding| finding.status == status).count()
    }
}

/// The table for a terminal: a line per finding, and a line below it with what to do.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.findings.iter().map(|finding| finding.subject.chars().count()).max().unwrap_or(0);
        let mut area = None;
        for finding in &self.findings {
            if area.replace(finding.area) != Some(finding.area) {
                writeln!(f, "\n{}", finding.area.title())?;
            }
            let Finding { subject, status, found, advice, .. } = finding;
            writeln!(f, "  {:<7}  {subject:<width$}  {found}", status.name())?;
            if let Some(advice) = advice {
                writeln!(f, "  {:<7}  {:<width$}  → {advice}", "", "")?;
            }
        }
        let count =
            |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
        let (errors, warnings) = (self.count(Status::Error), self.count(Status::Warning));
        write!(f, "\n{}, {}", count(errors, "error"), count(warnings, "warning"))
    }
}
