export type TemplateKind = 'otp' | 'notice' | 'promotion';

export interface SmsTemplate {
  code: string;
  kind: TemplateKind;
  /** With `${name}` for each variable. */
  content: string;
}

export interface SmsAccount {
  accessKeyId: string;
  accessKeySecret: string;
  signName: string;
  templates: SmsTemplate[];
}

export interface SmsMessage {
  bizId: string;
  phone: string;
  signName: string;
  templateCode: string;
  parameters: Record<string, string>;
  content: string;
  outId: string;
  at: number;
  /** Aliyun's SendStatus: 2 failed, 3 delivered. */
  status: 2 | 3;
}

/** One accepted submission, which the limits count. */
export interface Submission {
  phone: string;
  signName: string;
  templateCode: string;
  kind: TemplateKind;
  at: number;
}

export interface SmsState {
  accounts: Record<string, SmsAccount>;
  messages: SmsMessage[];
  submissions: Submission[];
}
