/** An organisation's own Aliyun SMS account, its secret decrypted by the caller. */
export interface AliyunSmsBinding {
  /** https://dysmsapi.aliyuncs.com in production; scheme, host and port only (the protocol has no path). */
  endpoint: string;
  accessKeyId: string;
  accessKeySecret: string;
  /** The filed signature (短信签名) that stands in front of each text. */
  signName: string;
}
