import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Where a secret stands: bound to the ciphertext, so that it cannot be moved to another row. */
export interface SecretPlace {
  table: string;
  column: string;
  id: string;
}

/** A value that is never written to a log, an error or JSON by accident; `reveal()` is the only way out. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '[secret]';
  }
  toJSON(): string {
    return '[secret]';
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

export interface SecretBox {
  /** Id of the key that seals. */
  activeKeyId: string;
  /** AES-256-GCM under the active key: `v1.KEYID.NONCE.DATA`. */
  seal(plain: string, place: SecretPlace): string;
  /** Opens what any known key sealed; throws when moved, altered, or sealed by an unknown key. */
  open(sealed: string, place: SecretPlace): Secret;
  /** Keyed hash for equality search over sealed values; stable over rotation only of the last key in the list. */
  hash(value: string): string;
}

const additionalData = (place: SecretPlace): Buffer =>
  Buffer.from(`${place.table}.${place.column}.${place.id}`);

/**
 * @param keys `KEYID:base64-of-32-bytes` separated by commas, the active one first; the last hashes.
 */
export function secretBox(keys: string): SecretBox {
  const known = keys.split(',').map((entry) => {
    const [id, encoded] = entry.split(':');
    const key = Buffer.from(encoded ?? '', 'base64');
    if (!id || !/^[a-z0-9]+$/i.test(id) || key.length !== 32) {
      throw new RangeError('KBOSS_SECRET_KEYS must be KEYID:base64-of-32-bytes, separated by commas');
    }
    return { id, key };
  });
  const active = known[0]!;
  const hashKey = createHmac('sha256', known.at(-1)!.key).update('kboss equality search').digest();
  return {
    activeKeyId: active.id,
    seal(plain, place) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', active.key, nonce).setAAD(additionalData(place));
      const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return ['v1', active.id, nonce.toString('base64url'), data.toString('base64url')].join('.');
    },
    open(sealed, place) {
      const [version, id, nonce, encoded] = sealed.split('.');
      const key = known.find((candidate) => candidate.id === id)?.key;
      if (version !== 'v1' || !key || !nonce || !encoded) throw new Error('sealed by an unknown key');
      const data = Buffer.from(encoded, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
        .setAAD(additionalData(place))
        .setAuthTag(data.subarray(-16));
      return new Secret(
        Buffer.concat([decipher.update(data.subarray(0, -16)), decipher.final()]).toString('utf8'),
      );
    },
    hash: (value) => createHmac('sha256', hashKey).update(value).digest('base64url'),
  };
}
