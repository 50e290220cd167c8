"""Verifies a delivery: `verify.py SECRET SIGNATURE TIMESTAMP < BODY` prints "yes" or "no"."""

import hashlib
import hmac
import sys

secret, header, timestamp = sys.argv[1:]
body = sys.stdin.buffer.read()

entries = [entry.split("=", 1) for entry in header.split(",")]
signatures = [value for label, value in entries if label == "v1"]
signed = b"v0:" + timestamp.encode() + b":" + body
expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
found = any(hmac.compare_digest(expected, signature) for signature in signatures)
print("yes" if found and ["t", timestamp] in entries else "no")
