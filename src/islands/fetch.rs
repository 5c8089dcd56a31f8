//! Asks the server for a text, in the browser.

use leptos::wasm_bindgen::{JsCast, closure::Closure};

/// Hands over what stands at an address, or nothing if there is none. The old interface to the network, because the new one brings
/// futures along that weigh more than all the rest of an island.
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
