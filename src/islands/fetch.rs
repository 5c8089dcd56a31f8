//! HTTP requests from the browser.

use leptos::wasm_bindgen::{JsCast, closure::Closure};

/// Fetches an address and passes the response text to `then`, or `None` on failure. Uses `XMLHttpRequest`, because the fetch API requires
/// futures, which weigh more than the rest of an island.
pub fn get(address: &str, then: impl FnOnce(Option<String>) + 'static) {
    let Ok(request) = web_sys::XmlHttpRequest::new() else { return };
    let answer = request.clone();
    let ended = Closure::once_into_js(move || {
        let text = answer.response_text().ok().flatten();
        then(text.filter(|_| answer.status() == Ok(200)));
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    let _ = request.open("GET", address).and_then(|()| request.send());
}
