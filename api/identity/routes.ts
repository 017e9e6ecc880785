import type { AnyRoute } from '../route.ts';
import { passwordRoutes } from './passwords.ts';
import { sessionRoutes } from './sessions.ts';
import { signInRoutes } from './sign-in.ts';
import { signUpRoutes } from './sign-up.ts';
import { smsCodeRoutes } from './sms-codes.ts';
import { sshKeyRoutes } from './ssh-keys.ts';

export const identityRoutes: readonly AnyRoute[] = [
  ...signInRoutes,
  ...smsCodeRoutes,
  ...signUpRoutes,
  ...passwordRoutes,
  ...sessionRoutes,
  ...sshKeyRoutes,
];
