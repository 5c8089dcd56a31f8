//! Admission control: how many answers are made at a time, by kind of work and by network. More at once would only make everybody wait,
//! and the database with them.
//!
//! Promises: no more answers are made at a time than the machine can make well; a few wait, for a short while, each network in its turn;
//! the others are told at once to come back. Pictures and workbooks have places of their own, so that pages go on while those are drawn.
//! What has begun is made to its end, even if nobody waits for it any more: a page that is given up half-way keeps its connections to the
//! database for ever, because the framework forgets to let them go.

use std::time::Duration;

use tokio::time::timeout;
use tracing::Instrument;

use super::{
    fair_pool::{FairPool, PoolShares, Slot},
    metrics::{self, Shed},
    network::Network,
};

/// How long a page may wait for its turn, and how long what takes longer to make.
const WAIT_TIMEOUT: Duration = Duration::from_secs(3);
const FILES_WAIT_TIMEOUT: Duration = Duration::from_secs(10);
/// How many may wait for their turn, of each kind of work.
const QUEUE: usize = 256;
/// How many downloads are streamed at a time: each holds a connection to the database for as long as its reader takes.
const DOWNLOADS: usize = 8;
/// The longest that making an answer may take: until its last byte, or until it proves to be a long one. A long one may take longer to
/// begin, because its first megabytes are compressed before it is sent.
const LONGEST: Duration = Duration::from_secs(15);
const MAX_DOWNLOAD_TIME: Duration = Duration::from_secs(60);

/// What making an answer costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Some milliseconds of a core, and the database in between: pages, calls, text.
    Page,
    /// A core for as long as a second: pictures, workbooks, archives, documents.
    File,
    /// A connection to the database for as long as the reader takes: the data set as a whole.
    Download,
}

impl Work {
    pub fn of(path: &str) -> Work {
        let name = path.rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
        let is_data_set = path.split('/').nth(2) == Some("data") && path.split('/').count() == 4;
        match ending {
            "csv" | "zip" if is_data_set => Work::Download,
            "png" | "xlsx" | "zip" | "pdf" => Work::File,
            _ => Work::Page,
        }
    }

    fn timeout(self) -> Duration {
        match self {
            Work::Page => WAIT_TIMEOUT,
            Work::File | Work::Download => FILES_WAIT_TIMEOUT,
        }
    }

    fn longest(self) -> Duration {
        match self {
            Work::Page | Work::File => LONGEST,
            Work::Download => MAX_DOWNLOAD_TIME,
        }
    }
}

/// Why an answer was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// There was no place for it.
    Shed,
    /// It took too long.
    Late,
    /// Making it panicked.
    Broken,
}

/// Answers take turns in being made.
#[derive(Clone, Debug)]
pub struct Admission {
    pages: FairPool,
    files: FairPool,
    downloads: FairPool,
}

impl Admission {
    /// `pages` and `files` are how many of each are made at a time.
    pub fn new(pages: usize, files: usize) -> Admission {
        let shared = |places: usize| {
            let share = places.div_ceil(2);
            FairPool::new(PoolShares { places, share, reserve: places / 4, queue: QUEUE })
        };
        // A download lasts for minutes: whoever finds none free would wait in vain, so the half that is not its own is never lent.
        let downloads =
            PoolShares { places: DOWNLOADS, share: DOWNLOADS / 2, reserve: DOWNLOADS, queue: QUEUE };
        Admission { pages: shared(pages), files: shared(files), downloads: FairPool::new(downloads) }
    }

    /// How many answers wait to be made.
    pub fn waiting(&self) -> usize {
        self.pages.waiting() + self.files.waiting() + self.downloads.waiting()
    }

    /// How many downloads are under way.
    pub fn downloads(&self) -> usize {
        self.downloads.taken()
    }

    /// A place among the downloads for an answer that proves to be long, if there is one.
    pub fn as_download(&self, network: Network) -> Option<Slot> {
        let place = self.downloads.try_take(network);
        if place.is_none() {
            metrics::shed(Shed::Download, Some(network));
        }
        place
    }

    /// Makes an answer when it is its turn. `make` gets the place that it takes, and keeps it for as long as it needs it.
    pub async fn run<Made, Making>(
        &self,
        work: Work,
        network: Network,
        make: impl FnOnce(Slot) -> Making,
    ) -> Result<Made, Rejected>
    where
        Made: Send + 'static,
        Making: Future<Output = Made> + Send + 'static,
    {
        let (places, shed) = match work {
            Work::Page => (&self.pages, Shed::Page),
            Work::File => (&self.files, Shed::File),
            Work::Download => (&self.downloads, Shed::Download),
        };
        let Some(place) = places.take(network, work.timeout()).await else {
            metrics::shed(shed, Some(network));
            return Err(Rejected::Shed);
        };
        let making = tokio::spawn(make(place).in_current_span());
        match timeout(work.longest(), making).await {
            Ok(Ok(made)) => Ok(made),
            Ok(Err(error)) => {
                tracing::error!(%error, "an answer broke off");
                Err(Rejected::Broken)
            }
            Err(_) => {
                tracing::error!("an answer was not made in time");
                Err(Rejected::Late)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_told_by_the_path() {
        for (path, work) in [
            ("/en", Work::Page),
            ("/en/programs/data.csv", Work::Page),
            ("/api/v1/observations", Work::Page),
            ("/en/chart.svg", Work::Page),
            ("/en/chart.png", Work::File),
            ("/zh/indicators/jobs-total/card.png", Work::File),
            ("/en/subsidies/data.xlsx", Work::File),
            ("/en/subsidies/data.zip", Work::File),
            ("/en/programs/pudong-10-package/page.pdf", Work::File),
            ("/en/data/data.zip", Work::Download),
            ("/zh/data/figures.csv", Work::Download),
            ("/zh/data/subsidies.csv", Work::Download),
            ("/en/data", Work::Page),
            ("/en/data/datapackage.json", Work::Page),
            ("/en/data/revisions/1", Work::Page),
        ] {
            assert_eq!(Work::of(path), work, "{path}");
        }
    }

    #[tokio::test]
    async fn one_kind_of_work_does_not_hold_up_another() {
        let admission = Admission::new(4, 2);
        let network = Network::default();
        let files: Vec<Slot> = (0..9).map_while(|_| admission.files.try_take(network)).collect();
        assert_eq!(files.len(), 2);
        let downloads: Vec<Slot> = (0..9).map_while(|_| admission.as_download(network)).collect();
        assert_eq!(downloads.len(), 4, "half of the downloads are for other networks");
        assert_eq!(admission.run(Work::Page, network, async |_place| "made").await, Ok("made"));
    }
}
