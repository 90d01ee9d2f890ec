"""What must be true before an edge of a referral or of a question, each rule with the sentence a practitioner reads."""
