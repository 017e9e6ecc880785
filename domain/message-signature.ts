/**
 * HTTP Message Signatures (RFC 9421) as the open-computing API uses them, the part that needs no key: what is covered
 * and the text that is signed. Both directions use one profile, so that a supplier implements it once.
 */

/** A covered component and its value, in the order in which they are signed. */
export type CoveredComponent = readonly [name: string, value: string];

/** Covered by every message of the profile; a POST also covers `idempotency-key`. */
export const requiredComponents = ['@method', '@authority', '@path', '@query', 'content-digest'] as const;

/** Seconds by which `created` may differ from the receiver's clock. */
export const signatureWindowSeconds = 300;

/** The signature base of RFC 9421 §2.5; `parameters` is the value after the label in Signature-Input. */
export function signatureBase(components: readonly CoveredComponent[], parameters: string): string {
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  return [...lines, `"@signature-params": ${parameters}`].join('\n');
}

/** `("@method" …);created=…;nonce="…";keyid="…";alg="ed25519"`. */
export function signatureParameters(
  names: readonly string[],
  values: { created: number; nonce: string; keyId: string },
): string {
  const list = names.map((name) => `"${name}"`).join(' ');
  return `(${list});created=${values.created};nonce="${values.nonce}";keyid="${values.keyId}";alg="ed25519"`;
}

export interface ParsedSignatureInput {
  label: string;
  /** Everything after `label=`, exactly as received: it is part of what is signed. */
  parameters: string;
  names: string[];
  created: number;
  nonce: string;
  keyId: string;
}

/** Reads a Signature-Input of the profile; null for anything else (several signatures, other parameters, no nonce). */
export function parseSignatureInput(header: string): ParsedSignatureInput | null {
  const match =
    /^([a-z][a-z0-9_-]*)=(\(((?:"[@a-z0-9-]+"(?: (?="))?)+)\);created=(\d{1,12});nonce="([A-Za-z0-9._~-]{16,128})";keyid="([A-Za-z0-9._:~-]{1,128})";alg="ed25519")$/.exec(
      header,
    );
  if (!match) return null;
  const [, label, parameters, list, created, nonce, keyId] = match as unknown as string[];
  const names = list!.split(' ').map((quoted) => quoted.slice(1, -1));
  if (new Set(names).size !== names.length) return null;
  return {
    label: label!,
    parameters: parameters!,
    names,
    created: Number(created),
    nonce: nonce!,
    keyId: keyId!,
  };
}
