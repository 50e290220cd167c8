//! Signatures: known answers, and everything that must be refused.

use webhook_service::secret::SigningSecret;
use webhook_service::signature::{
    MAX_ENTRIES, MAX_HEADER, TOLERANCE, Verifier, VerifierError, VerifyError, sign,
};

/// The secret in the document's example, and a delivery that was signed with it elsewhere.
const SECRET: &str = "36da51b166a69268a59a8d5ee0b32c9f5e5aaee7d301c7a5a36844318e116fc6";
const OTHER: &str = "00000000000000000000000000000000000000000000000000000000000000ff";
const NOW: u64 = 1_716_544_084;
const BODY: &[u8] = br#"{"id":"evt_1"}"#;
const CODE: &str = "20df8d192b050d6049599ccf5fd1599dd1613812a68df8f59e82055187c9c56e";

fn secret(text: &str) -> SigningSecret {
    SigningSecret::parse(text).expect(text)
}

fn verifier(secrets: &[&str]) -> Verifier {
    Verifier::new(secrets).expect("there are secrets")
}

/// What a receiver with the one secret says to a header, in the second that it was signed.
fn verify(header: &str, body: &[u8]) -> Result<usize, VerifyError> {
    verifier(&[SECRET]).verify(header, &NOW.to_string(), body, NOW)
}

fn genuine() -> String {
    format!("t={NOW},v1={CODE}")
}

#[test]
fn the_signature_is_the_known_one() {
    assert_eq!(sign(&[&secret(SECRET)], NOW, BODY), genuine());
    assert_eq!(verify(&genuine(), BODY), Ok(0));
    // Had the key been the bytes that the digits stand for, this would be the code.
    assert!(!genuine().contains("43933c42d6bf356b"));
}

#[test]
fn there_is_a_signature_for_each_secret_in_their_order() {
    let (new, old) = (secret(OTHER), secret(SECRET));
    let header = sign(&[&new, &old], NOW, BODY);
    let codes: Vec<_> = header.split(",v1=").collect();
    assert_eq!(codes.len(), 3);
    assert_eq!((codes[0], codes[2]), (format!("t={NOW}").as_str(), CODE));
    assert_eq!(format!("t={NOW},v1={}", codes[1]), sign(&[&new], NOW, BODY));

    // With either, or with both in any order; the answer is which one it was.
    assert_eq!(verify(&header, BODY), Ok(0));
    let check = |secrets: &[&str]| verifier(secrets).verify(&header, &NOW.to_string(), BODY, NOW);
    assert_eq!(check(&[OTHER]), Ok(0));
    assert_eq!(check(&[SECRET, OTHER]), Ok(0));
    let third = "1".repeat(64);
    assert_eq!(check(&[&third, SECRET]), Ok(1));
    assert_eq!(check(&[&third]), Err(VerifyError::NoMatch));
}

#[test]
fn eight_signatures_fit_into_a_header() {
    let secrets: Vec<_> = (0..8).map(|n| secret(&format!("{n:064x}"))).collect();
    let header = sign(&secrets.iter().collect::<Vec<_>>(), NOW, BODY);
    assert!(header.len() < 700, "{}", header.len());
    for n in 0..8 {
        let oldest = format!("{n:064x}");
        let answer = verifier(&[&oldest]).verify(&header, &NOW.to_string(), BODY, NOW);
        assert_eq!(answer, Ok(0), "secret {n}");
    }
}

#[test]
fn any_body_can_be_signed() {
    let large = vec![0xa5; 1 << 20];
    let bodies: [&[u8]; 8] = [
        b"",
        b"\0",
        b"a\0b\0",
        b"\xff\xfe\xc3\x28",
        b"{}\r\n",
        b"{}\n",
        b"v0:0:",
        &large,
    ];
    for body in bodies {
        let header = sign(&[&secret(SECRET)], NOW, body);
        for other in bodies {
            let expected = if body == other {
                Ok(0)
            } else {
                Err(VerifyError::NoMatch)
            };
            assert_eq!(verify(&header, other), expected);
        }
    }
}

#[test]
fn every_bit_of_the_body_counts() {
    for index in 0..BODY.len() {
        for bit in 0..8 {
            let mut body = BODY.to_vec();
            body[index] ^= 1 << bit;
            assert_eq!(verify(&genuine(), &body), Err(VerifyError::NoMatch));
        }
    }
    assert_eq!(
        verify(&genuine(), &BODY[..BODY.len() - 1]),
        Err(VerifyError::NoMatch)
    );
    assert_eq!(
        verify(&genuine(), &[BODY, b"\n"].concat()),
        Err(VerifyError::NoMatch)
    );
}

