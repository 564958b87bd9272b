// 配合: each mention is one relationship, merged on its id.
CREATE CONSTRAINT cooperates_on_id IF NOT EXISTS FOR ()-[r:COOPERATES_ON]-() REQUIRE r.id IS UNIQUE;
