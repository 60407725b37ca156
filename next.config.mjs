/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  experimental: { authInterrupts: true },
  serverExternalPackages: ["@node-rs/argon2", "@prisma/adapter-pg", "pg", "rate-limiter-flexible"],
  redirects: async () => [{ source: "/", destination: "/users", permanent: false }],
};
