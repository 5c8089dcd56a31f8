//! Sealing of addresses: they are encrypted before they reach the database, and counted by a keyed hash.

use std::fmt;

use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
    rand::{SecureRandom, SystemRandom},
};
use serde::{Serialize, de::DeserializeOwned};

/// Length of a key, in bytes.
pub const KEY_LENGTH: usize = 32;

/// The key under which addresses are sealed. Whoever has it and the database can read them; either alone does not suffice.
#[derive(Clone)]
pub struct SealKey {
    cipher: LessSafeKey,
    hash: hmac::Key,
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(…)")
    }
}

impl SealKey {
    /// Derives the keys for encryption and for hashing from one secret (HMAC-SHA-256 of a label each).
    ///
    /// # Errors
    ///
    /// If the secret is not [`KEY_LENGTH`] bytes long.
    pub fn new(secret: &[u8]) -> Result<SealKey, &'static str> {
        if secret.len() != KEY_LENGTH {
            return Err("a key of 32 bytes is needed");
        }
        let master = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let derived = |label: &str| hmac::sign(&master, label.as_bytes());
        let cipher = UnboundKey::new(&CHACHA20_POLY1305, derived("seal").as_ref())
            .map_err(|_| "the key cannot be used")?;
        let hash = hmac::Key::new(hmac::HMAC_SHA256, derived("hash").as_ref());
        Ok(SealKey { cipher: LessSafeKey::new(cipher), hash })
    }

    /// Draws a random secret for [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// If the system has no randomness.
    pub fn random_secret() -> Result<[u8; KEY_LENGTH], &'static str> {
        let mut secret = [0; KEY_LENGTH];
        SystemRandom::new().fill(&mut secret).map_err(|_| "the system has no randomness")?;
        Ok(secret)
    }

    /// Encrypts a value: a random nonce, then the ciphertext with its tag. `None` if it cannot be written or the system has no randomness.
    pub fn seal(&self, value: &impl Serialize) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).ok()?;
        let mut text = serde_json::to_vec(value).ok()?;
        let nonce_value = Nonce::assume_unique_for_key(nonce);
        self.cipher.seal_in_place_append_tag(nonce_value, Aad::empty(), &mut text).ok()?;
        let mut sealed = nonce.to_vec();
        sealed.append(&mut text);
        Some(sealed)
    }

    /// Decrypts a value. `None` if it was sealed under another key or changed since.
    pub fn open<T: DeserializeOwned>(&self, sealed: &[u8]) -> Option<T> {
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut text = text.to_vec();
        let opened = self.cipher.open_in_place(nonce, Aad::empty(), &mut text).ok()?;
        serde_json::from_slice(opened).ok()
    }

    /// Returns a keyed hash: equal for equal texts, and no help to whoever lacks the key.
    pub fn fingerprint(&self, text: &str) -> Vec<u8> {
        hmac::sign(&self.hash, text.as_bytes()).as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_under_its_key_alone() {
        let key = SealKey::new(&[7; KEY_LENGTH]).unwrap();
        let sealed = key.seal(&"reader@example.org").unwrap();
        assert_eq!(key.open::<String>(&sealed).as_deref(), Some("reader@example.org"));
        assert!(!sealed.windows(6).any(|part| part == b"reader"));
        assert_ne!(sealed, key.seal(&"reader@example.org").unwrap(), "each has a nonce of its own");
        let other = SealKey::new(&[8; KEY_LENGTH]).unwrap();
        assert_eq!(other.open::<String>(&sealed), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open::<String>(&changed), None, "byte {at}");
        }
        assert_eq!(key.open::<String>(&sealed[..5]), None);
        assert!(SealKey::new(b"short").is_err());
    }

    #[test]
    fn a_fingerprint_depends_on_the_key() {
        let (one, other) = (SealKey::new(&[1; KEY_LENGTH]).unwrap(), SealKey::new(&[2; KEY_LENGTH]).unwrap());
        assert_eq!(one.fingerprint("a"), one.fingerprint("a"));
        assert_ne!(one.fingerprint("a"), one.fingerprint("b"));
        assert_ne!(one.fingerprint("a"), other.fingerprint("a"));
    }
}
