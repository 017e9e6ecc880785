import type { ErrorTexts } from './errors.ts';

/** None of these tells whether a phone number is registered, but to who has proved that it is theirs. */
export const identityErrors = {
  SIGN_IN_FAILED: {
    status: 401,
    zh: '手机号或密码不正确，请检查后重试，或改用短信验证码登录',
    en: 'Phone number or password is wrong. Check them, or sign in by SMS code',
  },
  SIGN_IN_LOCKED: {
    status: 429,
    zh: '失败次数过多，密码登录已锁定，请 {seconds} 秒后再试，或改用短信验证码登录',
    en: 'Too many failures: sign-in by password is locked. Try again in {seconds} seconds, or use an SMS code',
  },
  CODE_NOT_VALID: {
    status: 401,
    zh: '验证码不正确或已失效，请重新获取',
    en: 'The code is wrong or no longer valid. Request a new one',
  },
  PHONE_NOT_VALID: {
    status: 422,
    zh: '请输入 11 位中国大陆手机号',
    en: 'Enter a mainland mobile number of 11 digits',
  },
  PHONE_REGISTERED: {
    status: 409,
    zh: '该手机号已注册，请直接登录',
    en: 'This phone number is registered already. Sign in instead',
  },
  PASSWORD_LENGTH: {
    status: 422,
    zh: '密码长度须为 10 至 128 个字符',
    en: 'A password has 10 to 128 characters',
  },
  PASSWORD_TOO_COMMON: {
    status: 422,
    zh: '密码过于常见或包含手机号，请换一个别人猜不到的密码',
    en: 'This password is too common or contains the phone number. Choose one that others cannot guess',
  },
  PASSWORD_WRONG: {
    status: 422,
    zh: '当前密码不正确，请重新输入',
    en: 'The current password is wrong. Enter it again',
  },
  NO_ORGANISATION: {
    status: 403,
    zh: '您目前不属于任何机构，请联系机构管理员添加您',
    en: 'You belong to no organisation at the moment. Ask an admin of yours to add you',
  },
  SSH_KEY_NOT_VALID: {
    status: 422,
    zh: '不是有效的 SSH 公钥：请粘贴 .pub 文件中的一整行，支持 ed25519、ecdsa，以及 3072 位以上的 rsa',
    en: 'Not a valid SSH public key. Paste the one line of a .pub file; ed25519, ecdsa and rsa from 3072 bits are accepted',
  },
  SSH_KEY_IS_PRIVATE: {
    status: 422,
    zh: '这是私钥，请勿提交：请粘贴 .pub 文件中的公钥，并考虑更换这把密钥',
    en: 'This is a private key, which must not be sent. Paste the public key of the .pub file, and consider replacing this key pair',
  },
  SSH_KEY_EXISTS: {
    status: 409,
    zh: '这把公钥已添加过',
    en: 'This public key was added already',
  },
} as const satisfies ErrorTexts;
