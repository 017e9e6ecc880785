import type { HandleClientError } from '@sveltejs/kit/hooks';
import { pageError } from '#lib/api/problem.ts';

export const handleError: HandleClientError = ({ error }) => pageError(error);
