"""Who makes the products: registered, claimed, with the people who act for them."""
