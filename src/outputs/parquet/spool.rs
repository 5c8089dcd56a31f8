//! Files made once and kept on disk, because their readers ask for parts of them many times.
//!
//! A file has no name: it is removed from its folder as soon as it is created, so nothing is left behind however the process ends.

use std::{
    fs::File,
    io::{self, Write},
    os::unix::fs::FileExt,
    sync::Arc,
};

use bytes::Bytes;
use moka::{future::Cache, policy::EvictionPolicy};
use sha2::{Digest, Sha256};

use crate::{domain::revisions::Snapshot, error::AppError};

/// Maximum size of all files together, in KiB: 2 GiB. A file that is still being read is not counted once it is evicted.
const MAX_SPOOLED: u64 = 2 * 1024 * 1024;
/// What a file counts for at least, in KiB, so that there are at most 256: each is an open file.
const LEAST: u64 = MAX_SPOOLED / 256;

/// Files by key.
#[derive(Clone, Debug)]
pub struct Spool(Cache<String, Arc<SpooledFile>>);

/// A complete file without a name.
#[derive(Debug)]
pub struct SpooledFile {
    file: File,
    length: u64,
    digest: [u8; 32],
}

/// A file that is being written.
pub struct Unfinished {
    file: File,
    length: u64,
    digest: Sha256,
}

impl Default for Spool {
    fn default() -> Spool {
        let files = Cache::builder()
            .max_capacity(MAX_SPOOLED)
            .eviction_policy(EvictionPolicy::lru())
            .weigher(|_, file: &Arc<SpooledFile>| {
                u32::try_from((file.length / 1024).max(LEAST)).unwrap_or(u32::MAX)
            });
        Spool(files.build())
    }
}

impl Spool {
    /// Returns the key of a file of a snapshot. A revision that is published anew under the same number has other keys.
    pub fn key(snapshot: &Snapshot, name: &str) -> String {
        let known_on = snapshot.known_on.map(|day| day.to_string()).unwrap_or_default();
        let (revision, published) = (snapshot.at.revision, snapshot.published_at.timestamp_micros());
        format!("{revision} {published} {known_on} {name}")
    }

    /// Returns the file of a key; `make` makes it, once for all who ask at the same time.
    ///
    /// # Errors
    ///
    /// Those of `make`; the next request tries again.
    pub async fn get(
        &self,
        key: String,
        make: impl Future<Output = Result<SpooledFile, AppError>>,
    ) -> Result<Arc<SpooledFile>, AppError> {
        let made = self.0.try_get_with(key, async { make.await.map(Arc::new) });
        made.await.map_err(|error: Arc<AppError>| (*error).clone())
    }
}

impl Unfinished {
    /// Creates an empty file in the folder for temporary files (`TMPDIR`).
    ///
    /// # Errors
    ///
    /// If no file can be created there.
    pub fn create() -> io::Result<Unfinished> {
        Ok(Unfinished { file: tempfile::tempfile()?, length: 0, digest: Sha256::new() })
    }

    pub fn finish(self) -> SpooledFile {
        SpooledFile { file: self.file, length: self.length, digest: self.digest.finalize().into() }
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl SpooledFile {
    /// Length in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// SHA-256 of its bytes.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Reads some of its bytes; blocks.
    ///
    /// # Errors
    ///
    /// If the disk fails, or the file has no such bytes.
    pub fn read(&self, from: u64, length: usize) -> io::Result<Bytes> {
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, from)?;
        Ok(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    use super::*;

    fn file(text: &str) -> SpooledFile {
        let mut file = Unfinished::create().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.finish()
    }

    #[tokio::test]
    async fn a_file_is_made_once_and_a_failure_is_tried_again() {
        let (spool, made) = (Spool::default(), AtomicUsize::new(0));
        let ask = async || {
            let make = async {
                match made.fetch_add(1, SeqCst) {
                    0 => Err(AppError::Unavailable),
                    _ => Ok(file("all of it")),
                }
            };
            spool.get("figures".to_owned(), make).await
        };
        assert_eq!(ask().await.unwrap_err(), AppError::Unavailable);
        let (one, two) = (ask().await.unwrap(), ask().await.unwrap());
        assert_eq!(made.load(SeqCst), 2);
        assert_eq!((one.length(), two.digest()), (9, one.digest()));
        assert_eq!(one.read(4, 5).unwrap(), "of it");
        assert!(one.read(5, 5).is_err());
        assert_ne!(file("else").digest(), one.digest());
    }
}
