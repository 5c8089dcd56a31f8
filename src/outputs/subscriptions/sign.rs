//! Signatures of deliveries, by which a subscriber tells them from forgeries.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;

/// Prefix of the secrets of webhooks (Standard Webhooks).
const PREFIX: &str = "whsec_";

/// Returns the value of `X-Hub-Signature` (WebSub, 7.1).
pub fn hub_signature(secret: &str, body: &[u8]) -> String {
    format!("sha256={}", hex::encode(sign(secret.as_bytes(), body)))
}

/// Returns the secret of a webhook as its owner is told it, from random bytes.
pub fn webhook_secret(bytes: &[u8]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// Returns the value of `webhook-signature` (Standard Webhooks 1.0). `None` if the secret is not one of [`webhook_secret`].
pub fn webhook_signature(secret: &str, id: &str, timestamp: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
    let text = format!("{id}.{timestamp}.{body}");
    Some(format!("v1,{}", STANDARD.encode(sign(&key, text.as_bytes()))))
}

fn sign(key: &[u8], text: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_the_standards() {
        // RFC 4231, test case 2.
        let expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hub_signature("Jefe", b"what do ya want for nothing?"), expected);
        // The example of the Standard Webhooks specification.
        let signature = webhook_signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signature.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(webhook_signature("plain", "id", 0, ""), None);
    }
}
