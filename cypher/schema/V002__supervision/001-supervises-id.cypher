// 督导: each mention is one relationship, merged on its id.
CREATE CONSTRAINT supervises_id IF NOT EXISTS FOR ()-[r:SUPERVISES]-() REQUIRE r.id IS UNIQUE;
