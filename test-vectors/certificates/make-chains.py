#!/usr/bin/env python3
"""Makes chains/: an invented state's PKI, its security objects, and everything that must not be taken for one.

Run in this folder: ./make-chains.py. The structures are written by the few lines of DER below, so that each departure
from the standard can be made on purpose; every key and signature is made by the `openssl` program, which also checks
the honest chain at the end. Keys are made anew each time and thrown away.
"""
import hashlib
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
OUT = HERE / "chains"
# 2.25.300408359316146690462080764393694391415: the mark of a test authority (`trust::TEST_CSCA_MARKER`).
MARKER = "2.25.300408359316146690462080764393694391415"


# --- DER ---------------------------------------------------------------------------------------------------------

def tlv(tag, *parts):
    value = b"".join(parts)
    size = len(value)
    if size < 0x80:
        return bytes([tag, size]) + value
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + value


def seq(*parts):
    return tlv(0x30, *parts)


def set_of(*parts):
    return tlv(0x31, *parts)


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    out = b""
    for arc in [first * 40 + second, *rest]:
        chunk = [arc & 0x7F]
        while arc := arc >> 7:
            chunk.insert(0, arc & 0x7F | 0x80)
        out += bytes(chunk)
    return tlv(0x06, out)


def integer(n):
    return tlv(0x02, n.to_bytes(n.bit_length() // 8 + 1, "big"))


def octets(b):
    return tlv(0x04, b)


def bits(b, unused=0):
    return tlv(0x03, bytes([unused]) + b)


def utc(text):
    return tlv(0x17, text.encode())


NULL = b"\x05\x00"
ATTRIBUTES = {"C": "2.5.4.6", "O": "2.5.4.10", "OU": "2.5.4.11", "CN": "2.5.4.3"}


def name(*pairs, printable=False):
    rdns = []
    for kind, value in pairs:
        tag = 0x13 if kind == "C" or printable else 0x0C
        rdns.append(set_of(seq(oid(ATTRIBUTES[kind]), tlv(tag, value.encode()))))
    return seq(*rdns)


# --- openssl -----------------------------------------------------------------------------------------------------

FOLDER = tempfile.TemporaryDirectory()


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], capture_output=True, check=True).stdout


HASH_OIDS = {"sha1": "1.3.14.3.2.26", "sha224": "2.16.840.1.101.3.4.2.4", "sha256": "2.16.840.1.101.3.4.2.1",
             "sha384": "2.16.840.1.101.3.4.2.2", "sha512": "2.16.840.1.101.3.4.2.3"}
ECDSA = {"sha1": "1.2.840.10045.4.1", "sha224": "1.2.840.10045.4.3.1", "sha256": "1.2.840.10045.4.3.2",
         "sha384": "1.2.840.10045.4.3.3", "sha512": "1.2.840.10045.4.3.4"}
PLAIN = {"sha1": 1, "sha224": 2, "sha256": 3, "sha384": 4, "sha512": 5}
PKCS1 = {"sha1": 5, "sha224": 14, "sha256": 11, "sha384": 12, "sha512": 13}


def hash_algorithm(hash_name, null=True):
    return seq(oid(HASH_OIDS[hash_name]), NULL if null else b"")


