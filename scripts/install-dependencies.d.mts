type Run = (command: string, args: string[], options: object) => Promise<{ code: number }>;

export function nodeProgram(root: string): string;
export function installDependencies(root: string, run: Run): Promise<boolean>;
export function dependenciesAreCurrent(root: string): boolean;
