"""The certificates of a private stack, judged by openssl's own verifier and a real handshake."""

import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path

from stacklib.settings import REPOSITORY

DEV_CA = str(REPOSITORY / "tools" / "dev-ca")
SERVICES = ("gateway", "registry", "checkin", "notifier")
OFFICERS = ("officer-a", "officer-b", "officer-c", "auditor", "operator", "desk")


def run(*arguments):
    return subprocess.run([DEV_CA, *arguments], capture_output=True, text=True, check=False)


class DevCaTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name) / "tls"
        made = run("make", str(cls.folder))
        assert made.returncode == 0, made.stderr

    def issue(self, name, *options):
        made = run("issue", str(self.folder), name, *options)
        self.assertEqual(made.returncode, 0, made.stderr)
        return self.folder / f"{name}.crt"

    def verify(self, certificate, authorities):
        done = subprocess.run(
            ["openssl", "verify", "-CAfile", str(self.folder / authorities), str(certificate)],
            capture_output=True, text=True, check=False,
        )
        return done.stdout + done.stderr

    def text(self, name):
        return subprocess.run(
            ["openssl", "x509", "-noout", "-text", "-in", str(self.folder / f"{name}.crt")],
            capture_output=True, text=True, check=True,
        ).stdout

    def test_every_identity_verifies_under_its_own_authority_only(self):
        for names, own, other in ((SERVICES, "ca", "officers-ca"), (OFFICERS, "officers-ca", "ca")):
            for name in names:
                certificate = self.folder / f"{name}.crt"
                self.assertIn("OK", self.verify(certificate, f"{own}.crt"), name)
                self.assertIn("OK", self.verify(certificate, "client-cas.crt"), name)
                self.assertIn("unable to get", self.verify(certificate, f"{other}.crt"), name)

    def test_the_identity_is_one_uri_and_keys_are_ed25519(self):
        for names, domain in ((SERVICES, "services"), (OFFICERS, "officers")):
            for name in names:
                text = self.text(name)
                self.assertIn(f"URI:spiffe://{domain}.oshirase/{name}\n", text)
                self.assertIn("ED25519", text)
        self.assertIn("TLS Web Server Authentication", self.text("registry"))
        self.assertNotIn("TLS Web Server Authentication", self.text("officer-a"))

    def test_the_services_authority_cannot_make_an_officer_nor_the_other_way_round(self):
        for authority, uri in (
            ("services", "spiffe://officers.oshirase/officer-a"),
            ("officers", "spiffe://services.oshirase/registry"),
            ("services", "spiffe://services.oshirase.example/registry"),
        ):
            forged = self.issue("forged", "--ca", authority, "--uri", uri)
            self.assertIn("permitted subtree violation", self.verify(forged, "client-cas.crt"))

    def test_an_expired_certificate_is_refused_as_expired(self):
        options = ("--ca", "officers", "--uri", "spiffe://officers.oshirase/officer-a", "--expired")
        self.assertIn("has expired", self.verify(self.issue("old", *options), "client-cas.crt"))

    def test_a_forged_officer_fails_the_handshake(self):
        self.issue("forged", "--ca", "services", "--uri", "spiffe://officers.oshirase/officer-a")
        self.assertEqual(self.handshake("officer-a"), "")
        self.assertIn("certificate verify failed", self.handshake("forged"))

    def handshake(self, client_name):
        """What the registry says to a client with that certificate; empty when it is content."""
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(self.folder / "registry.crt", self.folder / "registry.key")
        server.load_verify_locations(self.folder / "client-cas.crt")
        server.verify_mode = ssl.CERT_REQUIRED
        client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        client.check_hostname = False
        client.load_verify_locations(self.folder / "ca.crt")
        client.load_cert_chain(
            self.folder / f"{client_name}.crt", self.folder / f"{client_name}.key"
        )
        to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
        ends = (
            client.wrap_bio(to_client, to_server),
            server.wrap_bio(to_server, to_client, server_side=True),
        )
        try:
            for _ in range(4):
                for end in ends:
                    try:
                        end.do_handshake()
                    except ssl.SSLWantReadError:
                        pass
            return ""
        except ssl.SSLError as problem:
            return str(problem)

    def test_what_is_valid_stays_and_what_is_missing_is_made(self):
        kept = (self.folder / "ca.crt").read_bytes(), (self.folder / "gateway.crt").read_bytes()
        (self.folder / "auditor.crt").unlink()

        self.assertEqual(run("make", str(self.folder)).returncode, 0)

        again = (self.folder / "ca.crt").read_bytes(), (self.folder / "gateway.crt").read_bytes()
        self.assertEqual(again, kept)
        self.assertIn("OK", self.verify(self.folder / "auditor.crt", "officers-ca.crt"))

    def test_another_folder_is_another_authority(self):
        with tempfile.TemporaryDirectory() as other:
            run("make", other)
            stranger = Path(other) / "registry.crt"
            self.assertNotIn("OK", self.verify(stranger, "client-cas.crt"))

    def test_keys_admit_only_their_owner(self):
        for key in self.folder.glob("*.key"):
            self.assertEqual(key.stat().st_mode & 0o077, 0, key)

    def test_wrong_use_is_told_apart_from_failure(self):
        for arguments in ((), ("make",), ("issue", "x"), ("issue", str(self.folder), "x"),
                          ("issue", str(self.folder), "x", "--uri"),
                          ("issue", str(self.folder), "x", "--uri", "a:b", "--ca", "z")):
            done = run(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn("dev-ca: ", done.stderr)
        self.assertEqual(run("issue", "/nowhere", "x", "--uri", "a:b").returncode, 1)
        self.assertEqual(run("--help").returncode, 0)


if __name__ == "__main__":
    unittest.main()
