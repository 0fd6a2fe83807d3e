"""What a record is made of: blocks, fields and forms, below the models."""
