-- Fills an empty EspoCRM with the accounts of accounts.csv (its number, name, country, e-mail and telephone, with a heading).
CREATE TEMPORARY TABLE loaded (number INT, name VARCHAR(249), country VARCHAR(100), email VARCHAR(255), phone VARCHAR(36))
    CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
LOAD DATA LOCAL INFILE 'accounts.csv' INTO TABLE loaded
    FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' LINES TERMINATED BY '\n' IGNORE 1 LINES;
SET @admin = (SELECT id FROM user WHERE user_name = 'admin');
INSERT INTO account (id, name, billing_address_country, created_at, modified_at, created_by_id, assigned_user_id, version_number)
    SELECT CONCAT('a', LPAD(number, 16, '0')), name, country, NOW(), NOW(), @admin, @admin, 1 FROM loaded;
INSERT INTO email_address (id, name, lower)
    SELECT CONCAT('e', LPAD(number, 16, '0')), email, LOWER(email) FROM loaded;
INSERT INTO entity_email_address (entity_id, email_address_id, entity_type, `primary`)
    SELECT CONCAT('a', LPAD(number, 16, '0')), CONCAT('e', LPAD(number, 16, '0')), 'Account', 1 FROM loaded;
INSERT INTO phone_number (id, name, type, `numeric`)
    SELECT CONCAT('p', LPAD(number, 16, '0')), REPLACE(phone, ' ', ''), 'Office', REGEXP_REPLACE(phone, '[^0-9]', '') FROM loaded;
INSERT INTO entity_phone_number (entity_id, phone_number_id, entity_type, `primary`)
    SELECT CONCAT('a', LPAD(number, 16, '0')), CONCAT('p', LPAD(number, 16, '0')), 'Account', 1 FROM loaded;
ANALYZE TABLE account, email_address, entity_email_address, phone_number, entity_phone_number;
