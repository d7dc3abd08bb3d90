-- Services' logins may see which migrations were applied: whoever checks an installation signs in as they do.
GRANT SELECT ON "_prisma_migrations" TO worksights_api, worksights_worker;