class Key:
    count = 0

    def __init__(self, kind="P-256", form="explicit"):
        Key.count += 1
        self.kind, self.path = kind, f"{FOLDER.name}/{Key.count}.pem"
        if kind.startswith("rsa"):
            openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{kind[4:]}", "-out", self.path)
        else:
            curve = {"P-224": "secp224r1", "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1"}
            openssl("genpkey", "-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{curve.get(kind, kind)}",
                    "-pkeyopt", f"ec_param_enc:{form}", "-out", self.path)
        self.spki = openssl("pkey", "-in", self.path, "-pubout", "-outform", "DER")
        self.ski = hashlib.sha1(self.spki).digest()

    def sign(self, data, hash_name="sha256", scheme=None, salt=None):
        """Returns AlgorithmIdentifier and signature."""
        rsa = self.kind.startswith("rsa")
        scheme = scheme or ("pkcs1" if rsa else "ecdsa")
        options = []
        if scheme == "pss":
            size = hashlib.new(hash_name).digest_size
            salt = size if salt is None else salt
            options = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", f"rsa_pss_saltlen:{salt}"]
            parameters = seq() if (hash_name, salt) == ("sha1", 20) else seq(
                tlv(0xA0, hash_algorithm(hash_name)),
                tlv(0xA1, seq(oid("1.2.840.113549.1.1.8"), hash_algorithm(hash_name))),
                tlv(0xA2, integer(salt)))
            algorithm = seq(oid("1.2.840.113549.1.1.10"), parameters)
        elif scheme == "pkcs1":
            algorithm = seq(oid(f"1.2.840.113549.1.1.{PKCS1[hash_name]}"), NULL)
        elif scheme == "rsaEncryption":
            algorithm = seq(oid("1.2.840.113549.1.1.1"), NULL)
        elif scheme == "plain":
            algorithm = seq(oid(f"0.4.0.127.0.7.1.1.4.1.{PLAIN[hash_name]}"))
        else:
            algorithm = seq(oid(ECDSA[hash_name]))
        with tempfile.NamedTemporaryFile() as message:
            message.write(data)
            message.flush()
            signature = openssl("dgst", f"-{hash_name}", "-sign", self.path, *options, message.name)
        if scheme in ("plain", "plainBytes"):
            signature = plain(signature, {"P-256": 32, "brainpoolP256r1": 32}[self.kind])
        return algorithm, signature


def plain(der, size):
    rest = der[2:]
    r, rest = rest[2:2 + rest[1]], rest[2 + rest[1]:]
    s = rest[2:2 + rest[1]]
    return b"".join(n.lstrip(b"\0").rjust(size, b"\0") for n in (r, s))


# --- certificates ------------------------------------------------------------------------------------------------

class Certificate:
    serials = 0x1000

    def __init__(self, subject, key, issuer=None, issuer_key=None, usage="ds", not_before="250101000000Z",
                 not_after="351231235959Z", extra=(), ski=None, aki=True, hash_name="sha256", scheme=None, serial=None,
                 usage_period=None):
        Certificate.serials += 1
        self.key, self.subject = key, subject
        self.serial = integer(serial if serial is not None else Certificate.serials)
        self.ski = ski or key.ski
        issuer_name = issuer.subject if issuer else subject
        self.issuer = issuer_name
        signing_key = issuer_key or (issuer.key if issuer else key)
        extensions = [ext("2.5.29.14", octets(self.ski))]
        if aki:
            authority = aki if isinstance(aki, bytes) else (issuer.ski if issuer else self.ski)
            extensions.append(ext("2.5.29.35", seq(tlv(0x80, authority))))
        extensions += {
            "ca": [ext("2.5.29.15", bits(b"\x06", 1), True), ext("2.5.29.19", seq(b"\x01\x01\xff", integer(0)), True)],
            "ds": [ext("2.5.29.15", bits(b"\x80", 7), True)],
            "ds-ca": [ext("2.5.29.15", bits(b"\x80", 7), True), ext("2.5.29.19", seq(b"\x01\x01\xff"), True)],
            "mls": [ext("2.5.29.15", bits(b"\x80", 7), True), ext("2.5.29.37", seq(oid("2.23.136.1.1.3")), True)],
            "tls": [ext("2.5.29.15", bits(b"\x80", 7), True), ext("2.5.29.37", seq(oid("1.3.6.1.5.5.7.3.1")))],
            "none": [],
        }[usage]
        if usage_period:
            extensions.append(ext("2.5.29.16", seq(*(tlv(0x80 + i, t.encode()) for i, t in enumerate(usage_period)))))
        extensions += extra
        algorithm, _ = signing_key.sign(b"", hash_name, scheme)
        self.tbs = seq(tlv(0xA0, integer(2)), self.serial, algorithm, issuer_name, seq(utc(not_before), utc(not_after)),
                       subject, key.spki, tlv(0xA3, seq(*extensions)))
        algorithm, signature = signing_key.sign(self.tbs, hash_name, scheme)
        self.der = seq(self.tbs, algorithm, bits(signature))


def ext(dotted, value, critical=False):
    return seq(oid(dotted), b"\x01\x01\xff" if critical else b"", octets(value))


