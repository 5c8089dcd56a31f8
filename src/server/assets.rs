//! Static files of the built site: script, wasm and styles under an address that contains the build id.

use std::path::Path;

use anyhow::Context;
use sha2::{Digest, Sha256};
use tower_http::services::ServeDir;

/// Computes the id of this build of script, wasm and styles: twelve hex digits of a SHA-256 over the files.
///
/// The id is part of the address (`/pkg/3f…/observatory.wasm`), so browsers may cache the files forever and still get the right ones
/// after the next build. It is computed when the server starts, so only the files themselves need to be deployed.
pub fn build_id(site_root: &Path) -> anyhow::Result<String> {
    let folder = site_root.join("pkg");
    let listing = std::fs::read_dir(&folder)
        .with_context(|| format!("no built site in {}: run ./run, which builds it", site_root.display()))?;
    let files: Result<Vec<_>, _> = listing.map(|entry| Ok::<_, std::io::Error>(entry?.path())).collect();
    let mut files = files.with_context(|| format!("cannot list {}", folder.display()))?;
    files.retain(|path| path.extension().is_some_and(|end| end == "js" || end == "wasm" || end == "css"));
    files.sort();
    let mut hash = Sha256::new();
    for path in files {
        hash.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        hash.update(std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
    }
    Ok(hex::encode(hash.finalize())[..12].to_owned())
}

/// Computes the id of this program: twelve hex digits of a SHA-256 over its file. Machines with the same program generate the same ETags.
pub fn program_id() -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    let program = std::env::current_exe().and_then(std::fs::File::open);
    let mut program = program.context("cannot read the program file")?;
    std::io::copy(&mut program, &mut hash)?;
    Ok(hex::encode(hash.finalize())[..12].to_owned())
}

/// Serves a folder, preferring precompressed files.
pub fn folder(path: &Path) -> ServeDir {
    ServeDir::new(path).precompressed_br().precompressed_gzip()
}
