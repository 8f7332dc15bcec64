SELECT name, price FROM customers JOIN sales ON customer = id;