#[test]
fn every_bit_of_the_headers_counts() {
    let (header, timestamp) = (genuine(), NOW.to_string());
    for index in 0..header.len() {
        for bit in 0..7 {
            let mut changed = header.clone().into_bytes();
            changed[index] ^= 1 << bit;
            let changed = String::from_utf8(changed).expect("it is ASCII");
            assert!(verify(&changed, BODY).is_err(), "{changed}");
        }
    }
    for index in 0..timestamp.len() {
        for bit in 0..7 {
            let mut changed = timestamp.clone().into_bytes();
            changed[index] ^= 1 << bit;
            let changed = String::from_utf8(changed).expect("it is ASCII");
            let answer = verifier(&[SECRET]).verify(&header, &changed, BODY, NOW);
            assert!(answer.is_err(), "{changed}");
        }
    }
}

/// Both timestamps are changed alike, and the clock with them, so that only the code can tell.
#[test]
fn the_timestamp_is_signed() {
    let verifier = verifier(&[SECRET]);
    for now in [NOW - 1, NOW + 1, NOW + 10_000_000, NOW * 10, 0, 1] {
        let header = format!("t={now},v1={CODE}");
        let answer = verifier.verify(&header, &now.to_string(), BODY, now);
        assert_eq!(answer, Err(VerifyError::NoMatch), "{now}");
    }
    // And what is before the body in the signed text cannot become part of it.
    let header = sign(&[&secret(SECRET)], 1, b"2:{}");
    let answer = verifier.verify(&header.replace("t=1,", "t=12,"), "12", b"{}", 12);
    assert_eq!(answer, Err(VerifyError::NoMatch));
}

#[test]
fn two_minutes_both_ways() {
    let verifier = verifier(&[SECRET]);
    let at = |now| verifier.verify(&genuine(), &NOW.to_string(), BODY, now);
    for now in [NOW - TOLERANCE, NOW - 1, NOW, NOW + 1, NOW + TOLERANCE] {
        assert_eq!(at(now), Ok(0), "{now}");
    }
    assert_eq!(TOLERANCE, 120);
    assert_eq!(at(NOW + TOLERANCE + 1), Err(VerifyError::TooOld));
    assert_eq!(at(NOW - TOLERANCE - 1), Err(VerifyError::TooNew));
    assert_eq!(at(u64::MAX), Err(VerifyError::TooOld));
    assert_eq!(at(0), Err(VerifyError::TooNew));

    // The end of time is a time like any other.
    let header = sign(&[&secret(SECRET)], u64::MAX, BODY);
    let last = u64::MAX.to_string();
    assert_eq!(verifier.verify(&header, &last, BODY, u64::MAX), Ok(0));
    let early = verifier.verify(&header, &last, BODY, NOW);
    assert_eq!(early, Err(VerifyError::TooNew));
}

