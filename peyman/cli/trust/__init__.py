"""Commands of who trusts nobody: proofs, verification, witnesses."""
