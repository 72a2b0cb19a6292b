//! The smaller verbs: cards, policies, inspect, compare, models.

mod support;

use serde_json::{Value, json};
use std::fs;
use support::{bundled, chipid, chipid_fed, copy_of, folder, models, photograph};

#[test]
fn the_list_of_cards_has_the_keys_of_the_contract() {
    let list = chipid(&["card", "list", "--json"]).json();
    let cards = list.as_array().unwrap();
    assert!(cards.len() >= 10);
    for card in cards {
        let keys: Vec<&str> = card
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            keys,
            [
                "name", "profile", "can", "mrz", "number", "qr", "csca", "portrait"
            ]
        );
        let vietnamese = card["profile"].as_str().unwrap().starts_with("vn-");
        assert_eq!(card["qr"].is_string(), vietnamese, "{card}");
        assert!(
            fs::metadata(card["csca"].as_str().unwrap())
                .unwrap()
                .is_file()
        );
        // What a chip of a child under 6 is taken to hold.
        match card["portrait"].as_str() {
            Some(portrait) => assert!(fs::metadata(portrait).unwrap().is_file()),
            None => assert_eq!(card["name"], "vn-under-6"),
        }
    }
    let text = chipid(&["card", "list"]).stdout;
    assert!(
        text.contains("All holders, data and keys are invented"),
        "{text}"
    );
}

#[test]
#[ignore = "needs photographs"]
fn the_card_demo_says_whose_photograph_it_carries() {
    let card = bundled("demo");
    assert_eq!(card["profile"], "vn-2021");
    let portrait = fs::read(card["portrait"].as_str().unwrap()).unwrap();
    assert!(portrait.len() <= 20_000, "{}", portrait.len());
    let text = chipid(&["card", "list"]).stdout;
    assert!(
        text.contains("Barack Obama") && text.contains("are not his"),
        "{text}"
    );
}

