/**
 * An organisation's own Alipay application, its secrets decrypted by the caller. Keys are PEM or the bare base64 that
 * Alipay's console hands out. A sandbox differs from production by `gatewayUrl` and keys only.
 */
export interface AlipayBinding {
  /** https://openapi.alipay.com/gateway.do in production. */
  gatewayUrl: string;
  appId: string;
  /** The merchant's Alipay user number (2088…): the party that must have received the money. */
  sellerId: string;
  /** Our application's RSA key (PKCS#8, or PKCS#1 when its PEM header says so). */
  appPrivateKey: string;
  /** Alipay's public key for this application, never our own public key. */
  alipayPublicKey: string;
  /** Where Alipay posts its notifications of this binding. */
  notifyUrl: string;
}
