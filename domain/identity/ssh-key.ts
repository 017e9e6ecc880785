/** A public key as it is kept: type and base64 only, so that no option or comment of the file reaches a server. */
export interface SshPublicKey {
  type: string;
  /** `type base64`. */
  line: string;
  /** The key itself, of which the fingerprint is the SHA-256. */
  blob: Uint8Array;
  /** The comment of the file, a proposal for the name. */
  comment: string;
}

const leastRsaBits = 3072;

/** Per type what must follow the type's name: curves carry their name again, keys have a fixed length. */
const shapes: Record<string, (fields: Uint8Array[]) => boolean> = {
  'ssh-ed25519': ([key]) => key?.length === 32,
  'ecdsa-sha2-nistp256': ([curve, point]) => text(curve) === 'nistp256' && point?.length === 65,
  'ecdsa-sha2-nistp384': ([curve, point]) => text(curve) === 'nistp384' && point?.length === 97,
  'ecdsa-sha2-nistp521': ([curve, point]) => text(curve) === 'nistp521' && point?.length === 133,
  'sk-ssh-ed25519@openssh.com': ([key, application]) => key?.length === 32 && !!application?.length,
  'ssh-rsa': ([exponent, modulus]) => !!exponent?.length && !!modulus && bitsOf(modulus) >= leastRsaBits,
};

/** Whether a text holds a private key, which people paste by mistake. */
export function isPrivateKey(pasted: string): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----|PuTTY-User-Key-File/.test(pasted);
}

/** Reads one line of a `.pub` file (RFC 4253 6.6); null when it is no public key that we accept. */
export function parseSshPublicKey(pasted: string): SshPublicKey | null {
  const line = pasted.trim();
  if (/[\r\n]/.test(line)) return null;
  const [type = '', encoded = '', ...comment] = line.split(/[ \t]+/);
  const shape = Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  const blob = decodeBase64(encoded);
  if (!shape || !blob) return null;
  const fields = fieldsOf(blob);
  if (!fields || text(fields[0]) !== type || !shape(fields.slice(1))) return null;
  return { type, line: `${type} ${encoded}`, blob, comment: comment.join(' ') };
}

function decodeBase64(encoded: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0) return null;
  return Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
}

/** The length-prefixed fields of a blob; null when a length points beyond its end. */
function fieldsOf(blob: Uint8Array): Uint8Array[] | null {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const fields: Uint8Array[] = [];
  let offset = 0;
  while (offset < blob.length) {
    if (offset + 4 > blob.length) return null;
    const end = offset + 4 + view.getUint32(offset);
    if (end > blob.length) return null;
    fields.push(blob.subarray(offset + 4, end));
    offset = end;
  }
  return fields;
}

function text(field: Uint8Array | undefined): string {
  return field ? String.fromCharCode(...field) : '';
}

/** Bits of a positive multiple-precision integer. */
function bitsOf(field: Uint8Array): number {
  const first = field.findIndex((byte) => byte !== 0);
  if (first < 0) return 0;
  return (field.length - first) * 8 - Math.clz32(field[first]!) + 24;
}
