//! HTTP requests from the browser.

use std::{
    future::poll_fn,
    sync::{Arc, Mutex},
    task::{Poll, Waker},
};

use leptos::wasm_bindgen::{JsCast, closure::Closure};

/// Progress of a request: what wakes the task that waits, and the response once it is here.
#[derive(Default)]
struct Progress {
    waker: Option<Waker>,
    response: Option<Option<String>>,
}

/// Fetches an address and returns the response text, or `None` on failure. Uses `XMLHttpRequest`, which takes one callback; the fetch API
/// takes two promises for the same.
pub async fn get(address: &str) -> Option<String> {
    let progress = start(address)?;
    poll_fn(|context| {
        let Ok(mut progress) = progress.lock() else { return Poll::Ready(None) };
        progress.waker = Some(context.waker().clone());
        progress.response.take().map_or(Poll::Pending, Poll::Ready)
    })
    .await
}

fn start(address: &str) -> Option<Arc<Mutex<Progress>>> {
    let request = web_sys::XmlHttpRequest::new().ok()?;
    let progress = Arc::new(Mutex::new(Progress::default()));
    let (answer, ended) = (request.clone(), progress.clone());
    let ended = Closure::once_into_js(move || {
        let Ok(mut progress) = ended.lock() else { return };
        let text = answer.response_text().ok().flatten();
        progress.response = Some(text.filter(|_| answer.status() == Ok(200)));
        if let Some(waker) = progress.waker.take() {
            waker.wake();
        }
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    request.open("GET", address).and_then(|()| request.send()).ok()?;
    Some(progress)
}
