//! Which two letters of a certificate and which three of a machine readable zone are the same state.
//!
//! ISO 3166-1 (alpha-2 and alpha-3); Doc 9303-3, 5 (codes of its own: `D`, `GBD`, `EUE`, `UNO`, `RKS` …);
//! Doc 9303-12, 7.1 (`countryName`). Deviations rows 85 and 93.

use alloc::string::String;

/// ISO 3166-1: alpha-2 and alpha-3 of each country, one behind the other.
const ISO_3166: &str = "\
     ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT \
     AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI \
     BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR \
     BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN \
     COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA \
     DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK \
     FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL \
     GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD \
     HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN \
     ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA \
     KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO \
     LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD \
     MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI \
     MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL \
     NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM \
     PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA \
     SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR \
     SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF \
     TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN \
     TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR \
     VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE";

/// Codes that ISO 3166-1 does not have, or has for a part of a state whose authority signs its documents.
/// Left what stands in a certificate or a zone, right the alpha-3 code that it is compared as.
const ALIASES: [(&str, &str); 37] = [
    // Germany's code in the zone is one letter (Doc 9303-3, 5).
    ("D", "DEU"),
    // The other classes of British nationality, and the code outside the standard.
    ("GBD", "GBR"),
    ("GBN", "GBR"),
    ("GBO", "GBR"),
    ("GBP", "GBR"),
    ("GBS", "GBR"),
    ("UK", "GBR"),
    // British territories and Crown dependencies: Bermuda's CSCA has C=BM in the subject and C=GB in the issuer (row 86).
    ("AIA", "GBR"),
    ("BMU", "GBR"),
    ("CYM", "GBR"),
    ("FLK", "GBR"),
    ("GGY", "GBR"),
    ("GIB", "GBR"),
    ("IMN", "GBR"),
    ("JEY", "GBR"),
    ("MSR", "GBR"),
    ("PCN", "GBR"),
    ("SHN", "GBR"),
    ("TCA", "GBR"),
    ("VGB", "GBR"),
    // The other parts of the Kingdoms of the Netherlands and of Denmark.
    ("ABW", "NLD"),
    ("CUW", "NLD"),
    ("SXM", "NLD"),
    ("FRO", "DNK"),
    ("GRL", "DNK"),
    // Hong Kong and Macao issue as CHN.
    ("HKG", "CHN"),
    ("MAC", "CHN"),
    // Kosovo: RKS in the zone, KS or XK in certificates (row 93).
    ("KS", "RKS"),
    ("XK", "RKS"),
    ("XKX", "RKS"),
    // The European Union's laissez-passer, and the United Nations' three codes.
    ("EU", "EUE"),
    ("UN", "UNO"),
    ("UNA", "UNO"),
    ("UNK", "UNO"),
    // Romania's and the Democratic Republic of the Congo's former codes.
    ("ROM", "ROU"),
    ("ZAR", "COD"),
    // The state of the specimens (Doc 9303-3, 5).
    ("UT", "UTO"),
];

/// The alpha-3 code that `code` is compared as: the code of a certificate (two letters, of whatever case) or of a
/// machine readable zone (one to three letters, with or without fillers). Unknown codes stand for themselves.
#[must_use]
pub fn canonical(code: &str) -> String {
    let code: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let alpha_3 = alpha_3(&code).map_or(code, String::from);
    ALIASES
        .iter()
        .find(|(from, _)| *from == alpha_3)
        .map_or(alpha_3, |(_, to)| String::from(*to))
}

/// The same as a name of this table; `None` where the table does not have it: what a chip says comes out only where it is
/// one of these.
#[must_use]
pub fn known(code: &str) -> Option<&'static str> {
    let code = canonical(code);
    ISO_3166
        .split_ascii_whitespace()
        .filter_map(|pair| pair.get(2..))
        .chain(ALIASES.iter().map(|(_, to)| *to))
        .find(|name| *name == code)
}

/// Whether two codes mean the same state.
#[must_use]
pub fn same_state(one: &str, other: &str) -> bool {
    let one = canonical(one);
    !one.is_empty() && one == canonical(other)
}

fn alpha_3(alpha_2: &str) -> Option<&'static str> {
    if alpha_2.len() != 2 {
        return None;
    }
    ISO_3166
        .split_ascii_whitespace()
        .find_map(|pair| pair.strip_prefix(alpha_2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_table_has_is_known() {
        assert_eq!(known("VNM"), Some("VNM"));
        assert_eq!(known("vn"), Some("VNM"));
        assert_eq!(known("D<<"), Some("DEU"));
        assert_eq!(known("EUE"), Some("EUE"));
        for unknown in ["", "AB", "ABCD", "LE<", "LETHI"] {
            assert_eq!(known(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn the_same_state_in_other_words() {
        for (zone, certificate) in [
            ("D<<", "DE"),
            ("D", "de"),
            ("VNM", "VN"),
            ("GBD", "GB"),
            ("GBR", "gb"),
            ("BMU", "GB"),
            ("GBD", "BM"),
            ("RKS", "KS"),
            ("RKS", "XK"),
            ("UNO", "UN"),
            ("UNA", "UN"),
            ("EUE", "EU"),
            ("CHN", "CN"),
            ("TWN", "TW"),
            ("CHE", "CH"),
        ] {
            assert!(same_state(zone, certificate), "{zone} {certificate}");
        }
    }

    #[test]
    fn other_states_stay_other_states() {
        for (zone, certificate) in [
            ("D<<", "DK"),
            ("CHN", "CH"),
            ("AUT", "AU"),
            ("TWN", "CN"),
            ("", ""),
            ("<<<", "DE"),
            ("UNO", "EU"),
            ("VNM", "VE"),
        ] {
            assert!(!same_state(zone, certificate), "{zone} {certificate}");
        }
    }

    #[test]
    fn the_table_has_every_country_once() {
        let pairs: alloc::vec::Vec<&str> = ISO_3166.split_ascii_whitespace().collect();
        assert_eq!(pairs.len(), 249);
        let mut seen = alloc::collections::BTreeSet::new();
        for pair in pairs {
            assert_eq!(pair.len(), 5, "{pair}");
            assert!(seen.insert(&pair[..2]) && seen.insert(&pair[2..]), "{pair}");
        }
    }
}
