"""What is being typed: answers saved field by field, valid or not, until they are sent or forgotten."""
