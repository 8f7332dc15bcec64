SELEKT name, 0 FROM customers;
