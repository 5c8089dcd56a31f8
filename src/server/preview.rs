//! Preview: serves the site as it would be after an import, from a database of its own that ends with it.

use std::{
    env, fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::{
    config::{self, Preview, SiteConfig},
    db::{self, Database},
    import::{self, DataSet, Error, Outcome, PublishOptions},
};

/// What to serve.
pub struct Asked {
    pub data: DataSet,
    pub options: PublishOptions,
    pub port: u16,
    pub site_root: PathBuf,
}

/// Copies what is published, publishes the data set in the copy, and serves it on this computer until `stop` completes. Nothing is
/// published, and nobody is notified.
///
/// # Errors
///
/// If the data set is refused, or the copy cannot be made or served.
pub async fn serve(
    published: Database,
    asked: Asked,
    program: &str,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<Outcome, Error> {
    let folder = Folder::new()?;
    let settings = config::Database { url: None, replica_urls: Vec::new(), state: folder.0.join("state") };
    let copy = Database::open(&settings).await?;
    let served = async {
        copy.migrate().await?;
        let (source, target) = (published.work(), copy.work());
        db::copy::published(&source, &target).await?;
        source.close().await;
        published.close().await;
        let outcome = import::publish(&target, &asked.data, asked.options).await?;
        target.close().await;
        if let Outcome::Published { revision, changes, warnings } = &outcome {
            let (revision, changes, warnings) = (*revision, changes.clone(), warnings.clone());
            println!("{}", Outcome::Difference { revision, changes, warnings });
            println!("A preview: it ends with Ctrl+C, and nothing is published.");
            println!("What would change: /en/changes?since={0} and /zh/changes?since={0}", revision - 1);
            let site = SiteConfig::of_preview(Preview { revision }, asked.port, asked.site_root);
            super::serve(site, copy.pages(), None, program, stop).await?;
        }
        Ok(outcome)
    }
    .await;
    copy.close().await;
    served
}

/// A folder that only this user can enter; removed on drop.
struct Folder(PathBuf);

impl Folder {
    fn new() -> anyhow::Result<Folder> {
        let path = env::temp_dir().join(format!("observatory-preview-{}", std::process::id()));
        fs::DirBuilder::new()
            .mode(0o700)
            .create(&path)
            .with_context(|| format!("cannot create the folder {}", Path::display(&path)))?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
