"""Certificates as tests serve by: one that nobody but its own holder signed, and those of an authority of their own."""

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


def self_signed(folder: Path) -> Path:
    """A key and its own certificate for localhost, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    path = folder / "localhost.pem"
    path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem))
    return path


def of_an_authority(folder: Path) -> None:
    """An authority (ca.crt) and what it signed for this machine, to serve and ask by: node.crt, node.key, web.pem."""
    now, key, signer = (
        datetime.now(UTC),
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    ends = now + timedelta(days=1)
    above = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A drill")])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    root = x509.CertificateBuilder(above, above, signer.public_key(), x509.random_serial_number(), now, ends)
    authority = root.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    alone = x509.SubjectKeyIdentifier.from_public_key(signer.public_key())
    node = x509.CertificateBuilder(above, name, key.public_key(), x509.random_serial_number(), now, ends)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    both = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    signed = (
        node.add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage(both), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(alone), critical=False)
        .sign(signer, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "ca.crt").write_bytes(
        authority.add_extension(alone, critical=False).sign(signer, hashes.SHA256()).public_bytes(pem)
    )
    (folder / "node.crt").write_bytes(signed.public_bytes(pem))
    (folder / "node.key").write_bytes(private)
    (folder / "web.pem").write_bytes(private + signed.public_bytes(pem))
