/** Options of the message compiler, shared by the build and the check. */
export const paraglideOptions = {
  project: './project.inlang',
  outdir: './src/lib/paraglide',
  cookieName: 'kboss_language',
  strategy: ['cookie', 'preferredLanguage', 'baseLocale'] as ['cookie', 'preferredLanguage', 'baseLocale'],
  emitPrettierIgnore: false,
  emitGitIgnore: false,
};
