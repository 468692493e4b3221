"""Certificates and TLS servers, good and bad, made for one run of the tests."""

from __future__ import annotations

import ssl
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

OAKLEY_2 = """-----BEGIN DH PARAMETERS-----
MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
-----END DH PARAMETERS-----
"""
"""The 1024-bit group of RFC 2409, section 6.2: what servers of old use for Diffie-Hellman."""


@dataclass(frozen=True)
class Authority:
    """A certificate authority of our own. folder: where its files go."""

    folder: Path

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(65537, 2048)

    @cached_property
    def trusted(self) -> Path:
        """Its own certificate, which a client has to trust."""
        path = self.folder / "authority.pem"
        path.write_bytes(_certificate("authority", self._key, "authority", self._key).public_bytes(_PEM))
        return path

    def certify(
        self, slug: str, host: str = "127.0.0.1", *, bits: int = 2048, days: int = 9, own: bool = False
    ) -> Path:
        """A file with a certificate for a host and its key. days: that it is still valid. own: signed by nobody but itself."""
        key = rsa.generate_private_key(65537, bits)
        issuer, signer = (slug, key) if own else ("authority", self._key)
        certificate = _certificate(slug, key, issuer, signer, host, days)
        path = self.folder / f"{slug}.pem"
        path.write_bytes(certificate.public_bytes(_PEM) + key.private_bytes(_PEM, _PKCS8, serialization.NoEncryption()))
        return path

    def weak_parameters(self) -> Path:
        """A file with parameters for Diffie-Hellman of 1024 bits."""
        path = self.folder / "dh.pem"
        path.write_text(OAKLEY_2, "ascii")
        return path


def server(
    certificate: Path, version: ssl.TLSVersion | None = None, dh_parameters: Path | None = None
) -> ssl.SSLContext:
    """What a server speaks. version: the only one of TLS. dh_parameters: a file of those for the only way to agree on a key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(f"{'DHE-RSA-AES128-GCM-SHA256' if dh_parameters else 'DEFAULT'}:@SECLEVEL=0")
    if version is not None:
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # the old ones are what this is for
            context.minimum_version = context.maximum_version = version
    if dh_parameters is not None:
        context.load_dh_params(str(dh_parameters))
    context.load_cert_chain(certificate)
    return context


_PEM, _PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8


def _certificate(
    name: str, key: rsa.RSAPrivateKey, issuer: str, signer: rsa.RSAPrivateKey, host: str | None = None, days: int = 9
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
    )
    if host is not None:
        named = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        builder = builder.add_extension(x509.SubjectAlternativeName([named]), critical=False)
    return builder.sign(signer, hashes.SHA256())
