/** One product supplier's open-computing API (docs/open-computing.openapi.yaml), secrets decrypted by the caller. */
export interface OpenComputingPool {
  /** Base address without trailing slash, e.g. https://api.supplier.example/open-computing/v1. */
  baseUrl: string;
  /** Name under which the supplier knows our public key. */
  keyId: string;
  /** Our Ed25519 private key, PKCS#8 PEM. */
  privateKey: string;
  /** Name and Ed25519 public key (SPKI PEM) with which the supplier signs its callbacks. */
  supplierKeyId: string;
  supplierPublicKey: string;
  /** Where the supplier tells us that something changed; polling works without it. */
  callbackUrl: string;
  /** How long an answer may take; 15 s when not said. */
  answerTimeoutMilliseconds?: number;
}
