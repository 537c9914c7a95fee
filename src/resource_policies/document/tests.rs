use super::*;

fn document(sid: usize) -> String {
    format!(
        r#"{{"Statement": {{"Sid": "{sid}", "Effect": "Allow", "Principal": "*", "Action": ["a:b"], "Resource": "*"}}}}"#
    )
}

#[test]
fn a_known_document_is_what_reading_it_makes_however_often_and_beside_whatever_others() {
    for _ in 0..5 {
        for sid in 0..3 * Kept::MOST {
            let text = document(sid);
            assert_eq!(Document::known(&text).unwrap(), Document::read(&text).unwrap());
        }
    }
    for _ in 0..5 {
        assert_eq!(Document::known("{}"), Document::read("{}"));
    }
}

#[test]
fn a_document_is_kept_when_it_comes_again_and_found_by_its_whole_text() {
    let (text, other) = (document(1), document(2));
    let mut kept = Kept::new();
    assert!(matches!(kept.find(7, &text), Seen::Never));
    assert!(matches!(kept.find(7, &text), Seen::Once));
    let read = Document::read(&text).unwrap();
    kept.keep(7, &text, &read);
    assert!(matches!(kept.find(7, &text), Seen::Kept(document) if Arc::ptr_eq(&document.text, &read.text)));
    assert!(!matches!(kept.find(7, &other), Seen::Kept(_)));
    assert_eq!((kept.last(&text), kept.last(&other)), (Some(read), None));
}

#[test]
fn documents_are_kept_up_to_a_bound() {
    let mut kept = Kept::new();
    let read = Document::read(&document(1)).unwrap();
    for hash in 0..10_000 {
        kept.keep(hash, "text", &read);
        assert!(kept.documents.len() <= Kept::MOST);
    }
}
