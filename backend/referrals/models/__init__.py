"""A referral and its parts: statements, factors, questions to agencies, offers, decisions, and who was told."""

from backend.referrals.models.asking import InformationRequest, Offer
from backend.referrals.models.feedback import StatusLink
from backend.referrals.models.referral import Referral
from backend.referrals.models.said import Decision, ReferralFactor, Statement, Told
from backend.referrals.models.sent import Amendment, SentAnswers

__all__ = [
    "Amendment",
    "Decision",
    "InformationRequest",
    "Offer",
    "Referral",
    "ReferralFactor",
    "SentAnswers",
    "Statement",
    "StatusLink",
    "Told",
]
