/** Names, ids and messages of sending an SMS code; its text never stands in a history, only the row's id. */
export const smsCodeWorkflow = 'smsCode';

export function smsCodeWorkflowId(codeId: string): string {
  return `sms/${codeId}`;
}

export interface SmsCodeInput {
  codeId: string;
}