def crl(issuer, entries=(), key=None, this_update="261101000000Z", next_update="271101000000Z"):
    key = key or issuer.key
    algorithm, _ = key.sign(b"")
    rows = [seq(c.serial, utc(since),
                seq(seq(oid("2.5.29.21"), octets(tlv(0x0A, bytes([reason]))))) if reason else b"")
            for c, since, reason in entries]
    tbs = seq(integer(1), algorithm, issuer.subject, utc(this_update), utc(next_update), seq(*rows) if rows else b"",
              tlv(0xA0, seq(ext("2.5.29.35", seq(tlv(0x80, issuer.ski))), ext("2.5.29.20", integer(1)))))
    algorithm, signature = key.sign(tbs)
    return seq(tbs, algorithm, bits(signature))


# --- signed objects ----------------------------------------------------------------------------------------------

LDS = "2.23.136.1.1.1"
MASTER_LIST = "2.23.136.1.1.2"
ID_DATA = "1.2.840.113549.1.7.1"


def signer_info(content, signer, content_type=LDS, attribute_type=None, digest="sha256", hash_name=None, scheme=None,
                salt=None, signing_time="260601120000Z", sid=None, attributes=True, message_digest=None, key=None,
                unsorted=False, extra=(), null=True):
    attribute_list = [
        seq(oid("1.2.840.113549.1.9.3"), set_of(oid(attribute_type or content_type))),
        seq(oid("1.2.840.113549.1.9.4"),
            set_of(octets(message_digest or hashlib.new(digest, content).digest()))),
        *extra]
    if signing_time:
        attribute_list.append(seq(oid("1.2.840.113549.1.9.5"), set_of(utc(signing_time))))
    attribute_list.sort(reverse=unsorted)
    attrs = b"".join(attribute_list)
    signed = set_of(attrs) if attributes else content
    algorithm, signature = (key or signer.key).sign(signed, hash_name or digest, scheme, salt)
    return seq(integer(1), sid or seq(signer.issuer, signer.serial), hash_algorithm(digest, null),
               tlv(0xA0, attrs) if attributes else b"", algorithm, octets(signature))


def cms(content, infos, certificates, content_type=LDS):
    return seq(oid("1.2.840.113549.1.7.2"), tlv(0xA0, seq(
        integer(3), set_of(*sorted(map(hash_algorithm, HASH_OIDS))), seq(oid(content_type), tlv(0xA0, octets(content))),
        tlv(0xA0, *(c.der for c in certificates)), set_of(*infos))))


def lds(groups, digest="sha256", version=0):
    return seq(integer(version), hash_algorithm(digest),
               seq(*(seq(integer(n), octets(hashlib.new(digest, b).digest())) for n, b in groups)),
               seq(tlv(0x13, b"0108"), tlv(0x13, b"040000")) if version else b"")


def sod(signer, content=None, certificates=None, content_type=LDS, infos=None, **options):
    content = CONTENT if content is None else content
    infos = infos or [signer_info(content, signer, content_type, **options)]
    return tlv(0x77, cms(content, infos, certificates or [signer], content_type))


def master_list(signer, certificates, scheme=None, more=()):
    content = seq(integer(0), set_of(*(c if isinstance(c, bytes) else c.der for c in certificates)))
    return cms(content, [signer_info(content, signer, MASTER_LIST)], [signer, *more], MASTER_LIST)


def indefinite(der, depth):
    """Re-frames the outer `depth` levels of constructed elements with indefinite lengths."""
    tag, header = der[0], 2 + (der[1] & 0x7F if der[1] & 0x80 else 0)
    body = der[header:]
    if depth > 1:
        parts, at = b"", 0
        while at < len(body):
            size = body[at + 1]
            head = 2
            if size & 0x80:
                count = size & 0x7F
                head += count
                size = int.from_bytes(body[at + 2:at + 2 + count], "big")
            part = body[at:at + head + size]
            parts += indefinite(part, depth - 1) if part[0] in (0x30, 0xA0) else part
            at += head + size
        body = parts
    return bytes([tag, 0x80]) + body + b"\0\0"


# --- the invented state and its neighbours -----------------------------------------------------------------------

DG1 = bytes.fromhex("615b5f1f58") + \
    b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
DG2 = tlv(0x75, b"a portrait, as far as digests go")
CONTENT = lds([(1, DG1), (2, DG2)])

files = {}


def write(file, content):
    files[file] = content.der if isinstance(content, Certificate) else content


def subject(common_name, country="UT", **options):
    return name(("C", country), ("O", "Utopia"), ("CN", common_name), **options)


