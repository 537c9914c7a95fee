//! Generated UUIDs that are the same in every run.

/// Derives a UUID from a text with the 128-bit FNV-1a hash. The UUID looks random (version 4).
pub(crate) fn derived_from(text: &str) -> String {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0100_0000_0000_0000_0000_013b;
    const VERSION: (u128, u128) = (0xf << 76, 4 << 76);
    const VARIANT: (u128, u128) = (0b11 << 62, 0b10 << 62);
    let hash = text.bytes().fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    let bits = hash & !(VERSION.0 | VARIANT.0) | VERSION.1 | VARIANT.1;
    let group = |shift: u32| bits >> shift & 0xffff;
    format!("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", bits >> 96, group(80), group(64), group(48), bits & 0xffff_ffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::derived_from;

    #[test]
    fn derived_uuid_depends_only_on_its_text() {
        assert_eq!(derived_from("one"), derived_from("one"));
        assert_ne!(derived_from("one"), derived_from("two"));
    }

    #[test]
    fn derived_uuid_has_the_form_of_version_4() {
        for text in ["", "one", "alias/aws/xray"] {
            let uuid = derived_from(text);
            let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{uuid}");
            assert_eq!(uuid.get(14..15), Some("4"), "{uuid}");
            assert!(uuid.get(19..20).is_some_and(|digit| "89ab".contains(digit)), "{uuid}");
        }
    }
}
