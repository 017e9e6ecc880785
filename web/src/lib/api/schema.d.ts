export interface paths {
  '/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is signed in, where they act, their menu, and whose storefront it is */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Session'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sign-in/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in by phone number and password */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            phone: string;
            password: string;
          };
        };
      };
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Session'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_FAILED, SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NO_ORGANISATION, FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_LOCKED, TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sign-in/code': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in by phone number and SMS code */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            phone: string;
            /** Format: uuid */
            codeId: string;
            code: string;
          };
        };
      };
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Session'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description CODE_NOT_VALID, SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NO_ORGANISATION, FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sign-out': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End this session */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': Record<string, never>;
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/session/organisation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Act in another of one’s organisations; the session is replaced */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Format: uuid */
            organisationId: string;
          };
        };
      };
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Session'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sms-codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a code by SMS; the answer is the same whether or not the number is registered */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            phone: string;
            /** @enum {string} */
            purpose: 'sign-up' | 'sign-in' | 'reset-password';
          };
        };
      };
      responses: {
        /** @description OK */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** Format: uuid */
              codeId: string;
              /** Format: date-time */
              expiresAt: string;
              resendSeconds: number;
            };
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sign-up': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Register a customer of the storefront’s seller, or of the one who gave the invitation code */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            phone: string;
            /** Format: uuid */
            codeId: string;
            code: string;
            password: string;
            name: string;
            organisationName: string;
            invitationCode?: string;
          };
        };
      };
      responses: {
        /** @description OK */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Session'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description CODE_NOT_VALID, SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description PHONE_REGISTERED, IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description PASSWORD_TOO_COMMON, INVITATION_NOT_VALID, INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Change one’s password; every session ends, this browser gets a new one */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            current: string;
            password: string;
          };
        };
      };
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Session'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description PASSWORD_WRONG, PASSWORD_TOO_COMMON, INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_LOCKED, TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/password/reset': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Set a new password by SMS code; every session ends, this browser is signed in */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            phone: string;
            /** Format: uuid */
            codeId: string;
            code: string;
            password: string;
          };
        };
      };
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Session'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description CODE_NOT_VALID, SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description PASSWORD_TOO_COMMON, INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One’s own living sessions, latest first */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: {
                /** Format: uuid */
                id: string;
                current: boolean;
                address: string;
                agent: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                lastSeenAt: string;
                /** Format: date-time */
                expiresAt: string;
              }[];
            };
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End one of one’s own sessions */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': Record<string, never>;
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/shop/categories': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The kinds of products on sale in this storefront, with how many there are and from which price */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: {
                kind: components['schemas']['ProductKind'];
                name: {
                  zh: string;
                  en: string;
                };
                count: number;
                priceFrom: {
                  planCode: string;
                  unitPrice: components['schemas']['UnitPrice'];
                  listUnitPrice: components['schemas']['UnitPrice'];
                  unit: string;
                  /** @enum {string} */
                  billing: 'one-off' | 'subscription' | 'pack';
                } | null;
              }[];
            };
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/shop/products': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Products on sale in this storefront: filter, sort and page through them */
    get: {
      parameters: {
        query?: {
          kind?: components['schemas']['ProductKind'];
          /** @description key:value or key:min..max, repeated */
          filter?: string | string[];
          /** @description newest, price:asc, price:desc or KEY:asc|desc */
          sort?: string;
          q?: string;
          cursor?: string;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: components['schemas']['OfferCard'][];
              nextCursor: string | null;
              count: number;
              facets: components['schemas']['Facet'][];
            };
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FILTER_NOT_VALID, SORT_NOT_VALID, INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/shop/products/{code}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One product with its specification and plans at this storefront’s prices */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          code: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Offer'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/shop/price': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a choice of plan, quantity, period and pieces costs in this storefront now */
    get: {
      parameters: {
        query: {
          plan: string;
          quantity?: string;
          months?: number;
          pieces?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['PriceBreakdown'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description QUANTITY_NOT_OFFERED, PLAN_PERIOD_NOT_OFFERED, PLAN_HAS_NO_PERIOD, PIECES_NOT_OFFERED, INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/shop/comparison': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Up to four products of one kind side by side, one plan each */
    get: {
      parameters: {
        query: {
          /** @description productCode or productCode~planCode, separated by commas; the cheapest plan by default */
          items: string;
          onlyDifferences?: 'true' | 'false';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              columns: {
                product: components['schemas']['OfferCard'];
                planCode: string;
                plans: {
                  code: string;
                  name: {
                    zh: string;
                    en: string;
                  };
                }[];
              }[];
              rows: components['schemas']['ComparisonRow'][];
            };
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description COMPARISON_NOT_VALID, INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/cart': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One’s cart at the prices of now: lines, what changed since it was seen, and the total of what can be bought */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Cart'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/cart/lines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Put a plan into the cart; the same choice joins its line */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            plan: string;
            /** @default 1 */
            quantity?: string;
            /** @default 0 */
            months?: number;
            /** @default 1 */
            pieces?: number;
            /** @default {} */
            configuration?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        /** @description OK */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Cart'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description CART_FULL, IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description QUANTITY_NOT_VALID, QUANTITY_NOT_OFFERED, PLAN_PERIOD_NOT_OFFERED, PLAN_HAS_NO_PERIOD, PIECES_NOT_OFFERED, OPTION_NOT_OFFERED, INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/cart/lines/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Take a line out of the cart */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Cart'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    options?: never;
    head?: never;
    /** Change quantity, period, pieces or configuration of a line */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            quantity?: string;
            months?: number;
            pieces?: number;
            configuration?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Cart'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description PLAN_NOT_FOR_SALE, IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description QUANTITY_NOT_VALID, QUANTITY_NOT_OFFERED, PLAN_PERIOD_NOT_OFFERED, PLAN_HAS_NO_PERIOD, PIECES_NOT_OFFERED, OPTION_NOT_OFFERED, INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    trace?: never;
  };
  '/cart/prices-seen': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Say that the prices of now have been seen; the banner of changed prices goes */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description OK */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Cart'];
          };
        };
        /** @description MALFORMED_REQUEST, IDEMPOTENCY_KEY_REQUIRED */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description SIGN_IN_REQUIRED */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description FORBIDDEN, CROSS_SITE_REQUEST */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description NOT_FOUND */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description IDEMPOTENCY_KEY_REUSED, CONFLICT */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description REQUEST_TOO_LARGE */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INVALID_INPUT */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TOO_MANY_REQUESTS */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description INTERNAL */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description TEMPORARILY_UNAVAILABLE */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @enum {string} */
    ProductKind:
      | 'supercomputing'
      | 'ai-computing'
      | 'cloud-host'
      | 'bare-metal'
      | 'storage'
      | 'container'
      | 'dedicated-line';
    /** @description Who is signed in, where they act, and what they may do there */
    Session: {
      user: {
        /** Format: uuid */
        id: string;
        number: string;
        name: string;
        /** @description Masked: 138****5678 */
        phone: string;
        /** @enum {string} */
        language: 'zh' | 'en';
      } | null;
      organisation: {
        /** Format: uuid */
        id: string;
        number: string;
        name: string;
        /** @enum {string} */
        kind: 'platform' | 'distributor' | 'supplier' | 'customer';
        roles: string[];
      } | null;
      organisations: {
        /** Format: uuid */
        id: string;
        number: string;
        name: string;
        /** @enum {string} */
        kind: 'platform' | 'distributor' | 'supplier' | 'customer';
        roles: string[];
      }[];
      permissions: string[];
      menu: {
        group: string;
        entries: {
          key: string;
          href: string;
          icon: string;
        }[];
      }[];
      /** @description Sent back as X-CSRF-Token with each change */
      csrfToken: string | null;
      cartCount: number | null;
      storefront: {
        code: string;
        name: {
          zh: string;
          en: string;
        };
        colour: string;
      } | null;
    };
    /** @description What went wrong and what to do about it */
    Problem: {
      type: string;
      title: string;
      status: number;
      code: string;
      message: string;
      fields?: {
        [key: string]: string;
      };
      details?: {
        [key: string]: string | number;
      };
      requestId: string;
    };
    /** @description 分 per unit (and month for subscriptions), decimal string */
    UnitPrice: string;
    OfferCard: {
      /** Format: uuid */
      id: string;
      code: string;
      kind: components['schemas']['ProductKind'];
      kindName: {
        zh: string;
        en: string;
      };
      name: {
        zh: string;
        en: string;
      };
      summary: {
        zh: string;
        en: string;
      };
      provider: {
        zh: string;
        en: string;
      };
      priceFrom: {
        planCode: string;
        unitPrice: components['schemas']['UnitPrice'];
        listUnitPrice: components['schemas']['UnitPrice'];
        unit: string;
        /** @enum {string} */
        billing: 'one-off' | 'subscription' | 'pack';
      };
      /** @enum {string} */
      stock: 'plenty' | 'low' | 'none';
      planCount: number;
      highlights: {
        key: string;
        /** @enum {string} */
        group: 'function' | 'performance' | 'price' | 'location';
        name: {
          zh: string;
          en: string;
        };
        unit: {
          zh: string;
          en: string;
        } | null;
        value:
          | number
          | boolean
          | string
          | {
              zh: string;
              en: string;
            };
      }[];
    };
    Facet: {
      key: string;
      name: {
        zh: string;
        en: string;
      };
      unit: {
        zh: string;
        en: string;
      } | null;
      values: {
        value: string;
        name: {
          zh: string;
          en: string;
        };
        count: number;
        isChosen: boolean;
      }[];
      range: {
        min: number;
        max: number;
      } | null;
    };
    Offer: {
      /** Format: uuid */
      id: string;
      code: string;
      kind: components['schemas']['ProductKind'];
      kindName: {
        zh: string;
        en: string;
      };
      name: {
        zh: string;
        en: string;
      };
      summary: {
        zh: string;
        en: string;
      };
      provider: {
        zh: string;
        en: string;
      };
      priceFrom: {
        planCode: string;
        unitPrice: components['schemas']['UnitPrice'];
        listUnitPrice: components['schemas']['UnitPrice'];
        unit: string;
        /** @enum {string} */
        billing: 'one-off' | 'subscription' | 'pack';
      };
      /** @enum {string} */
      stock: 'plenty' | 'low' | 'none';
      planCount: number;
      highlights: {
        key: string;
        /** @enum {string} */
        group: 'function' | 'performance' | 'price' | 'location';
        name: {
          zh: string;
          en: string;
        };
        unit: {
          zh: string;
          en: string;
        } | null;
        value:
          | number
          | boolean
          | string
          | {
              zh: string;
              en: string;
            };
      }[];
      specification: {
        key: string;
        /** @enum {string} */
        group: 'function' | 'performance' | 'price' | 'location';
        name: {
          zh: string;
          en: string;
        };
        unit: {
          zh: string;
          en: string;
        } | null;
        value:
          | number
          | boolean
          | string
          | {
              zh: string;
              en: string;
            };
      }[];
      plans: components['schemas']['OfferPlan'][];
    };
    OfferPlan: {
      /** Format: uuid */
      id: string;
      code: string;
      name: {
        zh: string;
        en: string;
      };
      /** @enum {string} */
      billing: 'one-off' | 'subscription' | 'pack';
      unit: string;
      unitPrice: components['schemas']['UnitPrice'];
      listUnitPrice: components['schemas']['UnitPrice'];
      quantity: {
        min: string;
        max: string;
        step: string;
      };
      months: number[];
      periodDiscounts: {
        months: number;
        rate: components['schemas']['Rate'];
      }[];
      maxPieces: number;
      /** @enum {string} */
      stock: 'plenty' | 'low' | 'none';
      options: {
        key: string;
        name: {
          zh: string;
          en: string;
        };
        values: string[];
      }[];
      specification: {
        key: string;
        /** @enum {string} */
        group: 'function' | 'performance' | 'price' | 'location';
        name: {
          zh: string;
          en: string;
        };
        unit: {
          zh: string;
          en: string;
        } | null;
        value:
          | number
          | boolean
          | string
          | {
              zh: string;
              en: string;
            };
      }[];
    };
    /** @description Rate as a decimal string */
    Rate: string;
    /** @description list − discount = payable; payable = each × pieces */
    PriceBreakdown: {
      unitPrice: components['schemas']['UnitPrice'];
      unit: string;
      list: components['schemas']['Fen'];
      discount: components['schemas']['Fen'];
      payable: components['schemas']['Fen'];
      each: components['schemas']['Fen'];
      pieces: number;
      months: number;
      quantity: string;
    };
    /**
     * @description Amount in 分, as a decimal string
     * @example 123456
     */
    Fen: string;
    ComparisonRow: {
      key: string;
      /** @enum {string} */
      group: 'function' | 'performance' | 'price' | 'location';
      name: {
        zh: string;
        en: string;
      };
      unit: {
        zh: string;
        en: string;
      } | null;
      values: (
        | (
            | number
            | boolean
            | string
            | {
                zh: string;
                en: string;
              }
          )
        | null
      )[];
      best: number[];
      isDifferent: boolean;
    };
    Cart: {
      items: components['schemas']['CartLine'][];
      changed: {
        /** Format: uuid */
        id: string;
        seen: components['schemas']['Fen'];
        now: components['schemas']['Fen'];
      }[];
      /** @description Of all lines that can be bought */
      total: components['schemas']['Fen'];
    };
    CartLine: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      planId: string;
      product: {
        code: string;
        kind: components['schemas']['ProductKind'] | null;
        name: {
          zh: string;
          en: string;
        };
        provider: {
          zh: string;
          en: string;
        };
      };
      planName: {
        zh: string;
        en: string;
      };
      quantity: string;
      months: number;
      pieces: number;
      configuration: {
        [key: string]: string;
      };
      /** @enum {string} */
      state: 'ready' | 'price-changed' | 'unavailable';
      reason: {
        code: string;
        message: string;
      } | null;
      priceSeen: components['schemas']['Fen'];
      breakdown: components['schemas']['PriceBreakdown'] | null;
      plan: components['schemas']['OfferPlan'] | null;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
