#!/usr/bin/env python3
"""Makes signatures/*.json with the `openssl` program: keys, signatures and explicit curve parameters.

Run in this folder: ./make-signatures.py. Keys are made anew each time and thrown away.
"""
import json
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
HASHES = ["sha1", "sha224", "sha256", "sha384", "sha512"]
CURVES = {
    "P-224": "secp224r1", "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1",
    **{f"brainpoolP{n}r1": f"brainpoolP{n}r1" for n in (224, 256, 320, 384, 512)},
}
MESSAGE = b"What a state signs, a chip may carry."


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


def sign(key, hash_name, *options):
    with tempfile.NamedTemporaryFile() as message:
        message.write(MESSAGE)
        message.flush()
        return openssl("dgst", f"-{hash_name}", "-sign", key, *options, message.name)


def vector(name, spki, algorithm, signature, **more):
    return {"name": name, "spki": spki.hex(), "algorithm": algorithm, **more, "signature": signature.hex()}


def rsa(folder):
    vectors = []
    for bits, exponent in [(1024, 3), (2048, 65537), (3072, 38129), (2049, 65537), (4096, 65537)]:
        key = f"{folder}/rsa.pem"
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{bits}",
                "-pkeyopt", f"rsa_keygen_pubexp:{exponent}", "-out", key)
        spki = openssl("pkey", "-in", key, "-pubout", "-outform", "DER")
        for hash_name in HASHES:
            size = {"sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64}[hash_name]
            vectors.append(vector(f"rsa-{bits}-e{exponent}-pkcs1-{hash_name}", spki, "pkcs1",
                                  sign(key, hash_name), hash=hash_name))
            for mgf in dict.fromkeys([hash_name, "sha1"]):
                for salt in dict.fromkeys([size, 0, 20, 64 if bits > 1024 else 17]):
                    if bits == 1024 and size + salt + 2 > 128:
                        continue
                    vectors.append(vector(
                        f"rsa-{bits}-e{exponent}-pss-{hash_name}-mgf-{mgf}-salt-{salt}", spki, "pss",
                        sign(key, hash_name, "-sigopt", "rsa_padding_mode:pss", "-sigopt", f"rsa_pss_saltlen:{salt}",
                             "-sigopt", f"rsa_mgf1_md:{mgf}"), hash=hash_name, mgf=mgf, salt=salt))
    return vectors


def ecdsa(folder):
    vectors = []
    for name, curve in CURVES.items():
        for form in ["named_curve", "explicit"]:
            key = f"{folder}/ec.pem"
            openssl("genpkey", "-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{curve}",
                    "-pkeyopt", f"ec_param_enc:{form}", "-out", key)
            spki = openssl("pkey", "-in", key, "-pubout", "-outform", "DER")
            for hash_name in HASHES:
                vectors.append(vector(f"{name}-{form}-{hash_name}", spki, "ecdsa", sign(key, hash_name),
                                      hash=hash_name, curve=name, form=form))
    return vectors


def parameters():
    vectors = []
    for name, curve in CURVES.items():
        for points in ["uncompressed", "compressed"]:
            der = openssl("ecparam", "-name", curve, "-param_enc", "explicit", "-conv_form", points, "-outform", "DER")
            vectors.append({"curve": name, "points": points, "parameters": der.hex()})
    for foreign in ["secp256k1", "prime192v1", "brainpoolP256t1", "secp160r1"]:
        for form in ["explicit", "named_curve"]:
            der = openssl("ecparam", "-name", foreign, "-param_enc", form, "-outform", "DER")
            vectors.append({"curve": None, "points": foreign, "parameters": der.hex()})
    return vectors


def write(name, content):
    lines = ",\n".join(json.dumps(v) for v in content)
    (HERE / "signatures" / name).write_text("[\n" + lines + "\n]\n")


with tempfile.TemporaryDirectory() as folder:
    (HERE / "signatures").mkdir(exist_ok=True)
    (HERE / "signatures" / "message.txt").write_bytes(MESSAGE)
    write("rsa.json", rsa(folder))
    write("ecdsa.json", ecdsa(folder))
    write("ec-parameters.json", parameters())