CSCA_NAME = subject("CSCA Utopia")
csca = Certificate(CSCA_NAME, Key("P-256"), usage="ca")
ds = Certificate(subject("DS 1"), Key("P-256"), csca)
write("DG1.bin", DG1)
write("DG2.bin", DG2)
write("csca.der", csca)
write("ds.der", ds)
write("sod.bin", sod(ds))

# Every kind of key and scheme, DS and SOD signed differently on purpose (rows 52, 53 to 57, 60 to 62).
for file, kind, options in [
    ("rsa-pkcs1-sha256", "rsa-2048", {}),
    ("rsa-pkcs1-sha1", "rsa-2048", {"digest": "sha1"}),
    ("rsa-encryption", "rsa-2048", {"scheme": "rsaEncryption"}),
    ("rsa-pss-sha256", "rsa-2048", {"scheme": "pss"}),
    ("rsa-pss-sha512", "rsa-3072", {"scheme": "pss", "digest": "sha512"}),
    ("rsa-pss-sha256-salt-64", "rsa-2048", {"scheme": "pss", "salt": 64}),
    ("rsa-pss-defaults", "rsa-2048", {"scheme": "pss", "digest": "sha1"}),
    ("rsa-1024", "rsa-1024", {}),
    ("ecdsa-p224", "P-224", {"digest": "sha224"}),
    ("ecdsa-p384", "P-384", {"digest": "sha384"}),
    ("ecdsa-p521", "P-521", {"digest": "sha512"}),
    ("ecdsa-bp256", "brainpoolP256r1", {"digest": "sha256"}),
    ("ecdsa-bp320", "brainpoolP320r1", {"digest": "sha256"}),
    ("ecdsa-bp384", "brainpoolP384r1", {"digest": "sha384"}),
    ("ecdsa-bp512", "brainpoolP512r1", {"digest": "sha512"}),
    ("ecdsa-plain", "P-256", {"scheme": "plain"}),
    ("ecdsa-plain-bytes", "P-256", {"scheme": "plainBytes"}),
    ("digest-and-signature-hash-differ", "P-256", {"digest": "sha256", "hash_name": "sha384"}),
    ("no-signing-time", "P-256", {"signing_time": None}),
    ("attributes-unsorted", "P-256", {"unsorted": True}),
    ("hash-without-null", "P-256", {"null": False}),
]:
    signer = Certificate(subject(f"DS {file}"), Key(kind), csca)
    write(f"good-{file}.bin", sod(signer, **options))
write("good-lds-sha512.bin", sod(ds, lds([(1, DG1), (2, DG2)], "sha512")))
write("good-lds-v1.bin", sod(ds, lds([(1, DG1), (2, DG2)], version=1)))
write("good-id-data.bin", sod(ds, content_type=ID_DATA))
write("good-old-icao-arc.bin", sod(ds, content_type="1.3.27.1.1.1"))
write("good-sid-key.bin", sod(ds, sid=tlv(0x80, ds.ski)))
write("good-sid-reordered.bin", sod(ds, sid=seq(
    name(("CN", "CSCA Utopia"), ("C", "UT"), ("O", "utopia"), printable=True), ds.serial)))
write("good-sid-wrong.bin", sod(ds, sid=seq(name(("CN", "Nobody")), integer(7))))
plain_sod = sod(ds)
write("good-indefinite.bin", tlv(0x77, indefinite(plain_sod[4:] if plain_sod[1] == 0x82 else plain_sod[3:], 5)))
write("good-two-signers.bin", sod(ds, infos=[signer_info(CONTENT, ds, key=Key()), signer_info(CONTENT, ds)]))
rsa_csca = Certificate(subject("CSCA Utopia RSA"), Key("rsa-3072"), usage="ca", scheme="pss")
write("csca-rsa.der", rsa_csca)
turkish = Certificate(subject("DS signed by PSS"), Key("rsa-2048"), rsa_csca, scheme="pss")
write("good-ds-pss-sod-pkcs1.bin", sod(turkish))

# Signatures and contents that do not hold.
write("bad-signed-by-another-key.bin", sod(ds, key=Key()))
write("bad-content-type-attribute.bin", sod(ds, attribute_type=MASTER_LIST))
write("bad-message-digest.bin", sod(ds, message_digest=bytes(32)))
write("bad-no-signed-attributes.bin", sod(ds, attributes=False))
write("bad-message-digest-twice.bin", sod(ds, extra=[
    seq(oid("1.2.840.113549.1.9.4"), set_of(octets(hashlib.sha256(CONTENT).digest())))]))