#[test]
fn headers_are_read_strictly() {
    use VerifyError::*;

    let v1 = format!("v1={CODE}");
    let (t, zeros) = (format!("t={NOW}"), "0".repeat(64));
    let cases = [
        // Other labels belong to other versions, but do not count as signatures.
        (format!("{t},{v1},v0=abc,v2={CODE},x9="), Ok(0)),
        (format!("{v1},{t}"), Ok(0)),
        (format!("{t},v0={CODE}"), Err(NoSignature)),
        (format!("{t},v2={CODE}"), Err(NoSignature)),
        (format!("{t},v11={CODE}"), Err(NoSignature)),
        (t.clone(), Err(NoSignature)),
        (v1.clone(), Err(NotOneTimestamp)),
        // One that fits is enough, and the same one twice changes nothing.
        (format!("{t},v1={zeros},{v1}"), Ok(0)),
        (format!("{t},{v1},v1={zeros}"), Ok(0)),
        (format!("{t},{v1},{v1}"), Ok(0)),
        (format!("{t},v1={zeros}"), Err(NoMatch)),
        (format!("{t},v1={zeros},v1={zeros}"), Err(NoMatch)),
        // Signatures that are cut, doubled or written differently; a right one does not help.
        (format!("{t},v1={}", &CODE[1..]), Err(Signature)),
        (format!("{t},v1={}", &CODE[..62]), Err(Signature)),
        (format!("{t},v1={CODE}{CODE}"), Err(Signature)),
        (format!("{t},v1={CODE}00"), Err(Signature)),
        (format!("{t},v1="), Err(Signature)),
        (format!("{t},{v1},v1="), Err(Signature)),
        (format!("{t},v1={}", CODE.to_uppercase()), Err(Signature)),
        (format!("{t},v1=0x{}", &CODE[2..]), Err(Signature)),
        (format!("{t},v1={}", "g".repeat(64)), Err(Signature)),
        (format!("{t},v1={}", "é".repeat(32)), Err(Signature)),
        (format!("{t},v1= {}", &CODE[1..]), Err(Signature)),
        (format!("{t},v1=={}", &CODE[1..]), Err(Signature)),
        // Timestamps.
        (format!("{t},{t},{v1}"), Err(NotOneTimestamp)),
        (format!("{t},{v1},t=0"), Err(NotOneTimestamp)),
        (format!("t=,{v1}"), Err(Timestamp)),
        (format!("t=0{NOW},{v1}"), Err(Timestamp)),
        (format!("t=00,{v1}"), Err(Timestamp)),
        (format!("t=+{NOW},{v1}"), Err(Timestamp)),
        (format!("t=-{NOW},{v1}"), Err(Timestamp)),
        (format!("t= {NOW},{v1}"), Err(Timestamp)),
        (format!("t={NOW} ,{v1}"), Err(Timestamp)),
        (format!("t={NOW}.0,{v1}"), Err(Timestamp)),
        (format!("t=1e9,{v1}"), Err(Timestamp)),
        (format!("t=18446744073709551616,{v1}"), Err(Timestamp)),
        (format!("t=١٢٣,{v1}"), Err(Timestamp)),
        (format!("t=0,{v1}"), Err(TimestampsDiffer)),
        (format!("t={},{v1}", NOW + 1), Err(TimestampsDiffer)),
        // Entries.
        (String::new(), Err(Entry)),
        (CODE.to_owned(), Err(Entry)),
        (format!("sha256={CODE}"), Err(NoSignature)),
        (format!("{t},{v1},"), Err(Entry)),
        (format!(",{t},{v1}"), Err(Entry)),
        (format!("{t},,{v1}"), Err(Entry)),
        (format!("{t}, {v1}"), Err(Entry)),
        (format!("{t} ,{v1}"), Err(Timestamp)),
        (format!("{t};{v1}"), Err(Timestamp)),
        (format!("T={NOW},{v1}"), Err(Entry)),
        (format!("{t},V1={CODE}"), Err(Entry)),
        (format!("{t},={CODE}"), Err(Entry)),
        (format!("{t},{v1},é=1"), Err(Entry)),
        (format!("{t},{v1}\n"), Err(Signature)),
    ];
    for (header, expected) in cases {
        assert_eq!(verify(&header, BODY), expected, "{header}");
    }
}

#[test]
fn the_timestamp_header_is_read_strictly() {
    let verifier = verifier(&[SECRET]);
    let check = |timestamp: &str| verifier.verify(&genuine(), timestamp, BODY, NOW);
    assert_eq!(check(&NOW.to_string()), Ok(0));
    for text in [
        "",
        " 1716544084",
        "+1716544084",
        "01716544084",
        "1716544084.0",
    ] {
        assert_eq!(check(text), Err(VerifyError::Timestamp), "{text}");
    }
    assert_eq!(check("1716544085"), Err(VerifyError::TimestampsDiffer));
}

#[test]
fn headers_have_limits() {
    let entries = |count: usize| format!("{}{}", genuine(), ",x=1".repeat(count - 2));
    assert_eq!(verify(&entries(MAX_ENTRIES), BODY), Ok(0));
    assert_eq!(
        verify(&entries(MAX_ENTRIES + 1), BODY),
        Err(VerifyError::TooManyEntries)
    );
    let long = |length: usize| {
        let rest = length - genuine().len() - ",x=".len();
        format!("{},x={}", genuine(), "y".repeat(rest))
    };
    assert_eq!(verify(&long(MAX_HEADER), BODY), Ok(0));
    assert_eq!(
        verify(&long(MAX_HEADER + 1), BODY),
        Err(VerifyError::TooLong)
    );
}

#[test]
fn a_verifier_needs_secrets() {
    let none: [&str; 0] = [];
    assert_eq!(Verifier::new(none).err(), Some(VerifierError::NoSecret));
    let empty = Verifier::new([SECRET, ""]).err();
    assert_eq!(empty, Some(VerifierError::EmptySecret));
}

#[test]
fn nothing_that_can_be_printed_has_a_secret_in_it() {
    let verifier = verifier(&[SECRET, OTHER]);
    assert_eq!(format!("{verifier:?}"), "Verifier(2 secrets)");
    let error = verifier.verify(&genuine(), &NOW.to_string(), b"other", NOW);
    let error = error.expect_err("the body is another");
    let text = format!("{error} {error:?}");
    assert!(!text.contains(SECRET) && !text.contains(CODE), "{text}");
}
