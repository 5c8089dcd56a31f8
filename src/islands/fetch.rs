//! HTTP requests from the browser.

use std::{
    future::poll_fn,
    sync::{Arc, Mutex},
    task::{Poll, Waker},
};

use leptos::wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Document, XmlHttpRequest, XmlHttpRequestResponseType};

/// Progress of a request: what wakes the task that waits, and the response once it is here.
#[derive(Default)]
struct Progress {
    waker: Option<Waker>,
    response: Option<Option<Document>>,
}

/// Fetches a page or a piece of HTML and returns it parsed, or `None` on failure. Uses `XMLHttpRequest`, which takes one callback; the fetch API
/// takes two promises for the same.
pub async fn get(address: &str) -> Option<Document> {
    let progress = start(address)?;
    poll_fn(|context| {
        let Ok(mut progress) = progress.lock() else { return Poll::Ready(None) };
        progress.waker = Some(context.waker().clone());
        progress.response.take().map_or(Poll::Pending, Poll::Ready)
    })
    .await
}

fn start(address: &str) -> Option<Arc<Mutex<Progress>>> {
    let request = XmlHttpRequest::new().ok()?;
    let progress = Arc::new(Mutex::new(Progress::default()));
    let (answer, ended) = (request.clone(), progress.clone());
    let ended = Closure::once_into_js(move || {
        let Ok(mut progress) = ended.lock() else { return };
        let page = answer.response_xml().ok().flatten();
        progress.response = Some(page.filter(|_| answer.status() == Ok(200)));
        if let Some(waker) = progress.waker.take() {
            waker.wake();
        }
    });
    request.set_response_type(XmlHttpRequestResponseType::Document);
    request.set_onloadend(Some(ended.unchecked_ref()));
    request.open("GET", address).and_then(|()| request.send()).ok()?;
    Some(progress)
}
