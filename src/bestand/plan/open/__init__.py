"""What a model leaves open, put together: questions with their answers, every combination, and conditions over them."""