write("bad-content-type-foreign.bin", sod(ds, content_type=MASTER_LIST))
write("bad-group-twice.bin", sod(ds, lds([(1, DG1), (1, DG2)])))
write("bad-group-17.bin", sod(ds, lds([(1, DG1), (17, DG2)])))
write("bad-no-groups.bin", sod(ds, lds([])))
write("bad-version-2.bin", sod(ds, lds([(1, DG1)], version=2)))
write("bad-no-certificate.bin", tlv(0x77, cms(CONTENT, [signer_info(CONTENT, ds)], [])))
write("bad-no-signer.bin", tlv(0x77, cms(CONTENT, [], [ds])))
# The signed attributes of an honest object passed off as content without attributes.
honest = set_of(*sorted([
    seq(oid("1.2.840.113549.1.9.3"), set_of(oid(LDS))),
    seq(oid("1.2.840.113549.1.9.4"), set_of(octets(hashlib.sha256(CONTENT).digest())))]))
write("bad-attributes-as-content.bin", sod(ds, honest, attributes=False))

# Certificates that are no document signer's.
write("signer-csca.bin", sod(csca))
write("signer-with-ca-flag.bin", sod(Certificate(subject("DS CA"), Key(), csca, usage="ds-ca")))
mls = Certificate(subject("MLS"), Key(), csca, usage="mls")
write("signer-mls.bin", sod(mls))
write("signer-tls.bin", sod(Certificate(subject("TLS"), Key(), csca, usage="tls")))
write("signer-no-usage.bin", sod(Certificate(subject("DS bare"), Key(), csca, usage="none")))

# Issuers that are not the state.
forged = Certificate(CSCA_NAME, Key(), usage="ca", ski=csca.ski)
write("issuer-forged-same-key-id.bin", sod(Certificate(subject("DS 1"), Key(), forged)))
nameonly = Certificate(CSCA_NAME, Key(), usage="ca")
write("issuer-forged-same-name.bin", sod(Certificate(subject("DS 1"), Key(), nameonly)))
write("csca-forged.der", forged)
under_ds = Certificate(subject("DS under DS"), Key(), ds)
write("issuer-is-document-signer.bin", sod(under_ds, certificates=[under_ds, ds]))
unknown = Certificate(subject("CSCA Erewhon", "FR"), Key(), usage="ca")
write("csca-france.der", unknown)
write("issuer-unknown.bin", sod(Certificate(subject("DS FR", "FR"), Key(), unknown)))
write("issuer-of-another-state.bin", sod(Certificate(subject("DS UT by FR"), Key(), unknown)))
write("issuer-name-differs.bin", sod(Certificate(subject("DS renamed"), Key(), Certificate(
    subject("CSCA Utopia, renamed"), csca.key, usage="ca"))))
write("issuer-key-id-differs.bin", sod(Certificate(subject("DS aki"), Key(), csca, aki=bytes(20))))
write("issuer-no-key-id.bin", sod(Certificate(subject("DS no aki"), Key(), csca, aki=False)))

# Key rollover.
csca_2 = Certificate(CSCA_NAME, Key("P-384"), usage="ca", hash_name="sha384")
link = Certificate(CSCA_NAME, csca_2.key, csca, usage="ca")
ds_2 = Certificate(subject("DS 2"), Key(), csca_2, hash_name="sha384")
write("csca-2.der", csca_2)
write("link.der", link)
write("link-came-along.bin", sod(ds_2, certificates=[ds_2, link]))
write("link-absent.bin", sod(ds_2))
weak_link = Certificate(CSCA_NAME, csca_2.key, csca, usage="ds")
write("link-without-authority.bin", sod(ds_2, certificates=[ds_2, weak_link]))
foreign_link = Certificate(subject("CSCA Utopia", "FR"), csca_2.key, csca, usage="ca")
foreign_ds = Certificate(subject("DS 3", "FR"), Key(), foreign_link)
write("link-of-another-name.bin", sod(foreign_ds, certificates=[foreign_ds, foreign_link]))

