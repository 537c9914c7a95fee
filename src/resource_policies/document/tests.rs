use super::*;

fn document(sid: usize) -> String {
    format!(
        r#"{{"Statement": {{"Sid": "{sid}", "Effect": "Allow", "Principal": "*", "Action": ["a:b"], "Resource": "*"}}}}"#
    )
}

#[test]
fn a_cached_document_equals_a_newly_read_document() {
    for _ in 0..5 {
        for sid in 0..3 * Cache::SIZE {
            let text = document(sid);
            assert_eq!(Document::cached(&text).unwrap(), Document::read(&text).unwrap());
        }
    }
    for _ in 0..5 {
        assert_eq!(Document::cached("{}"), Document::read("{}"));
    }
}

#[test]
fn a_document_is_cached_when_it_is_read_again_and_found_by_its_whole_text() {
    let (text, other) = (document(1), document(2));
    let mut cache = Cache::new();
    assert!(matches!(cache.find(7, &text), Lookup::Unknown));
    assert!(matches!(cache.find(7, &text), Lookup::ReadOnce));
    let read = Document::read(&text).unwrap();
    cache.insert(7, &text, &read);
    assert!(matches!(cache.find(7, &text), Lookup::Cached(document) if Arc::ptr_eq(&document.text, &read.text)));
    assert!(!matches!(cache.find(7, &other), Lookup::Cached(_)));
    assert_eq!((cache.last(&text), cache.last(&other)), (Some(read), None));
}

#[test]
fn the_document_cache_has_a_maximum_size() {
    let mut cache = Cache::new();
    let read = Document::read(&document(1)).unwrap();
    for hash in 0..10_000 {
        cache.insert(hash, "text", &read);
        assert!(cache.documents.len() <= Cache::SIZE);
    }
}
