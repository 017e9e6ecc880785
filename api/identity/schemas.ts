import { z } from 'zod';
import { passwordLength } from '../../domain/identity/password.ts';
import { normalizePhone, phonePattern } from '../../domain/identity/phone.ts';
import { uuidSchema } from '../schemas.ts';

/** A mainland mobile number as typed; the handler gets its eleven digits. */
export const phoneSchema = z
  .string()
  .max(24, 'PHONE_NOT_VALID')
  .regex(phonePattern, 'PHONE_NOT_VALID')
  .transform(normalizePhone);

/** A password that somebody chooses. */
export const newPasswordSchema = z
  .string()
  .min(passwordLength.least, 'PASSWORD_LENGTH')
  .max(passwordLength.most, 'PASSWORD_LENGTH');

/** A password that somebody claims to have; what could never be one is refused all the same. */
export const passwordSchema = z.string().min(1).max(1024);

/** The id that POST /sms-codes answered, and the six digits of the text. */
export const smsCodeFields = { codeId: uuidSchema, code: z.string().regex(/^\d{6}$/, 'CODE_NOT_VALID') };

export const personNameSchema = z.string().trim().min(1).max(60);
