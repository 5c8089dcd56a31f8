//! Admission control: bounds concurrent work by kind and by network, and sheds load beyond that.
//!
//! Promises: no more responses are made concurrently than the machine handles well, since more would only slow down everybody and the
//! database. A few requests queue for a short time, with round-robin between networks; the others are rejected at once with
//! `Retry-After`. Images and workbooks have their own slots, so that rendering them does not block pages. Work that has begun runs to
//! completion even if the client is gone: a page dropped half-way would hold its database connections forever, because the framework
//! leaks them.

use std::time::Duration;

use tokio::time::timeout;
use tracing::Instrument;

use super::{
    fair_pool::{FairPool, PoolShares, Slot},
    network::Network,
    shed::{self, Shed},
};

/// Time-outs in the queue: of pages, and of files and downloads, which take longer to make.
const WAIT_TIMEOUT: Duration = Duration::from_secs(3);
const FILES_WAIT_TIMEOUT: Duration = Duration::from_secs(10);
/// Maximum queue length per kind of work.
const QUEUE: usize = 256;
/// Maximum number of concurrent downloads. Each holds a database connection until its client has read it.
const DOWNLOADS: usize = 8;
/// Time-outs for making a response: until its last byte, or until it exceeds the length that is buffered. A download may take longer
/// because its first megabytes are compressed before anything is sent, and a Parquet file of ten million figures is made whole.
const LONGEST: Duration = Duration::from_secs(15);
const MAX_DOWNLOAD_TIME: Duration = Duration::from_secs(180);

/// The cost of making a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// A few milliseconds of a core, plus queries: pages, API calls, text files.
    Page,
    /// A core for up to a second: images, workbooks, archives, documents.
    File,
    /// A database connection until the client has read the response: the whole data set.
    Download,
}

impl Work {
    pub fn of(path: &str) -> Work {
        let name = path.rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
        let is_data_set = path.split('/').nth(2) == Some("data") && path.split('/').count() == 4;
        match ending {
            "csv" | "parquet" | "zip" if is_data_set => Work::Download,
            "png" | "xlsx" | "zip" | "pdf" | "docx" => Work::File,
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

/// Reason why a response was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// No slot was free.
    Shed,
    /// It timed out.
    Late,
    /// Making it panicked.
    Broken,
}

/// Admission control of the server.
#[derive(Clone, Debug)]
pub struct Admission {
    pages: FairPool,
    files: FairPool,
    downloads: FairPool,
}

impl Admission {
    /// `pages` and `files` are the maximum numbers of concurrent renders.
    pub fn new(pages: usize, files: usize) -> Admission {
        let shared = |places: usize| {
            let share = places.div_ceil(2);
            FairPool::new(PoolShares { places, share, reserve: places / 4, queue: QUEUE })
        };
        // A download takes minutes, and requests in the queue would time out before one ends. So a network never gets more than its half.
        let downloads =
            PoolShares { places: DOWNLOADS, share: DOWNLOADS / 2, reserve: DOWNLOADS, queue: QUEUE };
        Admission { pages: shared(pages), files: shared(files), downloads: FairPool::new(downloads) }
    }

    /// Returns the number of queued requests.
    pub fn waiting(&self) -> usize {
        self.pages.waiting() + self.files.waiting() + self.downloads.waiting()
    }

    /// Returns the number of downloads in progress.
    pub fn downloads(&self) -> usize {
        self.downloads.taken()
    }

    /// Takes a download slot for a response that proves to be long, if one is free.
    pub fn as_download(&self, network: Network) -> Option<Slot> {
        let place = self.downloads.try_take(network);
        if place.is_none() {
            shed::shed(Shed::Download, Some(network));
        }
        place
    }

    /// Makes a response once a slot is free. `make` owns the slot and holds it for as long as it needs.
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
            shed::shed(shed, Some(network));
            return Err(Rejected::Shed);
        };
        let making = tokio::spawn(make(place).in_current_span());
        match timeout(work.longest(), making).await {
            Ok(Ok(made)) => Ok(made),
            Ok(Err(error)) => {
                tracing::error!(%error, "making a response failed");
                Err(Rejected::Broken)
            }
            Err(_) => {
                tracing::error!("making a response timed out");
                Err(Rejected::Late)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_work_follows_from_the_path() {
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
            ("/zh/data/figures.parquet", Work::Download),
            ("/zh/data/subsidies.csv", Work::Download),
            ("/en/data", Work::Page),
            ("/en/data/datapackage.json", Work::Page),
            ("/en/data/revisions/1", Work::Page),
        ] {
            assert_eq!(Work::of(path), work, "{path}");
        }
    }

    #[tokio::test]
    async fn one_kind_of_work_does_not_block_another() {
        let admission = Admission::new(4, 2);
        let network = Network::default();
        let files: Vec<Slot> = (0..9).map_while(|_| admission.files.try_take(network)).collect();
        assert_eq!(files.len(), 2);
        let downloads: Vec<Slot> = (0..9).map_while(|_| admission.as_download(network)).collect();
        assert_eq!(downloads.len(), 4, "half of the downloads are for other networks");
        assert_eq!(admission.run(Work::Page, network, async |_place| "made").await, Ok("made"));
    }
}