#[test]
fn a_new_card_is_read_by_its_folder_and_never_overwrites() {
    let dir = folder("new-card").display().to_string();
    let ran = chipid(&["card", "new", &dir, "--profile", "passport-p256", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.json()["profile"], "passport-p256");
    assert_eq!(chipid(&["read", "--card", &dir]).code, 0);
    assert_eq!(chipid(&["card", "new", &dir]).code, 2);
}

#[test]
fn the_policies_in_words() {
    for (lang, name) in [("en", "policies-en"), ("vi", "policies-vi")] {
        let mut text = chipid(&["policy", "list", "--lang", lang]).stdout;
        for policy in ["counter", "demo", "reading-only"] {
            text += "\n";
            text += &chipid(&["policy", "show", policy, "--lang", lang]).stdout;
        }
        insta::assert_snapshot!(name, text);
    }
    let counter = chipid(&["policy", "show", "counter", "--json"]).json();
    assert_eq!(counter["severities"]["test_issuer"], "doubt");
}

#[test]
fn every_file_of_a_card_is_inspected() {
    let dir = folder("inspected");
    let path = |name: &str| dir.join(name).display().to_string();
    chipid(&[
        "card",
        "new",
        &dir.display().to_string(),
        "--profile",
        "vn-2021",
    ]);
    let names = [
        "EF_CardAccess.bin",
        "EF_COM.bin",
        "EF_SOD.bin",
        "DG1.bin",
        "DG2.bin",
        "DG13.bin",
        "DG14.bin",
        "DG15.bin",
        "csca.der",
    ];
    let paths: Vec<String> = names.iter().map(|n| path(n)).collect();
    let mut arguments = vec!["inspect", "--json"];
    arguments.extend(paths.iter().map(String::as_str));
    let ran = chipid(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let value = ran.json();
    let content = |n: usize| &value["files"][n]["content"];
    for n in 0..names.len() {
        assert!(
            content(n).get("trouble").is_none(),
            "{}: {:#}",
            names[n],
            content(n)
        );
        assert_eq!(value["files"][n]["verified"], false);
    }
    assert_eq!(content(0)["pace"][0]["group"], "brainpoolP256r1");
    assert_eq!(content(2)["certificates"][0]["key"], "brainpoolP384r1");
    assert_eq!(content(3)["issuing_state"], "VNM");
    assert_eq!(content(4)["images"][0]["format"], "Jpeg");
    assert_eq!(content(5)["name"], "Lê Thử Nghiệm");
    assert_eq!(content(7)["key"], "rsa-2048");
    assert_eq!(content(8)["test_marker"], true);

    let text = chipid(&["inspect", &path("DG1.bin")]).stdout;
    assert!(
        text.starts_with(&path("DG1.bin")) && text.contains("not verified; may be forged"),
        "{text}"
    );
}

#[test]
fn every_file_of_a_full_passport_is_inspected() {
    let dir = folder("inspected-full");
    let path = |name: &str| dir.join(format!("{name}.bin")).display().to_string();
    let folder = dir.display().to_string();
    chipid(&["card", "new", &folder, "--profile", "passport-full"]);
    let inspect = |name: &str| {
        let value = chipid(&["inspect", "--json", &path(name)]).json();
        let content = value["files"][0]["content"].clone();
        assert_eq!(content["kind"], name);
        assert!(content.get("trouble").is_none(), "{name}: {content:#}");
        content
    };
    assert_eq!(inspect("EF_ATR")["longest_response"], 65_536);
    assert_eq!(
        inspect("EF_DIR")["applications"][0]["known_as"],
        "eMRTD (LDS1)"
    );
    assert_eq!(inspect("DG1")["issuing_state"], "UTO");
    assert_eq!(inspect("DG2")["images"][0]["encoding"], "iso-39794-5");
    assert_eq!(inspect("DG5")["images"][0]["format"], "Jpeg");
    assert_eq!(inspect("DG7")["images"][0]["format"], "Jpeg");
    assert_eq!(
        inspect("DG11")["address"],
        "1 Sample Street, Anytown, Utopia"
    );
    assert_eq!(inspect("DG12")["personalised"], "2021-05-11 09:30:00");
    assert_eq!(inspect("DG16")["persons"][1]["name"], "Beispiel Erna");

    let text = chipid(&["inspect", &path("DG11"), &path("DG12"), &path("DG16")]).stdout;
    insta::assert_snapshot!("inspect-details", &text.replace(&folder, "./specimen"));
}

#[test]
fn the_signer_of_the_reference_set_has_its_curve() {
    let sod = support::vectors(chipid_test_vectors::BSI_REFERENCE_LDS).join("EF_SOD.bin");
    let value = chipid(&["inspect", "--json", &sod.display().to_string()]).json();
    let content = &value["files"][0]["content"];
    assert_eq!(
        content["certificates"][0]["key"], "brainpoolP224r1",
        "{content:#}"
    );
}

#[test]
fn standard_input_is_inspected_and_terminals_are_safe() {
    let zone = "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
    let ran = chipid_fed(&["inspect", "-"], zone);
    assert!(ran.stdout.contains("ERIKSSON ANNA MARIA"), "{}", ran.stdout);
    let escape = "001099000017||Lê \u{1b}[2J|15031999|Nam|x|10052021";
    let ran = chipid_fed(&["inspect", "-"], escape);
    assert!(
        ran.stdout.contains("Lê") && !ran.stdout.contains('\u{1b}'),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_trust_store_of_a_test_is_odd() {
    let csca = support::csca("vn-2021");
    let ran = chipid(&["trust", "check", &csca, "--json"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.json()["odd"][0]["what"], "test_marker");
    let real = support::vectors(chipid_test_vectors::DUTCH_ROOT)
        .display()
        .to_string();
    let ran = chipid(&["trust", "list", &real, "--json"]);
    assert_eq!(ran.json()["countries"]["NL"][0]["state"], "anchor");
}

#[test]
#[ignore = "needs photographs"]
fn two_photographs_are_compared() {
    let (a, b, c) = (
        photograph("obama.jpg"),
        photograph("obama2.jpg"),
        photograph("biden.jpg"),
    );
    let same = chipid(&["compare", &a, &b, "--json"]);
    assert_eq!((same.code, &same.json()["result"]), (0, &json!("match")));
    let other = chipid(&["compare", &a, &c, "--json"]);
    assert_eq!(
        (other.code, &other.json()["result"]),
        (1, &json!("mismatch"))
    );
    assert!(
        chipid(&["compare", &a, &c, "--lang", "vi"])
            .stdout
            .starts_with("NGƯỜI KHÁC NHAU")
    );

    let pairs = folder("pairs.csv");
    fs::write(
        &pairs,
        format!("live,reference,note\n{b},{a},x\n{c},{a},y\n./nowhere.jpg,{a},z\n"),
    )
    .unwrap();
    let ran = chipid(&["compare", "--pairs", &pairs.display().to_string()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[0], "reference,live,score,reason");
    let score = |line: &str| line.split(',').nth(2).unwrap().parse::<f64>().ok();
    assert!(score(lines[1]).unwrap() > 0.43 && score(lines[2]).unwrap() < 0.362);
    assert_eq!(lines[3], format!("{a},./nowhere.jpg,,unreadable_file"));
}

#[test]
#[ignore = "needs photographs"]
fn the_fetched_files_are_those_of_the_manifest() {
    let ran = chipid(&["models", "check", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let files = ran.json()["files"].as_array().unwrap().clone();
    assert!(files.iter().all(|f: &Value| f["state"] == "present"));
    let copy = copy_of(&models(), "swapped");
    let model = copy.join("face_detection_yunet_2023mar.onnx");
    let mut bytes = fs::read(&model).unwrap();
    bytes[1000] ^= 1;
    fs::write(&model, bytes).unwrap();
    let copy = copy.display().to_string();
    assert_eq!(chipid(&["models", "check", "--models", &copy]).code, 1);
    let photo = photograph("obama2.jpg");
    let ran = chipid(&[
        "verify", "--card", "vn-2021", "--live", &photo, "--models", &copy,
    ]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("face_detection_yunet_2023mar.onnx"),
        "{}",
        ran.stderr
    );
}
