CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor VARCHAR(80) NOT NULL, 
	action VARCHAR(32) NOT NULL, 
	subject VARCHAR(64) NOT NULL, 
	detail JSON NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id)
);
CREATE TABLE citizens (
	id VARCHAR(32) NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	external_id VARCHAR(128), 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_citizens PRIMARY KEY (id), 
	CONSTRAINT uq_citizens_channel_external_id UNIQUE (channel, external_id)
);
INSERT INTO "citizens" VALUES('c1','web',NULL,'2026-11-23 02:00:00.000000');
CREATE TABLE claims (
	id INTEGER NOT NULL, 
	conversation_id VARCHAR(32) NOT NULL, 
	matter VARCHAR(16) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	reason TEXT NOT NULL, 
	priority INTEGER NOT NULL, 
	asked_at DATETIME NOT NULL, 
	staff_id INTEGER, 
	claimed_at DATETIME, 
	ended_at DATETIME, 
	outcome VARCHAR(16), 
	CONSTRAINT pk_claims PRIMARY KEY (id), 
	CONSTRAINT fk_claims_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversations (id), 
	CONSTRAINT fk_claims_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE conversations (
	id VARCHAR(32) NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	citizen_id VARCHAR(32) NOT NULL, 
	token_hash VARCHAR(64), 
	state VARCHAR(8) NOT NULL, 
	dialogue JSON NOT NULL, 
	question JSON, 
	matter VARCHAR(16), 
	last_seq INTEGER NOT NULL, 
	priority INTEGER NOT NULL, 
	waiting_since DATETIME, 
	claimed_by INTEGER, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_conversations PRIMARY KEY (id), 
	CONSTRAINT fk_conversations_citizen_id FOREIGN KEY(citizen_id) REFERENCES citizens (id), 
	CONSTRAINT uq_conversations_token_hash UNIQUE (token_hash), 
	CONSTRAINT fk_conversations_claimed_by FOREIGN KEY(claimed_by) REFERENCES staff (id)
);
INSERT INTO "conversations" VALUES('k1','web','c1','x','bot','{}',NULL,'20261123-0001',2,2,NULL,NULL,'2026-11-23 02:00:00.000000','2026-11-23 02:00:00.000000');
CREATE TABLE matter_counters (
	day VARCHAR(8) NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_matter_counters PRIMARY KEY (day)
);
CREATE TABLE matters (
	number VARCHAR(16) NOT NULL, 
	conversation_id VARCHAR(32) NOT NULL, 
	citizen_id VARCHAR(32) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	topic VARCHAR(64) NOT NULL, 
	area VARCHAR(32) NOT NULL, 
	priority INTEGER NOT NULL, 
	summary JSON NOT NULL, 
	opinion JSON, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	CONSTRAINT pk_matters PRIMARY KEY (number), 
	CONSTRAINT fk_matters_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversations (id), 
	CONSTRAINT fk_matters_citizen_id FOREIGN KEY(citizen_id) REFERENCES citizens (id)
);
INSERT INTO "matters" VALUES('20261123-0001','k1','c1','bot','','',2,'{}',NULL,'2026-11-23 02:00:00.000000','2026-11-23 02:00:00.000000',NULL);
INSERT INTO "matters" VALUES('20261123-0002','k1','c1','bot','','',2,'{}',NULL,'2026-11-23 02:00:00.000000','2026-11-23 02:00:00.000000',NULL);
CREATE TABLE messages (
	id INTEGER NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	"key" VARCHAR(160) NOT NULL, 
	conversation_id VARCHAR(32) NOT NULL, 
	seq INTEGER NOT NULL, 
	sender VARCHAR(8) NOT NULL, 
	message_id VARCHAR(64) NOT NULL, 
	parts JSON NOT NULL, 
	at DATETIME NOT NULL, 
	reply_to INTEGER, 
	staff_id INTEGER, 
	pending BOOLEAN NOT NULL, 
	CONSTRAINT pk_messages PRIMARY KEY (id), 
	CONSTRAINT uq_messages_channel_key UNIQUE (channel, "key"), 
	CONSTRAINT uq_messages_conversation_id_seq UNIQUE (conversation_id, seq), 
	CONSTRAINT fk_messages_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversations (id), 
	CONSTRAINT fk_messages_reply_to FOREIGN KEY(reply_to) REFERENCES messages (id), 
	CONSTRAINT fk_messages_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	conversation_id VARCHAR(32) NOT NULL, 
	message INTEGER NOT NULL, 
	attempts INTEGER NOT NULL, 
	due_at DATETIME NOT NULL, 
	dead BOOLEAN NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT fk_outbox_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversations (id), 
	CONSTRAINT fk_outbox_message FOREIGN KEY(message) REFERENCES messages (id)
);
CREATE TABLE schema_version (
	version INTEGER NOT NULL, 
	CONSTRAINT pk_schema_version PRIMARY KEY (version)
);
INSERT INTO "schema_version" VALUES(1);
CREATE TABLE staff (
	id INTEGER NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	password_hash VARCHAR(200) NOT NULL, 
	role VARCHAR(24) NOT NULL, 
	created_at DATETIME NOT NULL, 
	disabled BOOLEAN NOT NULL, 
	failures INTEGER NOT NULL, 
	locked_until DATETIME, 
	CONSTRAINT pk_staff PRIMARY KEY (id), 
	CONSTRAINT uq_staff_name UNIQUE (name)
);
CREATE TABLE staff_sessions (
	token_hash VARCHAR(64) NOT NULL, 
	staff_id INTEGER NOT NULL, 
	csrf VARCHAR(64) NOT NULL, 
	created_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_staff_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_staff_sessions_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE INDEX ix_staff_sessions_staff_id ON staff_sessions (staff_id);
CREATE INDEX ix_conversations_state_priority_waiting_since ON conversations (state, priority, waiting_since);
CREATE INDEX ix_conversations_citizen_id ON conversations (citizen_id);
CREATE INDEX ix_messages_reply_to ON messages (reply_to);
CREATE INDEX ix_messages_pending ON messages (conversation_id, seq) WHERE pending;
CREATE INDEX ix_matters_citizen_id ON matters (citizen_id);
CREATE INDEX ix_matters_conversation_id ON matters (conversation_id);
CREATE INDEX ix_claims_conversation_id ON claims (conversation_id);
CREATE INDEX ix_outbox_due_at ON outbox (due_at);
