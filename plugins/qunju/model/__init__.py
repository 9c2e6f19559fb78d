"""Values to typed records: what a proposal says, in the field's own terms."""