# Dates.
old_csca = Certificate(subject("CSCA old"), Key(), usage="ca", not_before="100101000000Z", not_after="200101000000Z")
write("csca-old.der", old_csca)
old_ds = Certificate(subject("DS old"), Key(), old_csca, not_before="150101000000Z", not_after="290101000000Z")
write("dates-csca-expired-since.bin", sod(old_ds, signing_time="180101000000Z"))
write("dates-csca-expired-before.bin", sod(old_ds, signing_time="210101000000Z"))
write("dates-signer-expired-before.bin", sod(old_ds, signing_time="300101000000Z"))
write("dates-no-signing-time.bin", sod(old_ds, signing_time=None))
period = Certificate(subject("DS period"), Key(), old_csca, not_before="150101000000Z", not_after="290101000000Z",
                     usage_period=("20150101000000Z", "20160101000000Z"))
write("dates-key-usage-period.bin", sod(period, signing_time=None))

# Test authorities: the mark, and the ways to lose it.
mark = ext(MARKER, NULL)
test_csca = Certificate(subject("CSCA Test"), Key(), usage="ca", extra=[mark])
write("test-csca.der", test_csca)
write("test-csca-unmarked.der", Certificate(subject("CSCA Test"), test_csca.key, usage="ca"))
test_ds = Certificate(subject("DS Test"), Key(), test_csca)
write("test-sod.bin", sod(test_ds))
unmarked_key = Key()
unmarked_link = Certificate(subject("CSCA Test"), unmarked_key, test_csca, usage="ca")
behind_link = Certificate(subject("DS behind link"), Key(), unmarked_link)
write("test-sod-behind-link.bin", sod(behind_link, certificates=[behind_link, unmarked_link]))
test_mls = Certificate(subject("MLS Test"), Key(), test_csca, usage="mls")
write("test-list.ml", master_list(test_mls, [test_csca, unknown]))
write("marked-ds.bin", sod(Certificate(subject("DS marked"), Key(), csca, extra=[mark])))

# Master lists.
write("list.ml", master_list(mls, [csca, unknown, link]))
write("list-with-broken-entry.ml", master_list(mls, [csca, seq(b"\x02\x01\x00"), unknown]))
write("list-by-csca.ml", master_list(csca, [csca, unknown]))
write("list-by-document-signer.ml", master_list(ds, [csca, unknown]))
nested_mls = Certificate(subject("MLS FR", "FR"), Key(), unknown, usage="mls")
write("list-by-listed-state.ml", master_list(nested_mls, [unknown, forged]))

# Revocation.
write("crl-empty.crl", crl(csca))
write("crl-stale.crl", crl(csca, next_update="261102000000Z"))
write("crl-ds-revoked.crl", crl(csca, [(ds, "260801000000Z", 1)]))
write("crl-ds-superseded.crl", crl(csca, [(ds, "260801000000Z", 4)]))
write("crl-ds-superseded-before.crl", crl(csca, [(ds, "260101000000Z", 4)]))
write("crl-forged.crl", crl(csca, [(ds, "260801000000Z", 1)], key=forged.key))
write("crl-by-france.crl", crl(unknown, [(ds, "260801000000Z", 1)]))
write("crl-csca-revoked.crl", crl(csca, [(csca, "260801000000Z", 2)]))

OUT.mkdir(exist_ok=True)
for old in OUT.iterdir():
    old.unlink()
for file, content in files.items():
    (OUT / file).write_bytes(content)
(OUT / "csca.pem").write_bytes(openssl("x509", "-inform", "DER", "-in", str(OUT / "csca.der")))

# openssl's word on what it can read: all but the departures that make it stumble.
BEYOND_OPENSSL = {"good-digest-and-signature-hash-differ.bin", "good-ecdsa-plain.bin", "good-ecdsa-plain-bytes.bin",
                  "good-sid-reordered.bin", "good-sid-wrong.bin", "good-two-signers.bin"}
bare = f"{FOLDER.name}/sod.cms"
for file in sorted(f for f in files if f.startswith("good-") and f not in BEYOND_OPENSSL):
    raw = files[file]
    pathlib.Path(bare).write_bytes(raw[2 + (raw[1] & 0x7F):])
    openssl("cms", "-verify", "-inform", "DER", "-in", bare, "-noverify", "-binary", "-out", f"{FOLDER.name}/out")
openssl("verify", "-x509_strict", "-CAfile", str(OUT / "csca.pem"), str(OUT / "csca.pem"))
print(len(files), "files")
