//! Files of the built site: script, wasm and styles under an address that names the build, and the few at the root.

use std::path::Path;

use anyhow::Context;
use sha2::{Digest, Sha256};
use tower_http::services::ServeDir;

/// Names this build of script, wasm and styles: twelve hex digits of a SHA-256 over them.
///
/// The build stands in the address (`/pkg/3f…/observatory.wasm`), so a browser may keep the files for ever and still
/// gets the right ones with the next build. It is worked out when the server starts: nothing has to be carried from the
/// build to the place of running but the files themselves.
pub fn build_id(site_root: &Path) -> anyhow::Result<String> {
    let folder = site_root.join("pkg");
    let listing = std::fs::read_dir(&folder).with_context(|| {
        format!("there is no built site in {}: run ./run, which builds it", site_root.display())
    })?;
    let mut files: Vec<_> = listing
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "js" || end == "wasm" || end == "css"))
        .collect();
    files.sort();
    let mut hash = Sha256::new();
    for path in files {
        hash.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        hash.update(std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
    }
    Ok(hex::encode(hash.finalize())[..12].to_owned())
}

/// Names this program: twelve hex digits of a SHA-256 over it. Two machines with the same program name answers alike.
pub fn program_id() -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    let program = std::env::current_exe().and_then(std::fs::File::open);
    let mut program = program.context("cannot read the program itself")?;
    std::io::copy(&mut program, &mut hash)?;
    Ok(hex::encode(hash.finalize())[..12].to_owned())
}

/// Serves a folder, preferring the compressed file beside the plain one.
pub fn folder(path: &Path) -> ServeDir {
    ServeDir::new(path).precompressed_br().precompressed_gzip()
}
